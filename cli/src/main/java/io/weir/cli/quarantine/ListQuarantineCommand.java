package io.weir.cli.quarantine;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.ListOutput;
import io.weir.cli.lines.PrintableText;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
    private static final ListOutput.Table<Kept> TABLE =
            new ListOutput.Table<>(List.of("ID", "AT", "FROM", "SIZE", "RULE", "UNTIL"), ListQuarantineCommand::row);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private KeptFiles files;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ListOutput form;

    @Override
    public Integer call() {
        CommandOutput output = CommandOutput.of(spec);
        List<Kept> kept = files.read(files.connection(), output);
        form.print(kept, TABLE, Kept::json, "nothing in quarantine", output);
        return ExitCode.OK;
    }

    private static List<String> row(Kept file) {
        return List.of(
                file.id(),
                file.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                PrintableText.of(file.result().getVolume() + ":" + file.from()),
                Optional.ofNullable(file.fact("size")).orElse("-"),
                PrintableText.of(file.result().getRule()),
                Optional.ofNullable(file.fact("until")).orElse("-"));
    }
}
