package io.weir.cli.letter;

import io.weir.cli.CommandOutput;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.cli.search.Moments;
import io.weir.cli.search.TimeRange;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that tell which dead letters are meant. */
final class LetterSelection {
    @Option(names = "--rule", paramLabel = "ID", order = 1, description = "Only those of this rule.")
    private @Nullable String rule;

    @Option(
            names = "--cause",
            paramLabel = "TEXT",
            order = 2,
            description = "Only those whose cause or detail has this.")
    private @Nullable String cause;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            order = 3,
            converter = Moments.class,
            description =
                    "Only those from then on: a date and time such as 2026-01-31T08:00:00Z, or how long ago, such as 2h.")
    private @Nullable Instant since;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    KafkaConnection connection() {
        KafkaConnection connection = connections.resolve();
        Reachability.require(connection, Reachability.WAIT, Topics.DEAD_LETTERS);
        return connection;
    }

    Letters read(KafkaConnection connection, CommandOutput output) {
        return Letters.read(connection, new TimeRange(Optional.ofNullable(since), Optional.empty()), output);
    }

    /** Whether anything narrows the choice. */
    boolean isGiven() {
        return rule != null || cause != null || since != null;
    }

    boolean admits(Letter letter) {
        return (rule == null || letter.rule().filter(rule::equals).isPresent())
                && (cause == null
                        || letter.cause().cause().contains(cause)
                        || letter.cause().detail().contains(cause));
    }
}
