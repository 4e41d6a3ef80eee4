package io.weir.cli.control;

import io.weir.cli.AuthorOption;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.Durations;
import io.weir.cli.lines.PrintableText;
import io.weir.schemas.ControlState;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.StopScope;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.apache.kafka.clients.producer.RecordMetadata;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of the commands that stop and release, and what both do. */
final class ControlOptions {
    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            order = 1,
            converter = Scopes.class,
            defaultValue = "all",
            description = "all (the default), volume/NAME or rule/ID.")
    private StopScope scope = StopScope.ALL;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private AuthorOption author;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            order = 11,
            converter = Durations.class,
            defaultValue = "10s",
            description = "How long to wait until all running workers know (default: 10s).")
    private Duration timeout = Duration.ofSeconds(10);

    StopScope scope() {
        return scope;
    }

    String author() {
        return author.author();
    }

    ControlState.Builder state(boolean stopped, String reason) {
        return ControlState.newBuilder()
                .setScope(scope.toString())
                .setStopped(stopped)
                .setReason(reason)
                .setBy(author())
                .setAt(Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    /**
     * Writes it, says so, and waits for the workers.
     *
     * @param done what is said first
     * @return exit code
     */
    int publish(KafkaConnection connection, ControlState state, String done, CommandOutput output)
            throws InterruptedException {
        long begun = System.nanoTime();
        RecordMetadata written = ControlLog.write(connection, state);
        output.line(PrintableText.of(done + " (weir.control offset " + written.offset() + ")"));
        Set<String> missing = RunningWorkers.await(
                connection,
                written.offset(),
                Instant.ofEpochMilli(written.timestamp()),
                timeout,
                worker -> output.line(PrintableText.of(
                        "worker " + worker + " knows it, after " + (System.nanoTime() - begun) / 1_000_000 + " ms")));
        if (missing.isEmpty()) {
            return ExitCode.OK;
        }
        output.note(PrintableText.of("not heard of within " + timeout.toMillis() / 1_000.0 + " s: workers " + missing
                + ". A worker that cannot read weir.control changes nothing; see whether they run"));
        return ExitCode.FAILED;
    }

    /** A scope as users write it. */
    static final class Scopes implements ITypeConverter<StopScope> {
        @Override
        public StopScope convert(String text) {
            try {
                return StopScope.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** What is said of a scope that no stop holds. */
    static CommandException notStopped(StopScope scope, Set<String> stopped) {
        return new CommandException(PrintableText.of("scope='" + scope + "' is not stopped; stopped are: "
                + (stopped.isEmpty() ? "none" : String.join(", ", stopped))));
    }
}
