package io.weir.agent.inotify;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.ObservationSink;
import io.weir.agent.source.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Observations on their way to the sink. The files of changes are read when the batch goes out, so that several events of
 * one file cost one reading; or before, when a scan is about to read files, so that a file is never told in an older state
 * after a newer one.
 */
final class Outgoing {
    private static final int LARGE = 4096;

    private final ObservationSink sink;
    private final Function<Place, Optional<FileStat>> reader;
    private List<Observation> batch = new ArrayList<>();
    private int read;

    Outgoing(ObservationSink sink, Function<Place, Optional<FileStat>> reader) {
        this.sink = sink;
        this.reader = reader;
    }

    static long now() {
        return Capture.micros(Instant.now());
    }

    void add(Observation observation) {
        batch.add(observation);
    }

    void change(long at, String type, Place place, boolean directory) {
        batch.add(new Observation.Change(at, type, place, null, directory, null));
    }

    void moved(long at, Place place, Place previous, boolean directory) {
        batch.add(new Observation.Change(at, "moved", place, previous, directory, null));
    }

    boolean isLarge() {
        return batch.size() >= LARGE;
    }

    void readFiles() {
        if (read == batch.size()) {
            return;
        }
        Map<Place, Optional<FileStat>> files = new HashMap<>();
        for (; read < batch.size(); read++) {
            if (batch.get(read) instanceof Observation.Change change && !isAboutSomethingGone(change.type())) {
                batch.set(read, withFile(change, files.computeIfAbsent(change.place(), reader)));
            }
        }
    }

    private static boolean isAboutSomethingGone(String type) {
        return type.equals("deleted") || type.equals("moved-out");
    }

    private static Observation.Change withFile(Observation.Change c, Optional<FileStat> file) {
        @Nullable FileStat stat = file.orElse(null);
        return new Observation.Change(c.observedAt(), c.type(), c.place(), c.previous(), c.directory(), stat);
    }

    void deliver() {
        if (batch.isEmpty()) {
            return;
        }
        readFiles();
        List<Observation> full = batch;
        batch = new ArrayList<>();
        read = 0;
        sink.accept(full);
    }
}
