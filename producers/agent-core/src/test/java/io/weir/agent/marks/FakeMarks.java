package io.weir.agent.marks;

import io.weir.agent.FakeFiles;
import io.weir.agent.source.MarksDirectory;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.EndMark;
import io.weir.schemas.marks.MarkCodec;
import io.weir.schemas.marks.MarkName;
import java.util.List;
import java.util.Optional;

/** A marks directory whose files come through the queue of {@link FakeFiles}; also writes marks as workers do. */
public final class FakeMarks implements MarksDirectory {
    private final FakeFiles files;

    public FakeMarks(FakeFiles files) {
        this.files = files;
    }

    /** A worker's begin mark; {@code worker} is its lock, too. */
    public void begin(String action, int attempt, String worker, Effect... effects) {
        BeginMark mark = new BeginMark(
                action, attempt, files.volume(), "correlation-of-" + action, 1, worker, worker, List.of(effects));
        put(new MarkName(action, attempt, MarkName.Phase.BEGIN).fileName(), MarkCodec.encode(mark));
    }

    public void end(String action, int attempt, Effect... done) {
        EndMark mark = new EndMark(action, attempt, files.volume(), "worker", List.of(done));
        put(new MarkName(action, attempt, MarkName.Phase.END).fileName(), MarkCodec.encode(mark));
    }

    @Override
    public List<String> names() {
        return List.copyOf(files.marks().keySet());
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(files.marks().get(name));
    }

    @Override
    public Optional<String> identity(String name) {
        return read(name).map(content -> Integer.toString(System.identityHashCode(content)));
    }

    @Override
    public void put(String name, byte[] content) {
        files.mark(name, content);
    }

    @Override
    public void delete(String name) {
        files.marks().remove(name);
    }
}
