package io.weir.agent.inotify;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.MarkSeen;
import io.weir.agent.source.Observation.Order;
import io.weir.agent.source.ObservationSink;
import io.weir.agent.source.Place;
import io.weir.posix.Directory;
import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

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

    Outgoing(ObservationSink sink) {
        this.sink = sink;
    }

    /** A change whose file, an entry of a directory, is still to be read; the directory itself if the name is empty. */
    private record Unread(int index, DirectoryNode directory, String name) {}

    /** @param drain takes from the kernel what is queued by now, and gives the number of the last chunk */
    void follow(LongSupplier drain) {
        stream = drain;
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
        unread.add(new Unread(batch.size() - 1, node, name));
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
        return missing.isEmpty();
    }

    /** Reads the files of the changes that have come since the last time. */
    void readFiles() {
        if (unread.isEmpty()) {
            return;
        }
        Map<DirectoryNode, List<Unread>> byDirectory = new LinkedHashMap<>();
        for (Unread entry : unread) {
            if (!entry.directory().removed) {
                byDirectory
                        .computeIfAbsent(entry.directory(), d -> new ArrayList<>())
                        .add(entry);
            }
        }
        unread = new ArrayList<>();
        readBehind = stream.getAsLong();
        byDirectory.forEach(this::readIn);
    }

    /** Reads entries of a directory, if its path leads to it: the disk may be ahead of the tree. */
    private void readIn(DirectoryNode node, List<Unread> entries) {
        try (Directory directory = Directory.openPath(node.hostPath())) {
            FileStatus status = directory.status();
            if (!node.isKnownToBe(status)) {
                missing.addAll(entries);
                return;
            }
            Map<String, Optional<FileStat>> files = new HashMap<>();
            files.put("", Optional.of(Stats.of(status)));
            for (Unread entry : entries) {
                Optional<FileStat> file = files.computeIfAbsent(entry.name(), name -> read(directory, name));
                if (file.isPresent()) {
                    set(entry.index(), file.get());
                } else {
                    missing.add(entry);
                }
            }
        } catch (PosixException e) {
            missing.addAll(entries);
        }
    }

    private void set(int index, FileStat stat) {
        Change c = (Change) batch.get(index);
        Order order = new Order(c.order().queued(), readBehind);
        batch.set(index, new Change(c.observedAt(), c.type(), c.place(), c.previous(), c.directory(), stat, order));
    }

    private static Optional<FileStat> read(Directory directory, String name) {
        try {
            return Optional.of(Stats.of(directory.lstat(name)));
        } catch (PosixException e) {
            return Optional.empty();
        }
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

    /** Gives the batch to the sink; files not read by now are told without. */
    void deliver() {
        if (batch.isEmpty()) {
            return;
        }
        stampMarks();
        List<Observation> full = batch;
        batch = new ArrayList<>();
        unread = new ArrayList<>();
        missing = new ArrayList<>();
        sink.accept(full);
    }
}
