package io.weir.agent.inotify;

import io.weir.agent.source.EventSource;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.ObservationSink;
import io.weir.agent.source.Place;
import io.weir.agent.source.Subtree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells what a source tells, one line each, so that a failure can be explained. */
record TracingSource(EventSource source, Consumer<String> lines) implements EventSource {
    @Override
    public void start(ObservationSink sink) {
        source.start(batch -> {
            batch.forEach(observation -> lines.accept("told " + Recorder.line(observation) + read(observation)));
            sink.accept(batch);
        });
    }

    /** What was read of the file. */
    private static String read(Observation observation) {
        if (observation instanceof Change change) {
            return " " + shown(change.stat());
        }
        return observation instanceof Found found ? " " + found.reason() + " " + shown(found.stat()) : "";
    }

    private static String shown(@Nullable FileStat s) {
        return s == null ? "unread" : s.kind() + " " + s.fileId() + " " + s.size() + " B " + s.mtime();
    }

    @Override
    public List<String> volumes() {
        return source.volumes();
    }

    @Override
    public List<Subtree> subtrees() {
        return source.subtrees();
    }

    @Override
    public Optional<FileStat> stat(Place place) {
        return source.stat(place);
    }

    @Override
    public Map<String, Long> figures() {
        return source.figures();
    }

    @Override
    public Optional<String> failure() {
        return source.failure();
    }

    @Override
    public void close() {
        source.close();
    }
}
