package io.weir.agent.inotify;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What an {@link InotifySource} watches.
 *
 * @param roots directories; none within another's view, none twice
 * @param marks volume to marks directory; watched from before the first scan, made if absent
 * @param excluded absolute paths never watched or told, even below a watched one; of directories, nor is what is in them
 * @param hidden the same for whatever path of the host it holds for, in the reversible text form; asked for each event
 * @param polling what is besides compared again and again
 * @param readEvents whether opened, read and closed of files are told too
 * @param queueBytes bound of what has been read from the kernel and is not yet processed; beyond it is an overflow
 * @param excludes what is excluded and hidden, for people and for {@code weir why}: {@code volume:} and a glob on its paths
 */
public record InotifySettings(
        List<WatchRoot> roots,
        Map<String, Path> marks,
        Set<Path> excluded,
        Predicate<String> hidden,
        Polling polling,
        boolean readEvents,
        long queueBytes,
        List<String> excludes) {
    /** Room for about a million events. */
    public static final long DEFAULT_QUEUE_BYTES = 64L << 20;

    /** Hides nothing. */
    public static final Predicate<String> NOTHING = path -> false;

    public InotifySettings {
        roots = List.copyOf(roots);
        marks = Map.copyOf(marks);
        excluded = Set.copyOf(excluded);
        excludes = List.copyOf(excludes);
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("watched directories=[]: expected at least one");
        }
        if (queueBytes < 1) {
            throw new IllegalArgumentException("queue bytes=" + queueBytes + ": expected at least 1");
        }
        for (Path path : excluded) {
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException("excluded path='" + path + "': expected an absolute path");
            }
        }
    }

    /** Only directories, no marks. */
    public static InotifySettings of(List<WatchRoot> roots) {
        return new InotifySettings(
                roots, Map.of(), Set.of(), NOTHING, Polling.NONE, false, DEFAULT_QUEUE_BYTES, List.of());
    }

    public InotifySettings withMarks(Map<String, Path> value) {
        return new InotifySettings(roots, value, excluded, hidden, polling, readEvents, queueBytes, excludes);
    }

    public InotifySettings withExcluded(Set<Path> value) {
        return new InotifySettings(roots, marks, value, hidden, polling, readEvents, queueBytes, excludes);
    }

    public InotifySettings withHidden(Predicate<String> value) {
        return new InotifySettings(roots, marks, excluded, value, polling, readEvents, queueBytes, excludes);
    }

    public InotifySettings withPolling(Polling value) {
        return new InotifySettings(roots, marks, excluded, hidden, value, readEvents, queueBytes, excludes);
    }

    public InotifySettings withReadEvents(boolean value) {
        return new InotifySettings(roots, marks, excluded, hidden, polling, value, queueBytes, excludes);
    }

    public InotifySettings withQueueBytes(long value) {
        return new InotifySettings(roots, marks, excluded, hidden, polling, readEvents, value, excludes);
    }

    public InotifySettings withExcludes(List<String> value) {
        return new InotifySettings(roots, marks, excluded, hidden, polling, readEvents, queueBytes, value);
    }
}
