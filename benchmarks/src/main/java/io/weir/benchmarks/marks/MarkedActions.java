package io.weir.benchmarks.marks;

import io.weir.benchmarks.Latencies;
import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.topic.Causation;
import io.weir.worker.VolumeMount;
import io.weir.worker.WorkerApplication;
import io.weir.worker.ledger.Ledger;
import io.weir.worker.run.ActionRunner;
import io.weir.worker.run.Checkpoint;
import io.weir.worker.run.Surroundings;
import io.weir.worker.settings.WorkerSettings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The step machine over real files, a real ledger and a real marks directory, one action after the other. */
final class MarkedActions implements Closeable {
    private static final int FILES = 1_000;
    private static final String VOLUME = "v";

    private final Path root;
    private final Path marks;
    private final Ledger ledger;
    private final ActionRunner runner;
    private final Map<Checkpoint, Long> reached = new EnumMap<>(Checkpoint.class);
    private int sequence;

    MarkedActions(Path base) throws IOException {
        root = Files.createDirectory(base.resolve("root"));
        marks = Files.createDirectory(base.resolve("marks"));
        for (int i = 0; i < FILES; i++) {
            Files.createFile(root.resolve("f" + i));
        }
        ledger = Ledger.open(base.resolve("ledger.db"));
        runner = new ActionRunner(
                "bench",
                base.resolve("lock").toString(),
                ledger,
                WorkerApplication.modules(),
                List.of(new VolumeMount(VOLUME, root, marks)),
                Surroundings.of(WorkerSettings.defaults())
                        .observedBy(checkpoint -> reached.put(checkpoint, System.nanoTime())));
    }

    /** Carries out so many; what they took, and what of that the marks took. */
    String run(int actions) throws IOException, InterruptedException {
        long[] whole = new long[actions];
        long[] marking = new long[actions];
        for (int i = 0; i < actions; i++) {
            ActionRequest request = request(i);
            reached.clear();
            long begun = System.nanoTime();
            String outcome =
                    runner.attempt(request, new Causation("e", "e", 0)).result().getOutcome();
            whole[i] = System.nanoTime() - begun;
            if (!outcome.equals("done")) {
                throw new IllegalStateException("outcome='" + outcome + "': expected done");
            }
            marking[i] = between(Checkpoint.LEDGER_BEGUN, Checkpoint.BEGIN_MARKED)
                    + between(Checkpoint.STEP_DONE, Checkpoint.END_MARKED);
            deleteMarks();
        }
        return "whole " + new Latencies(whole) + "; of that begin and end mark " + new Latencies(marking);
    }

    private long between(Checkpoint from, Checkpoint to) {
        return reached.getOrDefault(to, 0L) - reached.getOrDefault(from, 0L);
    }

    /** As the agent does when they have done their duty. */
    private void deleteMarks() throws IOException {
        try (Stream<Path> files = Files.list(marks)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private ActionRequest request(int i) throws PosixException {
        String path = "/f" + i % FILES;
        FileStatus now = FileStatus.lstat(root + path);
        FileState state = FileState.newBuilder()
                .setFileId(now.fileId())
                .setKind(now.kind())
                .setSize(now.size())
                .setMode(now.mode())
                .setOwner("root")
                .setGroup("root")
                .setMtime(now.mtime())
                .setCtime(now.ctime())
                .setBtime(now.btime() < 0 ? null : now.btime())
                .build();
        Instant observed = Instant.now().truncatedTo(ChronoUnit.MICROS);
        FileEvent event = FileEvent.newBuilder()
                .setType("written")
                .setVolume(VOLUME)
                .setPath(path)
                .setAgent("a")
                .setEpoch(1)
                .setSequence(++sequence)
                .setObservedAt(observed)
                .setHost("h")
                .setState(state)
                .build();
        return ActionRequest.newBuilder()
                .setId("bench-" + sequence)
                .setRule("r")
                .setRulesOffset(1)
                .setPosition(0)
                .setAction("chmod")
                .setParameters(Map.of("mode", now.mode() == 0640 ? "0600" : "0640"))
                .setEvent(event)
                .setEventPartition(0)
                .setEventOffset(sequence)
                .setNotAfter(observed.plus(1, ChronoUnit.DAYS))
                .build();
    }

    @Override
    public void close() throws IOException {
        ledger.close();
    }
}
