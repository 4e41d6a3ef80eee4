package io.weir.cli.quarantine;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir quarantine show}. */
@Command(
        name = "show",
        description = {
            "Show all that is known of files in quarantine, as JSON, one object a line.",
            "The same lies beside each file, in .weir of its quarantine area, for when Kafka is not at hand."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
final class ShowQuarantineCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private KeptFiles files;

    @Override
    public Integer call() {
        if (!files.isChosen()) {
            throw new ParameterException(spec.commandLine(), "expected ids, or --rule, --path, --volume or --since");
        }
        CommandOutput output = CommandOutput.of(spec);
        files.read(files.connection(), output)
                .forEach(file -> output.line(file.json().text()));
        return ExitCode.OK;
    }
}
