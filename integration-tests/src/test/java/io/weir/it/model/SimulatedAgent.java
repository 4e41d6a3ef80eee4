package io.weir.it.model;

import io.weir.agent.FileEvents;
import io.weir.agent.SpooledEvent;
import io.weir.agent.baseline.MemoryBaseline;
import io.weir.agent.intake.Draft;
import io.weir.agent.intake.Intake;
import io.weir.agent.intake.MemoryHistory;
import io.weir.agent.intake.ScanIntake;
import io.weir.agent.marks.AttemptLiveness;
import io.weir.agent.marks.CausationJudge;
import io.weir.agent.marks.KnownFiles;
import io.weir.agent.marks.MarkFlow;
import io.weir.agent.marks.MemorySeenEffects;
import io.weir.agent.marks.WeakenedJudge;
import io.weir.agent.source.AccountNames;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Place;
import io.weir.rules.Glob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An agent: the production intake, marks and events over a source and a store that are simulated. What is not committed when
 * it is killed is gone; what is committed, and marks on disk, stay.
 */
final class SimulatedAgent {
    private static final AccountNames NUMBERS = new AccountNames() {
        @Override
        public String user(long uid) {
            return Long.toString(uid);
        }

        @Override
        public String group(long gid) {
            return Long.toString(gid);
        }
    };

    private final String volume;
    private final long epoch;
    private final SimulatedFiles files;
    private final KernelQueue queue;
    private final SimulatedMarks marks;
    private final AttemptLiveness liveness;
    private final Set<String> without;
    private final Random random;
    private final BiConsumer<Told, SpooledEvent> committed;
    private final Consumer<Supplier<String>> trace;
    private final FileEvents events = new FileEvents("agent", "host", NUMBERS);
    private final long coalesceNanos;

    // What its store holds
    private MemoryBaseline baseline = new MemoryBaseline();
    private MemorySeenEffects seen = new MemorySeenEffects();
    private Set<Place> scanned = new HashSet<>();
    private long sequence = 1;

    // What one process holds
    private Life process;

    /** From one start to the next. */
    private final class Life {
        final MemoryBaseline baseline;
        final MemorySeenEffects seen;
        final Set<Place> scanned;
        final List<Told> told = new ArrayList<>();
        final MarkFlow flow;
        final Intake intake;
        final SimulatedSource source;
        long nanos = 1;

        Life() {
            this.baseline = SimulatedAgent.this.baseline.copy();
            this.seen = SimulatedAgent.this.seen.copy();
            this.scanned = new HashSet<>(SimulatedAgent.this.scanned);
            flow = new MarkFlow(Map.of(volume, marks), liveness, ++runs);
            CausationJudge judge = WeakenedJudge.without(
                    without, flow, seen, glob -> Glob.compile(glob)::matches, KnownFiles.of(baseline));
            intake = new ScanIntake(
                    new ScanIntake.Settings(coalesceNanos, false),
                    baseline,
                    judge,
                    flow,
                    this::tell,
                    place -> files.stat(place.path()),
                    new MemoryHistory(scanned));
            int capacity = random.nextInt(3) == 0 ? 4 + random.nextInt(12) : 1000;
            source = new SimulatedSource(volume, files, queue, capacity, this::take);
        }

        private boolean tell(Draft draft) {
            return told.add(new Told(draft, source.about(draft.place())));
        }

        private void take(Observation observation) {
            trace.accept(() -> "  observes " + observation);
            intake.take(observation, nanos);
        }
    }

    private int runs;

    /** @param committed is told each event whose transaction is committed */
    SimulatedAgent(
            String volume,
            long epoch,
            SimulatedFiles files,
            SimulatedMarks marks,
            AttemptLiveness liveness,
            Set<String> without,
            Random random,
            BiConsumer<Told, SpooledEvent> committed,
            Consumer<Supplier<String>> trace) {
        this.volume = volume;
        this.epoch = epoch;
        this.files = files;
        this.queue = files.queue;
        this.marks = marks;
        this.liveness = liveness;
        this.without = without;
        this.random = random;
        this.committed = committed;
        this.trace = trace;
        this.coalesceNanos = random.nextBoolean() ? 0 : 1_000_000_000L;
        this.process = new Life();
    }

    /** Its process comes up; at first, or after a kill. */
    void start() {
        process.source.start();
        commit();
    }

    boolean hasWork() {
        return process.source.hasWork();
    }

    boolean anyOpen() {
        return process.flow.anyOpen();
    }

    boolean anyPending() {
        return process.intake.nextDue().isPresent();
    }

    MemoryBaseline baseline() {
        return process.baseline;
    }

    boolean hasSeenEffects() {
        return !process.seen.isEmpty();
    }

    /** Takes a batch, in one transaction. */
    void step() {
        for (int i = 1 + random.nextInt(3); i > 0 && process.source.hasWork(); i--) {
            process.source.step();
        }
        commit();
    }

    /** Looks for attempts whose process has died; whether that changed anything. */
    boolean notice() {
        int before = marks.names().size();
        if (!without.contains("END_FOR_THE_DEAD")) {
            process.flow.endForTheDead();
        }
        commit();
        return marks.names().size() != before;
    }

    /** Time passes. */
    void passTime(boolean all) {
        process.nanos += all ? 10_000_000_000L : random.nextInt(400_000_000);
        process.intake.publishDue(process.nanos);
        commit();
    }

    void jump() {
        process.source.jump((random.nextInt(13) - 6) * 3_600_000_000L);
    }

    /** Dies: in the midst of a batch, or behind a commit. */
    void kill() {
        if (random.nextBoolean() && process.source.hasWork()) {
            process.source.step();
        }
        if (random.nextBoolean()) {
            store();
        }
        queue.close();
        process = new Life();
    }

    private void commit() {
        store();
        process.flow.committed();
    }

    private void store() {
        baseline = process.baseline.copy();
        seen = process.seen.copy();
        scanned = new HashSet<>(process.scanned);
        for (Told told : process.told) {
            Draft draft = told.draft();
            long number = sequence;
            trace.accept(() -> "  PUBLISHED " + number + " " + draft);
            committed.accept(told, new SpooledEvent(events.of(draft, epoch, sequence++), draft.causation()));
        }
        process.told.clear();
    }
}
