package io.weir.cli.rule.publish;

import io.weir.cli.CommandContext;
import io.weir.cli.instance.Durations;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that change rules. */
public final class ApplyOptions {
    private final CommandContext context;

    @Option(
            names = "--author",
            paramLabel = "NAME",
            description = "Who makes the change (default: the user who runs the command).")
    private @Nullable String author;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why the change is made.")
    private @Nullable String comment;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "10s",
            description = "How long to wait until all running filters have taken the change over (default: 10s).")
    private Duration timeout = Duration.ofSeconds(10);

    ApplyOptions(CommandContext context) {
        this.context = context;
    }

    String author() {
        return author == null ? user(context) : author;
    }

    /** The user who runs the command. */
    public static String user(CommandContext context) {
        String user = context.environment().get("USER");
        return user == null || user.isBlank() ? System.getProperty("user.name", "unknown") : user;
    }

    public Optional<String> comment() {
        return Optional.ofNullable(comment);
    }

    Duration timeout() {
        return timeout;
    }
}
