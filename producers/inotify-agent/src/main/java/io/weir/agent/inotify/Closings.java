package io.weir.agent.inotify;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.posix.Directory;
import io.weir.posix.Inotify;
import io.weir.posix.PosixException;
import io.weir.posix.Writers;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Files that somebody had open for writing when they were found in a new directory. Their closing comes as an event, unless
 * it was being carried out right then: the kernel tells of it first, which may have been before the directory was watched,
 * and counts the writer as gone a moment later. So they are asked about once more.
 */
final class Closings {
    /** Far longer than a closing takes. */
    private static final long AGAIN_NANOS = 1_000_000_000;

    private static final int MOST_ASKED = 1_000;

    private final WatchTree tree;
    private final Outgoing outgoing;
    private final Map<Key, Open> open = new LinkedHashMap<>();
    private final ArrayDeque<Closed> closed = new ArrayDeque<>();
    private final Map<Key, Integer> asked = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Integer> eldest) {
            return size() > MOST_ASKED; // its watch has ended, or it is not told when files are opened
        }
    };

    Closings(WatchTree tree, Outgoing outgoing) {
        this.tree = tree;
        this.outgoing = outgoing;
    }

    private record Key(DirectoryNode node, String name) {}

    private record Open(String fileId, long due) {}

    /** @param position the chunk of events after whose handling it can be told */
    private record Closed(Key file, FileStat stat, long position) {}

    /** Somebody has a file open that was found in a new directory. */
    void expect(DirectoryNode node, String name, FileStat stat) {
        Key key = new Key(node, name);
        open.remove(key);
        open.put(key, new Open(stat.fileId(), System.nanoTime() + AGAIN_NANOS));
    }

    /** Nanoseconds until something is due, at most the given. */
    long untilDue(long now, long most) {
        return open.isEmpty()
                ? most
                : Math.min(most, open.values().iterator().next().due() - now);
    }

    /**
     * Asks again about those that are due.
     *
     * @param drain see {@link Capture#drain}
     */
    void tick(long now, LongSupplier drain) {
        for (var first = open.entrySet().iterator(); first.hasNext(); ) {
            Map.Entry<Key, Open> file = first.next();
            if (file.getValue().due() - now > 0) {
                return;
            }
            first.remove();
            if (!file.getKey().node().removed) {
                ask(file.getKey(), file.getValue().fileId(), drain);
            }
        }
    }

    private void ask(Key file, String fileId, LongSupplier drain) {
        try (Directory directory = Directory.open(file.node().hostPath())) {
            if (!file.node().isKnownToBe(directory.status())
                    || !directory.lstat(file.name()).fileId().equals(fileId)) {
                return;
            }
            asked.put(file, Inotify.IN_OPEN | Inotify.IN_CLOSE_NOWRITE);
            if (Writers.of(directory, file.name()) == Writers.Answer.NONE) {
                FileStat stat = Stats.of(directory.lstat(file.name()));
                closed.add(new Closed(file, stat, drain.getAsLong()));
            }
        } catch (PosixException e) {
            // it is gone, which the queue tells
        }
    }

    /** An event has told that a file was closed. */
    void told(DirectoryNode node, String name) {
        if (!open.isEmpty()) {
            open.remove(new Key(node, name));
        }
    }

    /** Tells what was closed, once the events that were queued by then have been handled. */
    void tell(long processed) {
        while (!closed.isEmpty() && closed.element().position() <= processed) {
            Closed next = closed.remove();
            Key file = next.file();
            if (!file.node().removed) {
                outgoing.add(
                        new Observation.FoundClosed(Outgoing.now(), tree.place(file.node(), file.name()), next.stat()));
            }
        }
    }

    /** Whether an event is of our own asking; each is known once. */
    boolean isOwn(DirectoryNode node, RawEvent event) {
        if (asked.isEmpty()) {
            return false;
        }
        Key key = new Key(node, event.name());
        int expected = asked.getOrDefault(key, 0);
        if ((event.mask() & expected) == 0) {
            return false;
        }
        int rest = expected & ~event.mask();
        if (rest == 0) {
            asked.remove(key);
        } else {
            asked.put(key, rest);
        }
        return true;
    }
}
