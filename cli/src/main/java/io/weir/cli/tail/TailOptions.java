package io.weir.cli.tail;

import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.search.Moments;
import io.weir.cli.search.PathGlob;
import io.weir.cli.search.TimeRange;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all tails take. */
final class TailOptions {
    enum Form {
        TEXT,
        JSON
    }

    @Option(
            names = {"-f", "--follow"},
            order = 1,
            description = "Go on with what comes, until Ctrl+C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            order = 2,
            description = "Show the last N of those that are asked for (default: 10; with --since, all).")
    private @Nullable Integer lines;

    @Option(
            names = {"--since", "--from"},
            paramLabel = "TIME",
            order = 3,
            converter = Moments.class,
            description =
                    "From then on, by the log's time: a date and time such as 2026-01-31T08:00:00Z, or how long ago, such"
                            + " as 2h.")
    private @Nullable Instant since;

    @Option(
            names = {"--until", "--to"},
            paramLabel = "TIME",
            order = 4,
            converter = Moments.class,
            description = "What came before then.")
    private @Nullable Instant until;

    @Option(names = "--volume", paramLabel = "NAME", order = 5, description = "Only of this volume.")
    private @Nullable String volume;

    @Option(
            names = "--path",
            paramLabel = "GLOB",
            order = 6,
            converter = PathGlob.class,
            description = "Only of paths such as '/in/**'.")
    private @Nullable Predicate<String> path;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            order = 20,
            defaultValue = "text",
            description = "text, or json (one object a line).")
    private Form form = Form.TEXT;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    ConnectionOptions connections;

    boolean follows() {
        return follow;
    }

    boolean isJson() {
        return form == Form.JSON;
    }

    TimeRange range() {
        return new TimeRange(Optional.ofNullable(since), Optional.ofNullable(until));
    }

    /** How many of the last to show; empty: all. */
    Optional<Integer> last() {
        return lines == null && since == null ? Optional.of(10) : Optional.ofNullable(lines);
    }

    /** Why the options do not go together; empty if they do. */
    Optional<String> fault() {
        if (lines != null && lines < 0) {
            return Optional.of("--lines=" + lines + ": expected 0 or more");
        }
        if (follow && until != null) {
            return Optional.of("--follow and --until: expected one of them");
        }
        return since != null && until != null && !since.isBefore(until)
                ? Optional.of("--since=" + since + " is not before --until=" + until + ": expected a stretch of time")
                : Optional.empty();
    }

    /** Whether a file is asked for. */
    boolean admits(String ofVolume, String ofPath) {
        return (volume == null || volume.equals(ofVolume)) && (path == null || path.test(ofPath));
    }
}
