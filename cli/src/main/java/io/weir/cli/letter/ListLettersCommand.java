package io.weir.cli.letter;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.lines.PrintableText;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    enum Form {
        TABLE,
        JSON
    }

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private LetterSelection selection;

    @Option(names = "--all", order = 4, description = "Also those that were retried or discarded.")
    private boolean all;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            order = 5,
            defaultValue = "table",
            description = "table, or json (one object a line).")
    private Form form = Form.TABLE;

    @Override
    public Integer call() {
        CommandOutput output = CommandOutput.of(spec);
        List<Letter> letters = selection.read(selection.connection(), output).all().stream()
                .filter(letter -> (all || letter.resolution().isEmpty()) && selection.admits(letter))
                .toList();
        if (form == Form.JSON) {
            letters.forEach(letter -> output.line(letter.json().text()));
        } else if (letters.isEmpty()) {
            output.note("no dead letters");
        } else {
            output.table(table(letters));
        }
        return ExitCode.OK;
    }

    private List<List<String>> table(List<Letter> letters) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NUMBER", "AT", "STATE", "RULE", "WHAT", "CAUSE"));
        for (Letter letter : letters) {
            String cause = letter.cause().cause() + ": " + letter.cause().detail();
            rows.add(List.of(
                    Long.toString(letter.number()),
                    letter.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    letter.state(),
                    letter.rule().orElse("-"),
                    PrintableText.of(letter.subject()),
                    PrintableText.of(cause.length() > MOST_DETAIL ? cause.substring(0, MOST_DETAIL) + "…" : cause)));
        }
        return rows;
    }
}
