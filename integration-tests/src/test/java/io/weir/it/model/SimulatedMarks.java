package io.weir.it.model;

import io.weir.agent.source.MarksDirectory;
import io.weir.posix.Errno;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.EndMark;
import io.weir.schemas.marks.MarkCodec;
import io.weir.schemas.marks.MarkName;
import io.weir.worker.run.MarkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The marks directory: what is put there comes through the kernel's queue. */
final class SimulatedMarks implements MarksDirectory {
    private final KernelQueue queue;
    private final Truth truth;
    private final Consumer<Supplier<String>> trace;
    private final Map<String, byte[]> marks = new LinkedHashMap<>();
    private final Map<String, Integer> puts = new HashMap<>();

    SimulatedMarks(KernelQueue queue, Truth truth, Consumer<Supplier<String>> trace) {
        this.queue = queue;
        this.truth = truth;
        this.trace = trace;
    }

    @Override
    public List<String> names() {
        return List.copyOf(marks.keySet());
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(marks.get(name));
    }

    @Override
    public Optional<String> identity(String name) {
        return marks.containsKey(name) ? Optional.of(String.valueOf(puts.get(name))) : Optional.empty();
    }

    @Override
    public void put(String name, byte[] content) {
        puts.merge(name, 1, Integer::sum);
        boolean ends = !marks.containsKey(name);
        marks.put(name, content);
        queue.mark(name);
        trace.accept(() -> "mark " + name + " " + new String(content, java.nio.charset.StandardCharsets.UTF_8));
        MarkName.parse(name).ifPresent(mark -> {
            if (mark.phase() == MarkName.Phase.BEGIN) {
                truth.begun(mark.actionId());
            } else if (ends) {
                truth.ended(mark.actionId());
            }
        });
    }

    @Override
    public void delete(String name) {
        if (marks.remove(name) != null) {
            MarkName.parse(name).ifPresent(mark -> truth.forgotten(mark.actionId()));
            trace.accept(() -> "mark " + name + " deleted");
        }
    }

    /** As the worker of a simulated process sees it. */
    MarkFolder folder(SimulatedVolume.Hands hands) {
        return new Folder(hands);
    }

    private final class Folder implements MarkFolder {
        private final SimulatedVolume.Hands hands;
        private @Nullable String late;
        private byte[] lateContent = {};

        Folder(SimulatedVolume.Hands hands) {
            this.hands = hands;
        }

        @Override
        public List<String> names() {
            return SimulatedMarks.this.names();
        }

        @Override
        public boolean has(String name) {
            hands.pause();
            return marks.containsKey(name);
        }

        @Override
        public Optional<byte[]> read(String name) {
            hands.pause();
            return hands.has(Mutation.EARLIER_ATTEMPTS_UNSEEN) ? Optional.empty() : SimulatedMarks.this.read(name);
        }

        @Override
        public void put(String name, byte[] content) {
            hands.pause();
            if (late != null) {
                SimulatedMarks.this.put(late, lateContent);
                late = null;
            }
            if (!hands.has(Mutation.END_MARK_OMITTED) || !tellsOfFailure(content)) {
                SimulatedMarks.this.put(name, content);
            }
            hands.pause();
        }

        private static boolean tellsOfFailure(byte[] content) {
            try {
                EndMark end = MarkCodec.decodeEnd(content);
                return end.done().isEmpty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void putNew(String name, byte[] content) throws IOException {
            hands.pause();
            if (marks.containsKey(name)) {
                throw new PosixException(Errno.EEXIST, "rename", name);
            }
            if (hands.has(Mutation.BEGIN_MARK_LATE)) {
                late = name;
                lateContent = content;
            } else {
                SimulatedMarks.this.put(name, content);
            }
            hands.pause();
        }

        @Override
        public String toString() {
            return "simulated";
        }
    }
}
