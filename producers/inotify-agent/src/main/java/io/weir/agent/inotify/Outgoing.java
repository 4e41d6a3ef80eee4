package io.weir.agent.inotify;

import io.weir.agent.inotify.LateReadings.Entry;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.MarkSeen;
import io.weir.agent.source.Observation.Order;
import io.weir.agent.source.ObservationSink;
import io.weir.agent.source.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Observations on their way to the sink. The files of changes are read when the batch goes out, so that several events of
 * one file cost one reading, and in the very directory that the event was about, wherever it has been moved since.
 */
final class Outgoing {
    private static final int LARGE = 4096;
    private static final long WAIT_NANOS = 20_000_000;

    private final ObservationSink sink;
    private List<Observation> batch = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private List<Unread> unread = new ArrayList<>();
    private List<Unread> missing = new ArrayList<>();
    private long begun;
    private long changes;
    private LongSupplier stream = () -> 0;
    private long readBehind;
    private final LateReadings late = new LateReadings();
    /** Where in the batch it is told that an entry left. */
    private final Map<Entry, Integer> left = new HashMap<>();

    Outgoing(ObservationSink sink) {
        this.sink = sink;
    }

    /**
     * A change whose file is still to be read.
     *
     * @param about the directory that it is about, if it is about one that the tree has
     */
    private record Unread(int index, Entry entry, @Nullable DirectoryNode about) {
        /** What is read under a name, late, may be another directory that came there since. */
        boolean isOf(FileStat stat) {
            return about == null || about.mayBe(stat);
        }
    }

    /** @param drain takes from the kernel what is queued by now, and gives the number of the last chunk */
    void follow(LongSupplier drain) {
        stream = drain;
        late.clear();
    }

    /** The stream has ended. */
    void followNothing() {
        stream = () -> 0;
    }

    static long now() {
        return Capture.micros(Instant.now());
    }

    void add(Observation observation) {
        if (batch.isEmpty()) {
            begun = System.nanoTime();
        }
        batch.add(observation);
        if (observation instanceof Change || observation instanceof Observation.Left) {
            changes++;
        }
    }

    /** A mark; the files that it makes the core look at are read after delivery. */
    void mark(MarkSeen mark) {
        add(mark);
        marks.add(batch.size() - 1);
    }

    /** Changes told since the start, whether delivered yet or not. */
    long changes() {
        return changes;
    }

    /** Something that is gone. */
    void gone(long at, String type, Place place, boolean directory) {
        add(new Change(at, type, place, null, directory, null));
    }

    /** Something whose file, an entry of a node's directory, is read later. */
    void change(Change change, DirectoryNode node, String name) {
        add(change);
        unread.add(new Unread(batch.size() - 1, new Entry(node, name), null));
    }

    /** The change told last is about this directory; null if it is not known which. */
    void isAbout(@Nullable DirectoryNode directory) {
        int last = unread.size() - 1;
        Unread change = unread.get(last);
        unread.set(last, new Unread(change.index(), change.entry(), directory));
    }

    /** An event tells that an entry of a node's directory leaves; what is told next is of that, or of a later one. */
    void leaves(DirectoryNode node, String name) {
        Entry entry = new Entry(node, name);
        left.put(entry, batch.size());
        late.left(entry);
    }

    /** Whether it is time to deliver although there is more to do. */
    boolean isDue() {
        return batch.size() >= LARGE || (!batch.isEmpty() && System.nanoTime() - begun >= WAIT_NANOS);
    }

    /**
     * Reads the files of all changes that have not been read yet.
     *
     * @return false if some are not there: they are gone, or were moved and the queue is about to tell
     */
    boolean readAllFiles() {
        unread.addAll(missing);
        missing = new ArrayList<>();
        readFiles();
        late.read(this::add);
        return missing.isEmpty() && late.isEmpty();
    }

    /** Reads the files of the changes that have come since the last time. */
    void readFiles() {
        if (unread.isEmpty()) {
            return;
        }
        Map<DirectoryNode, List<Unread>> byDirectory = new LinkedHashMap<>();
        for (Unread entry : unread) {
            DirectoryNode directory = entry.entry().directory();
            if (!directory.removed) {
                byDirectory.computeIfAbsent(directory, d -> new ArrayList<>()).add(entry);
            }
        }
        unread = new ArrayList<>();
        readBehind = stream.getAsLong();
        byDirectory.forEach(this::readIn);
    }

    private void readIn(DirectoryNode node, List<Unread> entries) {
        Map<String, FileStat> files = EntryStats.read(
                node, entries.stream().map(u -> u.entry().name()).toList());
        for (Unread unread : entries) {
            FileStat file = files.get(unread.entry().name());
            if (file == null || !unread.isOf(file)) {
                missing.add(unread);
            } else {
                set(unread.index(), file);
            }
        }
    }

    private void set(int index, FileStat stat) {
        Change c = (Change) batch.get(index);
        Order order = new Order(c.order().queued(), readBehind);
        batch.set(index, new Change(c.observedAt(), c.type(), c.place(), c.previous(), c.directory(), stat, order));
    }

    private void stampMarks() {
        if (!marks.isEmpty()) {
            long behind = stream.getAsLong();
            for (int index : marks) {
                MarkSeen m = (MarkSeen) batch.get(index);
                Order order = new Order(m.order().queued(), behind);
                batch.set(index, new MarkSeen(m.observedAt(), m.volume(), m.fileName(), order));
            }
            marks.clear();
        }
    }

    /**
     * Gives the batch to the sink. Files not read by now are told without, and once they can be read.
     *
     * @param seenAll whether all events have been handled that were queued when they could not be read
     */
    void deliver(boolean seenAll) {
        for (Unread unread : missing) {
            if (left.getOrDefault(unread.entry(), 0) <= unread.index()) {
                late.owe(unread.entry(), ((Change) batch.get(unread.index())).directory(), unread.about());
            }
        }
        if (seenAll) {
            late.seenAll();
        }
        if (batch.isEmpty()) {
            return;
        }
        stampMarks();
        List<Observation> full = batch;
        batch = new ArrayList<>();
        unread = new ArrayList<>();
        missing = new ArrayList<>();
        left.clear();
        sink.accept(full);
    }
}
