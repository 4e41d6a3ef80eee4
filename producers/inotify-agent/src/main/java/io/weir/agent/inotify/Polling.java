package io.weir.agent.inotify;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * What is compared with the baseline again and again, since the kernel does not tell all that happens there.
 *
 * @param directories watched ones, or below these; need not exist yet
 * @param interval the least time from the end of one comparison to the next, at least 100 ms; also of directories for which
 *     the kernel's watches do not suffice
 */
public record Polling(Set<Path> directories, Duration interval) {
    private static final Duration LEAST = Duration.ofMillis(100);

    /** How often it is compared if nobody says. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

    /** Only where watches run out. */
    public static final Polling NONE = new Polling(Set.of(), DEFAULT_INTERVAL);

    public Polling {
        directories = Set.copyOf(directories);
        if (interval.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    "poll interval='" + interval.toMillis() + "ms': expected at least " + LEAST.toMillis() + "ms");
        }
    }
}
