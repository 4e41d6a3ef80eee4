package io.weir.agent.intake;

import io.weir.agent.FakeFiles;
import io.weir.agent.baseline.Baseline;
import io.weir.agent.baseline.MemoryBaseline;
import io.weir.agent.marks.CausationJudge;
import io.weir.agent.marks.FakeMarks;
import io.weir.agent.marks.KnownFiles;
import io.weir.agent.marks.MarkFlow;
import io.weir.agent.marks.MemorySeenEffects;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import io.weir.rules.Glob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An intake over files, marks and a baseline in memory; what it publishes are lines. */
final class Bench {
    static final long MILLI = 1_000_000;

    final FakeFiles files = new FakeFiles("vol");
    final FakeMarks marks = new FakeMarks(files);
    final Baseline baseline = new MemoryBaseline();
    final List<Draft> drafts = new ArrayList<>();
    final Set<String> dead = new HashSet<>();
    private final MemorySeenEffects seen = new MemorySeenEffects();
    private final Set<Place> roots = new HashSet<>();
    private final boolean emitFirst;
    private long lastAlive = -1;
    private long nanos;
    private int runs;
    MarkFlow flow;
    Intake intake;

    Bench() {
        this(false);
    }

    Bench(boolean emitFirst) {
        this.emitFirst = emitFirst;
        flow = newFlow();
        intake = newIntake();
    }

    private MarkFlow newFlow() {
        return new MarkFlow(Map.of("vol", marks), mark -> !dead.contains(mark.lock()), ++runs);
    }

    private Intake newIntake() {
        return new ScanIntake(
                new ScanIntake.Settings(100 * MILLI, emitFirst),
                baseline,
                new CausationJudge(flow, seen, glob -> Glob.compile(glob)::matches, KnownFiles.of(baseline)),
                flow,
                drafts::add,
                files::stat,
                new MemoryHistory(roots, () -> lastAlive));
    }

    /** First start, or a start after a stop during which nobody watched. */
    Bench start() {
        files.watched(true);
        return scan(ScanReason.START);
    }

    /** The process dies: what it had in memory is lost, and the queue. */
    void kill() {
        lastAlive = files.now();
        files.watched(false);
        flow = newFlow();
        intake = newIntake();
    }

    Bench scan(ScanReason reason) {
        files.scan(reason).forEach(this::take);
        return this;
    }

    void scan(String root, ScanReason reason) {
        files.scan(root, reason).forEach(this::take);
    }

    void take(Observation observation) {
        intake.take(observation, nanos);
        flow.committed();
    }

    /** Tells the agent everything that is queued, also what it queues itself. */
    Bench drain() {
        for (Optional<Observation> next = files.take(); next.isPresent(); next = files.take()) {
            take(next.get());
        }
        return this;
    }

    /** Tells the agent just the next event. */
    void one() {
        take(files.take().orElseThrow());
    }

    /** Whether nothing is kept of what actions were seen to do. */
    boolean leavesNothingSeen() {
        return seen.isEmpty();
    }

    Bench pass(long millis) {
        nanos += millis * MILLI;
        intake.publishDue(nanos);
        return this;
    }

    /** What was published since the last time: a question mark where reconstructed, a star where an action caused it. */
    List<String> news() {
        List<String> lines = drafts.stream().map(Bench::line).toList();
        drafts.clear();
        return lines;
    }

    /** By what it was judged that actions caused what was published since the last time. */
    List<String> evidence() {
        List<String> words = drafts.stream()
                .flatMap(draft -> draft.causation().stream())
                .map(cause -> String.valueOf(cause.evidence()))
                .toList();
        drafts.clear();
        return words;
    }

    private static String line(Draft draft) {
        String previous = draft.previous() == null ? "" : draft.previous().path() + " -> ";
        String gap = draft.gap() == null
                ? ""
                : " " + draft.gap().reason() + (draft.gap().until() == null ? " lasts" : " over");
        return draft.type() + " " + previous + draft.place().path() + gap + (draft.reconstructed() ? "?" : "")
                + draft.causation().map(c -> "*").orElse("");
    }
}
