package io.weir.agent.marks;

import io.weir.agent.FakeFiles;
import io.weir.agent.baseline.MemoryBaseline;
import io.weir.agent.intake.Draft;
import io.weir.agent.intake.Intake;
import io.weir.agent.intake.MemoryHistory;
import io.weir.agent.intake.ScanIntake;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One random schedule of foreign processes, workers that crash or go on when believed dead, and an agent that lags, around
 * one file and two rules: on foreign {@code attributes-changed} set mode 0640 and owner 9, on foreign {@code moved} rename to
 * {@code /q}. The intake and the judge in it are those of production; files, queue, marks directory and workers are not.
 *
 * <p>P1: no event is published as foreign unless a foreign change made since the last such event explains it, or foreign and
 * own values mix in what it shows. P2: at rest both rules hold, and the group that foreign processes set last was shown.
 */
final class LoopSimulation {
    /** What went wrong; the message has the seed. */
    static final class Violation extends Exception {
        private static final long serialVersionUID = 1L;

        Violation(String message) {
            super(message);
        }
    }

    /** What besides the kernel's order is disturbed. */
    enum Disturbance {
        /** The kernel's queue overflows and a scan repairs. */
        OVERFLOW,
        /** The agent is killed and started again. */
        RESTART
    }

    private enum Actor {
        FOREIGN,
        AGENT,
        NOTICE,
        WORKER,
        TAKE,
        DISTURB
    }

    private final long seed;
    private final Random random;
    private final Set<Safeguard> safeguards;
    private final SimulatedFile file;
    private final FakeFiles files;
    private final FakeMarks marks;
    private final SimulatedWorkers workers;
    private final MemoryBaseline baseline = new MemoryBaseline();
    private final MemorySeenEffects seen = new MemorySeenEffects();
    private final Set<Place> scanned = new HashSet<>();
    private final Set<Long> groupsShown = new HashSet<>();
    private final StringBuilder log = new StringBuilder();
    private final boolean verbose;
    /** Foreign moves up to this cancelled each other out and were lost with the queue: no trace is left to judge. */
    private long untraceableUpTo;

    private long attributesUpTo;
    private long movesUpTo;
    private int runs;
    private MarkFlow flow;
    private Intake intake;
    private @Nullable String wrong;

    LoopSimulation(long seed, Set<Safeguard> safeguards, boolean verbose) {
        this.seed = seed;
        this.random = new Random(seed);
        this.safeguards = safeguards;
        this.verbose = verbose;
        this.file = new SimulatedFile(random);
        this.files = file.files();
        this.marks = new FakeMarks(files);
        this.workers = new SimulatedWorkers(random, file, marks);
        attributesUpTo = files.now();
        movesUpTo = files.now();
        flow = newFlow();
        intake = newIntake();
        scan(ScanReason.START);
    }

    private MarkFlow newFlow() {
        return new MarkFlow(Map.of(SimulatedFile.VOLUME, marks), workers::alive, ++runs);
    }

    private Intake newIntake() {
        CausationJudge judge =
                new CausationJudge(flow, seen, glob -> path -> false, KnownFiles.of(baseline), safeguards);
        return new ScanIntake(
                new ScanIntake.Settings(0, false),
                baseline,
                judge,
                flow,
                this::published,
                files::stat,
                new MemoryHistory(scanned));
    }

    /** Runs until nothing is left to do. */
    void run(Set<Disturbance> disturbances) throws Violation {
        int todo = 1 + random.nextInt(6);
        int crashes = random.nextInt(4);
        int disturb = disturbances.isEmpty() ? 0 : 1 + random.nextInt(2);
        Map<Actor, Double> weights = new EnumMap<>(Actor.class);
        for (Actor actor : Actor.values()) {
            weights.put(actor, random.nextDouble() + .05);
        }
        for (int step = 0; step < 4000; step++) {
            List<Actor> ready = ready(todo, disturb);
            if (ready.isEmpty()) {
                if (noticeDeaths()) {
                    continue;
                }
                requireRest();
                return;
            }
            Actor actor = choose(ready, weights);
            switch (actor) {
                case FOREIGN -> {
                    todo--;
                    file.changeFromOutside();
                }
                case AGENT -> {
                    files.take().ifPresent(this::observe);
                    flow.committed();
                }
                case NOTICE -> noticeDeaths();
                case WORKER -> crashes -= workers.work(crashes > 0) ? 1 : 0;
                case TAKE -> workers.take();
                case DISTURB -> {
                    disturb--;
                    disturb(disturbances);
                }
            }
            say(step, actor);
            if (wrong != null) {
                throw violation(wrong);
            }
        }
        throw violation("no rest");
    }

    private List<Actor> ready(int todo, int disturb) {
        List<Actor> ready = new ArrayList<>();
        addIf(ready, Actor.FOREIGN, todo > 0);
        addIf(ready, Actor.AGENT, !files.isQuiet());
        addIf(ready, Actor.WORKER, workers.anyAtWork());
        addIf(ready, Actor.TAKE, !workers.takeable().isEmpty());
        if (!ready.isEmpty()) {
            addIf(ready, Actor.NOTICE, flow.anyOpen());
            addIf(ready, Actor.DISTURB, disturb > 0);
        }
        return ready;
    }

    private static void addIf(List<Actor> ready, Actor actor, boolean condition) {
        if (condition) {
            ready.add(actor);
        }
    }

    private Actor choose(List<Actor> ready, Map<Actor, Double> weights) {
        double total = ready.stream().mapToDouble(a -> weight(a, weights)).sum();
        double at = random.nextDouble() * total;
        for (Actor actor : ready) {
            at -= weight(actor, weights);
            if (at < 0) {
                return actor;
            }
        }
        return ready.get(ready.size() - 1);
    }

    private static double weight(Actor actor, Map<Actor, Double> weights) {
        double weight = weights.getOrDefault(actor, .05);
        return actor == Actor.DISTURB ? weight / 10 : weight;
    }

    // The agent

    private void observe(Observation observation) {
        if (verbose) {
            log.append("   observes ").append(observation).append('\n');
        }
        intake.take(observation, 0);
    }

    private boolean noticeDeaths() {
        int before = files.marks().size();
        if (safeguards.contains(Safeguard.END_FOR_THE_DEAD)) {
            flow.endForTheDead();
        }
        return files.marks().size() > before;
    }

    private void scan(ScanReason reason) {
        files.scan(reason).forEach(this::observe);
        flow.committed();
    }

    private void disturb(Set<Disturbance> kinds) {
        List<String> lost = files.queuedMoves();
        boolean back = baseline.find(files.place(file.place())).isPresent();
        if (back && !lost.isEmpty() && !lost.contains(SimulatedFile.HOME)) {
            untraceableUpTo = files.now();
        }
        List<Disturbance> list = List.copyOf(kinds);
        if (list.get(random.nextInt(list.size())) == Disturbance.RESTART) {
            files.overflow();
            flow = newFlow();
            intake = newIntake();
            scan(ScanReason.START);
        } else {
            files.overflow();
            Place root = files.place("/");
            observe(new Observation.GapOpened(files.now(), root, "overflow", "simulated"));
            scan(ScanReason.REPAIR);
            observe(new Observation.GapClosed(files.now(), root, "overflow"));
            flow.committed();
        }
    }

    private boolean published(Draft draft) {
        if (verbose) {
            log.append("   PUBLISHED ").append(draft).append('\n');
        }
        FileStat now = draft.stat();
        if (draft.causation().isPresent() || now == null || now.isDirectory()) {
            return true;
        }
        switch (draft.type()) {
            case "attributes-changed" -> attributesPublished(draft, now);
            case "moved" -> movePublished(draft);
            case "created", "deleted" -> wrong = draft.type() + " of a file that was only moved: " + draft;
            default -> {}
        }
        return true;
    }

    private void attributesPublished(Draft draft, FileStat now) {
        boolean news = file.foreign().stream().anyMatch(f -> f.clock() > attributesUpTo && f.clock() <= now.ctime());
        if (!news && now.mode() == SimulatedFile.MODE && now.uid() == SimulatedFile.OWNER) {
            wrong = "P1: only actions changed what is published: " + draft;
        }
        attributesUpTo = now.ctime();
        groupsShown.add(now.gid());
        workers.request(SimulatedWorkers.Rule.ATTRIBUTES);
    }

    private void movePublished(Draft draft) {
        String to = draft.place().path();
        SimulatedFile.@Nullable Foreign told = null;
        for (SimulatedFile.Foreign f : file.foreign()) {
            boolean shown = draft.reconstructed() ? f.place() != null : to.equals(f.place());
            if (f.clock() > movesUpTo && shown && (told == null || draft.reconstructed())) {
                told = f;
            }
        }
        if (told == null) {
            wrong = "P1: an action's own move is published: " + draft;
        } else {
            movesUpTo = told.clock();
        }
        workers.request(SimulatedWorkers.Rule.MOVED);
    }

    // What must hold at rest

    private void requireRest() throws Violation {
        FileStat s = file.stat();
        boolean touched = file.foreign().stream().anyMatch(f -> f.place() == null);
        if (touched && (s.mode() != SimulatedFile.MODE || s.uid() != SimulatedFile.OWNER)) {
            throw violation("P2: at rest mode " + Integer.toOctalString(s.mode()) + ", owner " + s.uid());
        }
        if (!file.place().equals(SimulatedFile.HOME) && isTraceable()) {
            throw violation("P2: at rest at " + file.place());
        }
        @Nullable Long last = null;
        for (SimulatedFile.Foreign f : file.foreign()) {
            last = f.group() == null ? last : f.group();
        }
        if (last != null && !groupsShown.contains(last)) {
            throw violation("P2: group " + last + " was never shown");
        }
        if (files.marks().keySet().stream().anyMatch(n -> !n.startsWith("sync-"))) {
            throw violation("marks are left over: " + files.marks().keySet());
        }
    }

    private boolean isTraceable() {
        return file.foreign().stream().anyMatch(f -> f.place() != null && f.clock() > untraceableUpTo);
    }

    private void say(int step, Actor actor) {
        if (verbose) {
            log.append(step)
                    .append(' ')
                    .append(actor)
                    .append(" at ")
                    .append(file.place())
                    .append(' ')
                    .append(file.stat());
            log.append(" marks ").append(files.marks().keySet()).append('\n');
        }
    }

    private Violation violation(String what) {
        return new Violation("seed " + seed + ": " + what + "\n" + log);
    }
}
