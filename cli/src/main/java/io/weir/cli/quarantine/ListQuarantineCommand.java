package io.weir.cli.quarantine;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.lines.PrintableText;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir quarantine list}. */
@Command(
        name = "list",
        description = "Show what lies in quarantine, by quarantine and delete.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
final class ListQuarantineCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    enum Form {
        TABLE,
        JSON
    }

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private KeptFiles files;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            order = 6,
            defaultValue = "table",
            description = "table, or json (one object a line).")
    private Form form = Form.TABLE;

    @Override
    public Integer call() {
        CommandOutput output = CommandOutput.of(spec);
        List<Kept> kept = files.read(files.connection(), output);
        if (form == Form.JSON) {
            kept.forEach(file -> output.line(file.json().text()));
        } else if (kept.isEmpty()) {
            output.note("nothing in quarantine");
        } else {
            output.table(table(kept));
        }
        return ExitCode.OK;
    }

    private static List<List<String>> table(List<Kept> kept) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ID", "AT", "FROM", "SIZE", "RULE", "UNTIL"));
        for (Kept file : kept) {
            rows.add(List.of(
                    file.id(),
                    file.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    PrintableText.of(file.result().getVolume() + ":" + file.from()),
                    Optional.ofNullable(file.fact("size")).orElse("-"),
                    PrintableText.of(file.result().getRule()),
                    Optional.ofNullable(file.fact("until")).orElse("-")));
        }
        return rows;
    }
}
