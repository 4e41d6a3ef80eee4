package io.weir.agent;

import io.weir.agent.source.EventSource;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.ObservationSink;
import io.weir.agent.source.Place;
import io.weir.agent.source.Subtree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source over {@link FakeFiles}; the test's thread is the source's. */
final class FakeSource implements EventSource {
    private final FakeFiles files;
    private @Nullable ObservationSink sink;

    FakeSource(FakeFiles files) {
        this.files = files;
    }

    @Override
    public List<String> volumes() {
        return List.of(files.volume());
    }

    @Override
    public List<Subtree> subtrees() {
        return List.of(new Subtree(new Place(files.volume(), "/"), true));
    }

    @Override
    public void start(ObservationSink to) {
        sink = to;
        files.watched(true);
        to.accept(files.scan(Observation.ScanReason.START));
    }

    /** Tells all that is queued, in one batch. */
    void drain() {
        List<Observation> batch = new ArrayList<>();
        for (Optional<Observation> next = files.take(); next.isPresent(); next = files.take()) {
            batch.add(next.get());
        }
        tell(batch);
    }

    void tell(List<Observation> batch) {
        if (sink == null) {
            throw new IllegalStateException("not started");
        }
        sink.accept(batch);
    }

    @Override
    public Optional<FileStat> stat(Place place) {
        return files.stat(place);
    }

    @Override
    public void close() {
        files.watched(false);
    }
}
