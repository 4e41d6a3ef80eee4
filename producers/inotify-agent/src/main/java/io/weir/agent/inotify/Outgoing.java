package io.weir.agent.inotify;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.ObservationSink;
import io.weir.agent.source.Place;
import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Observations on their way to the sink. The files of changes are read when the batch goes out, so that several events of
 * one file cost one reading, and at the path that their directory has by then: it may have been renamed since.
 */
final class Outgoing {
    private static final int LARGE = 4096;
    private static final long WAIT_NANOS = 20_000_000;

    private final ObservationSink sink;
    private List<Observation> batch = new ArrayList<>();
    private List<Unread> unread = new ArrayList<>();
    private long begun;

    Outgoing(ObservationSink sink) {
        this.sink = sink;
    }

    /**
     * A change whose file is still to be read.
     *
     * @param path where the file is on this host by now; empty if its directory is gone
     */
    private record Unread(int index, Supplier<Optional<String>> path) {}

    static long now() {
        return Capture.micros(Instant.now());
    }

    void add(Observation observation) {
        if (batch.isEmpty()) {
            begun = System.nanoTime();
        }
        batch.add(observation);
    }

    /** Something that is gone. */
    void gone(long at, String type, Place place, boolean directory) {
        add(new Change(at, type, place, null, directory, null));
    }

    /** Something whose file is read later, where the path is then. */
    void change(long at, String type, Place place, boolean directory, Supplier<Optional<String>> path) {
        add(new Change(at, type, place, null, directory, null));
        unread.add(new Unread(batch.size() - 1, path));
    }

    void moved(long at, Place place, Place previous, boolean directory, Supplier<Optional<String>> path) {
        add(new Change(at, "moved", place, previous, directory, null));
        unread.add(new Unread(batch.size() - 1, path));
    }

    /** Whether it is time to deliver although there is more to do. */
    boolean isDue() {
        return batch.size() >= LARGE || (!batch.isEmpty() && System.nanoTime() - begun >= WAIT_NANOS);
    }

    /**
     * Reads the files of the changes.
     *
     * @return false if some are not there: they are gone, or were moved and the queue is about to tell
     */
    boolean readFiles() {
        if (unread.isEmpty()) {
            return true;
        }
        Map<String, Optional<FileStat>> files = new HashMap<>();
        List<Unread> missing = new ArrayList<>();
        for (Unread entry : unread) {
            Optional<String> path = entry.path().get();
            @Nullable
            FileStat stat =
                    path.flatMap(p -> files.computeIfAbsent(p, Outgoing::read)).orElse(null);
            if (stat != null) {
                Change c = (Change) batch.get(entry.index());
                batch.set(
                        entry.index(),
                        new Change(c.observedAt(), c.type(), c.place(), c.previous(), c.directory(), stat));
            } else if (path.isPresent()) {
                missing.add(entry);
            }
        }
        unread = missing;
        return missing.isEmpty();
    }

    static Optional<FileStat> read(String path) {
        try {
            return Optional.of(Stats.of(FileStatus.lstat(path)));
        } catch (PosixException e) {
            return Optional.empty();
        }
    }

    /** Gives the batch to the sink; files not read by now are told without. */
    void deliver() {
        if (batch.isEmpty()) {
            return;
        }
        List<Observation> full = batch;
        batch = new ArrayList<>();
        unread = new ArrayList<>();
        sink.accept(full);
    }
}
