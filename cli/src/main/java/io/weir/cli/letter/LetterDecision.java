package io.weir.cli.letter;

import io.weir.cli.AuthorOption;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Resolution;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands that decide about dead letters share. */
abstract class LetterDecision {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NUMBER",
            arity = "0..*",
            description = "Numbers of dead letters, as 'weir dead-letters list' shows them.")
    private List<Long> numbers = new ArrayList<>();

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private LetterSelection selection;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private AuthorOption author;

    @Option(names = "--reason", paramLabel = "TEXT", order = 11, defaultValue = "", description = "Why.")
    private String reason = "";

    /** What is to be done about one. */
    interface Deed {
        /**
         * Does it.
         *
         * @return what it leads to
         */
        String about(Letter letter, LetterWriter writer) throws InterruptedException;
    }

    int decide(Resolution.Kind kind, Deed deed) throws InterruptedException {
        if (numbers.isEmpty() && !selection.isGiven()) {
            throw new ParameterException(
                    spec.commandLine(), "expected numbers of dead letters, or --rule, --cause or --since");
        }
        CommandOutput output = CommandOutput.of(spec);
        KafkaConnection connection = selection.connection();
        Letters letters = selection.read(connection, output);
        Set<Letter> chosen = new LinkedHashSet<>(letters.withNumbers(numbers));
        if (numbers.isEmpty()) {
            letters.all().stream()
                    .filter(letter -> letter.resolution().isEmpty() && selection.admits(letter))
                    .forEach(chosen::add);
        }
        int refused = 0;
        try (LetterWriter writer = new LetterWriter(connection)) {
            for (Letter letter : chosen) {
                try {
                    String done = deed.about(letter, writer);
                    writer.resolve(new Resolution(letter.number(), kind, author.author(), reason));
                    output.line("dead-letter/" + letter.number() + " " + done);
                } catch (CommandException e) {
                    refused++;
                    output.note("dead-letter/" + letter.number() + ": " + e.getMessage());
                }
            }
        }
        if (chosen.isEmpty()) {
            output.note("no open dead letter is like that");
        }
        return refused == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
