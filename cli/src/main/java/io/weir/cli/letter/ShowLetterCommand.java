package io.weir.cli.letter;

import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.lines.PrintableText;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Causation;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir dead-letters show}. */
@Command(
        name = "show",
        description =
                "Show all of one dead letter: why it lies there, with the reason of every attempt, and the request.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
final class ShowLetterCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "NUMBER", description = "As 'weir dead-letters list' shows it.")
    private long number;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private LetterSelection selection;

    @Override
    public Integer call() {
        CommandOutput output = CommandOutput.of(spec);
        KafkaConnection connection = selection.connection();
        Letter letter =
                selection.read(connection, output).withNumbers(List.of(number)).get(0);
        line(output, "number", Long.toString(letter.number()));
        line(output, "at", letter.at().toString());
        line(output, "state", state(letter));
        line(output, "component", letter.cause().component());
        line(output, "cause", letter.cause().cause());
        for (String reason : letter.cause().detail().split("; (?=attempt )", -1)) {
            line(output, "reason", reason);
        }
        line(
                output,
                "from",
                letter.cause().topic() + "-" + letter.cause().partition() + "@"
                        + letter.cause().offset());
        Causation.read(letter.record().headers())
                .ifPresent(causation -> line(output, "chain", "weir trace " + causation.correlationId()));
        line(output, "record", letter.value().map(String::valueOf).orElseGet(() -> bytes(letter)));
        return ExitCode.OK;
    }

    private static String state(Letter letter) {
        return letter.resolution()
                .map(decided -> letter.state() + " by " + decided.by()
                        + (decided.reason().isEmpty() ? "" : ": " + decided.reason()))
                .orElse(letter.state());
    }

    private static String bytes(Letter letter) {
        byte[] value = letter.record().value();
        if (value == null) {
            throw new CommandException("dead letter " + letter.number() + " has no value");
        }
        return value.length + " bytes that cannot be decoded";
    }

    private static void line(CommandOutput output, String name, String value) {
        output.line(String.format(Locale.ROOT, "%-10s %s", name, PrintableText.of(value)));
    }
}
