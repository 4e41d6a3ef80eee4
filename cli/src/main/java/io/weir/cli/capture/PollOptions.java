package io.weir.cli.capture;

import io.weir.agent.inotify.Polling;
import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.instance.Durations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** What is compared again and again, as inotify does not show all that happens there. */
public final class PollOptions {
    @Option(
            names = "--poll",
            paramLabel = "DIR",
            order = 6,
            description =
                    "A watched directory, or one below, that other hosts change too (NFS, SMB, FUSE and the like):"
                            + " compare it with what was known again and again. Repeatable.")
    private List<String> directories = new ArrayList<>();

    @Option(
            names = "--poll-interval",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "5s",
            order = 7,
            description = "The least pause between two comparisons (default: 5s); where they take long it is ten times"
                    + " as long as they take. Also for what is polled because watches ran out.")
    private Duration interval = Polling.DEFAULT_INTERVAL;

    /**
     * As asked for.
     *
     * @throws CommandException if one is there and no directory
     * @throws IllegalArgumentException if the interval is too short
     */
    public Polling polling(CommandContext context) {
        Set<Path> polled = new HashSet<>();
        for (String text : directories) {
            Path path = context.resolve(Path.of(text));
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw new CommandException(
                        "--poll='" + text + "' is not a directory; expected a watched directory, or one below");
            }
            polled.add(path);
        }
        return new Polling(polled, interval);
    }
}
