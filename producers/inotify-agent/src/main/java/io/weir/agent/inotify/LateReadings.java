package io.weir.agent.inotify;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.ScanReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files whose changes had to be told before they could be read, though no event tells that they left: mostly a directory
 * above them had moved on, which tells nothing of them. They are read as soon as the tree is where the disk is, and told as
 * if a comparison had found them.
 */
final class LateReadings {
    /** Bounds memory; of more, those owed the longest are left to the next comparison. */
    private static final int MOST = 10_000;

    private final Map<Entry, Owed> owed = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Entry, Owed> eldest) {
            return size() > MOST;
        }
    };

    /** An entry of a node's directory; the directory itself if the name is empty. */
    record Entry(DirectoryNode directory, String name) {}

    private static final class Owed {
        final boolean isDirectory;
        final @Nullable DirectoryNode which;
        boolean wasMissed;

        Owed(boolean isDirectory, @Nullable DirectoryNode which) {
            this.isDirectory = isDirectory;
            this.which = which;
        }

        boolean mayBe(FileStat stat) {
            return isDirectory == stat.isDirectory() && (which == null || which.mayBe(stat));
        }
    }

    boolean isEmpty() {
        return owed.isEmpty();
    }

    /** @param which if it is a directory, which one as far as that is known */
    void owe(Entry entry, boolean isDirectory, @Nullable DirectoryNode which) {
        owed.put(entry, new Owed(isDirectory, which));
    }

    /** The tree is another. */
    void clear() {
        owed.clear();
    }

    /** An event tells that an entry left. */
    void left(Entry entry) {
        if (!owed.isEmpty()) {
            owed.remove(entry);
        }
    }

    /** Reads what can be read by now. */
    void read(Consumer<Found> told) {
        if (owed.isEmpty()) {
            return;
        }
        owed.keySet().removeIf(entry -> entry.directory().removed);
        Map<DirectoryNode, Set<String>> byDirectory = new LinkedHashMap<>();
        owed.keySet().forEach(entry -> byDirectory
                .computeIfAbsent(entry.directory(), d -> new LinkedHashSet<>())
                .add(entry.name()));
        byDirectory.forEach((directory, names) -> EntryStats.read(directory, names)
                .forEach((name, stat) -> found(new Entry(directory, name), stat, told)));
    }

    private void found(Entry entry, FileStat stat, Consumer<Found> told) {
        Owed what = owed.get(entry);
        if (what != null && what.mayBe(stat)) {
            owed.remove(entry);
            DirectoryNode directory = entry.directory();
            String below = entry.name().isEmpty() ? "" : "/" + entry.name();
            told.accept(new Found(
                    Outgoing.now(), directory.root().place(directory.suffix() + below), stat, ScanReason.REPAIR));
        }
    }

    /**
     * All events are handled that were queued when these could not be read. What is missing is gone; or it is on its way, and
     * the kernel just about to queue that, so it is looked for once more.
     */
    void seenAll() {
        List<Entry> gone = new ArrayList<>();
        owed.forEach((entry, it) -> {
            if (it.wasMissed) {
                gone.add(entry);
            }
            it.wasMissed = true;
        });
        gone.forEach(owed::remove);
    }
}
