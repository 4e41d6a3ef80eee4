package io.weir.cli.rule.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.rules.ActionTypes;
import io.weir.rules.language.RuleFileSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir rules schema}. */
@Command(
        name = "schema",
        description = {
            "Print the JSON Schema of rule files (draft 2020-12), by which editors complete and check them.",
            "It has the actions that are installed here."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = {
            "  weir rules schema > weir-rules.schema.json",
            "",
            "and as the first line of a rule file, for editors with the YAML language server:",
            "  # yaml-language-server: $schema=weir-rules.schema.json"
        })
public final class SchemaRulesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        String json = new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(RuleFileSchema.of(ActionTypes.discover()));
        CommandOutput.of(spec).line(json);
        return ExitCode.OK;
    }
}
