package io.weir.cli.audit;

import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.search.Moments;
import io.weir.filter.replay.ParallelReader;
import io.weir.filter.replay.TimeSpan;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which stretch of the log a command is about, and how fast to read it. */
final class WindowOptions {
    @Option(
            names = {"--from", "--since"},
            paramLabel = "TIME",
            order = 1,
            converter = Moments.class,
            description = "From then on, by the log's time, that moment included: a date and time such as"
                    + " 2026-01-31T08:00:00Z, or how long ago, such as 30d. Without it, from the oldest that is kept.")
    private @Nullable Instant from;

    @Option(
            names = {"--to", "--until"},
            paramLabel = "TIME",
            order = 2,
            converter = Moments.class,
            description = "What came before then, that moment not included. Without it, up to now.")
    private @Nullable Instant to;

    @Option(
            names = "--threads",
            paramLabel = "N",
            order = 30,
            description = "How many partitions are read at the same time (default: as many as there are processors).")
    private int threads = ParallelReader.defaultThreads();

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    ConnectionOptions connections;

    /** Checks what picocli cannot. */
    TimeSpan span(CommandSpec spec) {
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads=" + threads + ": expected 1 or more");
        }
        if (from != null && to != null && !from.isBefore(to)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--from=" + from + " is not before --to=" + to + ": expected a stretch of time");
        }
        return new TimeSpan(Optional.ofNullable(from), Optional.ofNullable(to));
    }

    int threads() {
        return threads;
    }
}
