package io.weir.agent.marks;

import io.weir.agent.FakeFiles;
import io.weir.agent.baseline.MemoryBaseline;
import io.weir.agent.intake.Draft;
import io.weir.agent.intake.Intake;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import io.weir.schemas.marks.Effect;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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

    private enum Rule {
        ATTRIBUTES,
        MOVED
    }

    private record Foreign(long clock, @Nullable Long group, @Nullable String place) {}

    private static final String VOLUME = "v";
    private static final int MODE = 0640;
    private static final long OWNER = 9;
    private static final int NEVER = 99;

    private static final class Job {
        final Rule rule;
        final String action;
        final int attempt;
        int step;
        boolean zombie;
        boolean done;
        List<Effect> effects = List.of();

        Job(Rule rule, String action, int attempt) {
            this.rule = rule;
            this.action = action;
            this.attempt = attempt;
        }

        String worker() {
            return action + "/" + attempt;
        }
    }

    private final long seed;
    private final Random random;
    private final Set<Safeguard> safeguards;
    private final FakeFiles files = new FakeFiles(VOLUME);
    private final FakeMarks marks = new FakeMarks(files);
    private final MemoryBaseline baseline = new MemoryBaseline();
    private final MemorySeenEffects seen = new MemorySeenEffects();
    private final Set<Place> scanned = new HashSet<>();
    private final List<Foreign> foreign = new ArrayList<>();
    private final Map<Rule, List<String>> requests = new EnumMap<>(Rule.class);
    private final List<Job> jobs = new ArrayList<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Set<String> dead = new HashSet<>();
    private final Set<Long> groupsShown = new HashSet<>();
    private final StringBuilder log = new StringBuilder();
    private final boolean verbose;
    /** Foreign moves up to this cancelled each other out and were lost with the queue: no trace is left to judge. */
    private long untraceableUpTo;

    private final String file;
    private String place = "/q";
    private long attributesUpTo;
    private long movesUpTo;
    private int nextAction = 1;
    private int runs;
    private MarkFlow flow;
    private Intake intake;
    private @Nullable String wrong;

    LoopSimulation(long seed, Set<Safeguard> safeguards, boolean verbose) {
        this.seed = seed;
        this.random = new Random(seed);
        this.safeguards = safeguards;
        this.verbose = verbose;
        for (Rule rule : Rule.values()) {
            requests.put(rule, new ArrayList<>());
        }
        files.watched(false);
        files.create("/q");
        files.attributes("/q", MODE, OWNER, 1);
        file = stat().fileId();
        attributesUpTo = files.now();
        movesUpTo = files.now();
        files.watched(true);
        flow = newFlow();
        intake = newIntake();
        scan(ScanReason.START);
    }

    private MarkFlow newFlow() {
        return new MarkFlow(
                Map.of(VOLUME, marks), mark -> !dead.contains(mark.lock()), KnownFiles.of(baseline), ++runs);
    }

    private Intake newIntake() {
        CausationJudge judge = new CausationJudge(flow, seen, glob -> path -> false, safeguards);
        Intake.History history = new Intake.History() {
            @Override
            public OptionalLong lastAlive() {
                return OptionalLong.empty();
            }

            @Override
            public boolean isKnown(Place at) {
                return scanned.contains(at);
            }

            @Override
            public void know(Place at) {
                scanned.add(at);
            }
        };
        return new Intake(new Intake.Settings(0, false), baseline, judge, flow, this::published, files::stat, history);
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
                    changeFromOutside();
                }
                case AGENT -> {
                    files.take().ifPresent(this::observe);
                    flow.committed();
                }
                case NOTICE -> noticeDeaths();
                case WORKER -> crashes -= work(crashes > 0) ? 1 : 0;
                case TAKE -> take();
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
        addIf(ready, Actor.WORKER, jobs.stream().anyMatch(j -> j.step < NEVER));
        addIf(ready, Actor.TAKE, !takeable().isEmpty());
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
        boolean back = baseline.find(files.place(place)).isPresent();
        if (back && !lost.isEmpty() && !lost.contains("/q")) {
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
        boolean news = foreign.stream().anyMatch(f -> f.clock() > attributesUpTo && f.clock() <= now.ctime());
        if (!news && now.mode() == MODE && now.uid() == OWNER) {
            wrong = "P1: only actions changed what is published: " + draft;
        }
        attributesUpTo = now.ctime();
        groupsShown.add(now.gid());
        request(Rule.ATTRIBUTES);
    }

    private void movePublished(Draft draft) {
        String to = draft.place().path();
        Foreign told = null;
        for (Foreign f : foreign) {
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
        request(Rule.MOVED);
    }

    private void request(Rule rule) {
        queue(rule).add("a" + nextAction++);
    }

    private List<String> queue(Rule rule) {
        return requests.computeIfAbsent(rule, r -> new ArrayList<>());
    }

    // Foreign processes

    private void changeFromOutside() {
        FileStat s = stat();
        int mode = s.mode();
        long uid = s.uid();
        @Nullable Long group = null;
        @Nullable String to = null;
        switch (random.nextInt(5)) {
            case 0 -> mode = pick(0777, 0755, 0600);
            case 1 -> uid = pick(1, 2);
            case 2 -> group = 2L + random.nextInt(97);
            case 3 -> to = List.of("/x", "/y", "/z").get(random.nextInt(3));
            default -> {
                mode = 0777;
                group = 2L + random.nextInt(97);
            }
        }
        if (to != null) {
            if (to.equals(place)) {
                return;
            }
            move(to);
        } else {
            files.attributes(place, mode, uid, group == null ? s.gid() : group);
        }
        foreign.add(new Foreign(files.now(), group, to));
    }

    private int pick(int... values) {
        return values[random.nextInt(values.length)];
    }

    private void move(String to) {
        files.move(place, to);
        place = to;
    }

    // Workers: one for each rule, so two actions may run at once

    private List<Rule> takeable() {
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            boolean busy = jobs.stream().anyMatch(j -> j.rule == rule && !j.zombie && j.step < NEVER);
            if (!queue(rule).isEmpty() && !busy) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private void take() {
        List<Rule> rules = takeable();
        Rule rule = rules.get(random.nextInt(rules.size()));
        String action = queue(rule).remove(0);
        jobs.add(new Job(rule, action, attempts.merge(action, 1, Integer::sum)));
    }

    /** Returns whether a worker crashed. */
    private boolean work(boolean mayCrash) {
        List<Job> live = jobs.stream().filter(j -> j.step < NEVER).toList();
        Job job = live.get(random.nextInt(live.size()));
        if (!job.zombie && mayCrash && random.nextDouble() < .15) {
            queue(job.rule).add(0, job.action);
            if (random.nextBoolean()) {
                job.zombie = true;
            } else {
                die(job);
            }
            return true;
        }
        if (job.zombie && random.nextDouble() < .3) {
            die(job);
        } else {
            step(job);
        }
        return false;
    }

    private void die(Job job) {
        job.step = NEVER;
        dead.add(job.worker());
    }

    private void step(Job job) {
        job.step++;
        boolean attributes = job.rule == Rule.ATTRIBUTES;
        switch (job.step) {
            case 1 -> {
                job.effects = attributes ? setAttributes() : moveHome(job);
                marks.begin(job.action, job.attempt, job.worker(), job.effects.toArray(Effect[]::new));
            }
            case 2 -> {
                if (attributes) {
                    setMode();
                } else if (!job.effects.isEmpty() && job.effects.get(0) instanceof Effect.Move move) {
                    if (place.equals(move.from())) {
                        move(move.to());
                    }
                    job.done = place.equals(move.to());
                }
            }
            case 3 -> {
                if (attributes && stat().uid() != OWNER) {
                    files.attributes(place, stat().mode(), OWNER, stat().gid());
                }
            }
            default -> {
                boolean done = attributes || job.done;
                marks.end(job.action, job.attempt, (done ? job.effects : List.of()).toArray(Effect[]::new));
                job.step = NEVER;
            }
        }
    }

    private List<Effect> setAttributes() {
        return List.of(new Effect.SetFields(place, file, Map.of("mode", "0640", "uid", "9"), false));
    }

    /** A repeated attempt that finds the file in place declares what the one before declared, and that it is done. */
    private List<Effect> moveHome(Job job) {
        if (!place.equals("/q")) {
            return List.of(new Effect.Move(place, "/q", file));
        }
        List<Effect> earlier = List.of();
        for (Job other : jobs) {
            earlier = other.action.equals(job.action) && !other.effects.isEmpty() ? other.effects : earlier;
        }
        return earlier;
    }

    private void setMode() {
        if (stat().mode() != MODE) {
            files.attributes(place, MODE, stat().uid(), stat().gid());
        }
    }

    private FileStat stat() {
        return files.stat(files.place(place)).orElseThrow();
    }

    // What must hold at rest

    private void requireRest() throws Violation {
        FileStat s = stat();
        boolean touched = foreign.stream().anyMatch(f -> f.place() == null);
        if (touched && (s.mode() != MODE || s.uid() != OWNER)) {
            throw violation("P2: at rest mode " + Integer.toOctalString(s.mode()) + ", owner " + s.uid());
        }
        if (!place.equals("/q") && isTraceable()) {
            throw violation("P2: at rest at " + place);
        }
        @Nullable Long last = null;
        for (Foreign f : foreign) {
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
        return foreign.stream().anyMatch(f -> f.place() != null && f.clock() > untraceableUpTo);
    }

    private void say(int step, Actor actor) {
        if (verbose) {
            log.append(step)
                    .append(' ')
                    .append(actor)
                    .append(" at ")
                    .append(place)
                    .append(' ')
                    .append(stat());
            log.append(" marks ").append(files.marks().keySet()).append('\n');
        }
    }

    private Violation violation(String what) {
        return new Violation("seed " + seed + ": " + what + "\n" + log);
    }
}
