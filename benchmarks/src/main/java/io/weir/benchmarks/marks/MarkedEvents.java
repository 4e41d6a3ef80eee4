package io.weir.benchmarks.marks;

import io.weir.agent.AgentConfig;
import io.weir.agent.AgentCore;
import io.weir.agent.EventOutlet;
import io.weir.agent.SpooledEvent;
import io.weir.agent.source.EventSource;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.ObservationSink;
import io.weir.agent.source.Place;
import io.weir.agent.source.Subtree;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.EndMark;
import io.weir.schemas.marks.MarkCodec;
import io.weir.schemas.marks.MarkName;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An agent with its store on disk, fed with changes of attributes, each of which is news; what it delivers is thrown away.
 * Some of the changes lie between the begin mark and the end mark of an action that declared them.
 */
final class MarkedEvents implements Closeable {
    private static final String VOLUME = "v";
    private static final int FILES = 10_000;
    private static final int BATCH = 512;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Path marks;
    private final int oneIn;
    private final int[] modes = new int[FILES];
    private final AgentCore agent;
    private int number;

    /** @param oneIn of so many changes, one lies in a window; 0: none does */
    MarkedEvents(Path data, int oneIn) {
        this.oneIn = oneIn;
        this.marks = data.resolve("marks").resolve(VOLUME);
        Arrays.fill(modes, 0644);
        agent = AgentCore.open(AgentConfig.of("a", "h", data), new Source(), new Nowhere());
        agent.start();
    }

    /** Feeds so many; how many it took in a second of the time that it was busy with them. */
    double run(int events) throws IOException {
        long busy = 0;
        for (int fed = 0; fed < events; fed += BATCH) {
            List<Observation> batch = batch();
            long begun = System.nanoTime();
            agent.accept(batch);
            busy += System.nanoTime() - begun;
        }
        return (double) events * SECOND / busy;
    }

    /** The marks of a batch are put before it is fed, as workers do beside the agent. */
    private List<Observation> batch() throws IOException {
        List<Observation> batch = new ArrayList<>(BATCH + BATCH / 8);
        for (int i = 0; i < BATCH; i++) {
            int file = number++ % FILES;
            modes[file] = modes[file] == 0644 ? 0640 : 0644;
            if (oneIn > 0 && number % oneIn == 0) {
                String action = "action-" + number;
                Effect effect = new Effect.SetFields(
                        path(file), id(file), Map.of("mode", String.format(Locale.ROOT, "%04o", modes[file])), false);
                put(
                        MarkName.Phase.BEGIN,
                        action,
                        new BeginMark(action, 1, VOLUME, "correlation", 1, "w", "/nowhere", List.of(effect)),
                        batch);
                batch.add(change(file));
                put(MarkName.Phase.END, action, new EndMark(action, 1, VOLUME, "w", List.of(effect)), batch);
            } else {
                batch.add(change(file));
            }
        }
        return batch;
    }

    private void put(MarkName.Phase phase, String action, Record mark, List<Observation> batch) throws IOException {
        String name = new MarkName(action, 1, phase).fileName();
        Files.write(marks.resolve(name), MarkCodec.encode(mark));
        batch.add(new Observation.MarkSeen(now(), VOLUME, name));
    }

    private Observation change(int file) {
        return new Observation.Change(now(), "attributes-changed", place(file), null, false, state(file));
    }

    private static long now() {
        return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    }

    private static String path(int file) {
        return "/d" + file % 100 + "/f" + file;
    }

    private static Place place(int file) {
        return new Place(VOLUME, path(file));
    }

    private static String id(int file) {
        return "1:" + Integer.toHexString(file + 1000);
    }

    private FileStat state(int file) {
        return new FileStat(id(file), "file", 10, modes[file], 0, 0, 1, 1, number, 1);
    }

    @Override
    public void close() {
        agent.close();
    }

    /** A volume with so many files, and nothing that happens by itself. */
    private final class Source implements EventSource {
        private static final FileStat DIRECTORY = new FileStat("1:1", "directory", 0, 0755, 0, 0, 2, 1, 1, 1);

        @Override
        public List<String> volumes() {
            return List.of(VOLUME);
        }

        @Override
        public List<Subtree> subtrees() {
            return List.of(new Subtree(new Place(VOLUME, "/"), true));
        }

        @Override
        public void start(ObservationSink sink) {
            Place root = new Place(VOLUME, "/");
            List<Observation> scan = new ArrayList<>();
            scan.add(new Observation.ScanStarted(now(), root, Observation.ScanReason.START));
            scan.add(new Observation.Found(now(), root, DIRECTORY, Observation.ScanReason.START));
            for (int i = 0; i < 100; i++) {
                scan.add(new Observation.Found(
                        now(), new Place(VOLUME, "/d" + i), DIRECTORY, Observation.ScanReason.START));
            }
            for (int i = 0; i < FILES; i++) {
                scan.add(new Observation.Found(now(), place(i), state(i), Observation.ScanReason.START));
            }
            scan.add(new Observation.ScanFinished(now(), root, Observation.ScanReason.START, true));
            sink.accept(scan);
        }

        @Override
        public Optional<FileStat> stat(Place place) {
            String name = place.path().substring(place.path().lastIndexOf('/') + 1);
            return name.startsWith("f")
                    ? Optional.of(state(Integer.parseInt(name.substring(1))))
                    : Optional.of(DIRECTORY);
        }

        @Override
        public void close() {
            // It has no thread.
        }
    }

    /** All is safe as soon as it is taken. */
    private static final class Nowhere implements EventOutlet {
        @Override
        public void deliver(List<SpooledEvent> events, Acknowledgement acknowledgement) {
            events.forEach(event -> acknowledgement.safe(event.sequence()));
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
