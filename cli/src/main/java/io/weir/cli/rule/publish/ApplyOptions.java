package io.weir.cli.rule.publish;

import io.weir.cli.AuthorOption;
import io.weir.cli.instance.Durations;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that change rules. */
public final class ApplyOptions {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private AuthorOption author;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why the change is made.")
    private @Nullable String comment;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "10s",
            description = "How long to wait until all running filters have taken the change over (default: 10s).")
    private Duration timeout = Duration.ofSeconds(10);

    String author() {
        return author.author();
    }

    public Optional<String> comment() {
        return Optional.ofNullable(comment);
    }

    Duration timeout() {
        return timeout;
    }
}
