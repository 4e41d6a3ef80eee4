package io.weir.cli.letter;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.ListOutput;
import io.weir.cli.lines.PrintableText;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir dead-letters list}. */
@Command(
        name = "list",
        description = "Show what could not be carried out and is open.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n")
final class ListLettersCommand implements Callable<Integer> {
    private static final int MOST_DETAIL = 120;
    private static final ListOutput.Table<Letter> TABLE =
            new ListOutput.Table<>(List.of("NUMBER", "AT", "STATE", "RULE", "WHAT", "CAUSE"), ListLettersCommand::row);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private LetterSelection selection;

    @Option(names = "--all", order = 4, description = "Also those that were retried or discarded.")
    private boolean all;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ListOutput form;

    @Override
    public Integer call() {
        CommandOutput output = CommandOutput.of(spec);
        List<Letter> letters = selection.read(selection.connection(), output).all().stream()
                .filter(letter -> (all || letter.resolution().isEmpty()) && selection.admits(letter))
                .toList();
        form.print(letters, TABLE, Letter::json, "no dead letters", output);
        return ExitCode.OK;
    }

    private static List<String> row(Letter letter) {
        String cause = letter.cause().cause() + ": " + letter.cause().detail();
        return List.of(
                Long.toString(letter.number()),
                letter.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                letter.state(),
                letter.rule().orElse("-"),
                PrintableText.of(letter.subject()),
                PrintableText.of(cause.length() > MOST_DETAIL ? cause.substring(0, MOST_DETAIL) + "…" : cause));
    }
}
