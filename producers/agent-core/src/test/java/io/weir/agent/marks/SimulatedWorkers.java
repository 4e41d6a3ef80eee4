package io.weir.agent.marks;

import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Workers, one for each rule, so that two actions may run at once. An attempt may die, or be believed dead and go on; either
 * way its request is delivered again.
 */
final class SimulatedWorkers {
    enum Rule {
        /** On foreign {@code attributes-changed}: mode 0640 and owner 9. */
        ATTRIBUTES,
        /** On foreign {@code moved}: back home. */
        MOVED
    }

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

    private final Random random;
    private final SimulatedFile file;
    private final FakeMarks marks;
    private final Map<Rule, List<String>> requests = new EnumMap<>(Rule.class);
    private final List<Job> jobs = new ArrayList<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Set<String> dead = new HashSet<>();
    private int nextAction = 1;

    SimulatedWorkers(Random random, SimulatedFile file, FakeMarks marks) {
        this.random = random;
        this.file = file;
        this.marks = marks;
    }

    boolean alive(BeginMark mark) {
        return !dead.contains(mark.lock());
    }

    boolean anyAtWork() {
        return jobs.stream().anyMatch(j -> j.step < NEVER);
    }

    void request(Rule rule) {
        requests(rule).add("a" + nextAction++);
    }

    private List<String> requests(Rule rule) {
        return requests.computeIfAbsent(rule, r -> new ArrayList<>());
    }

    List<Rule> takeable() {
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            boolean busy = jobs.stream().anyMatch(j -> j.rule == rule && !j.zombie && j.step < NEVER);
            if (!requests(rule).isEmpty() && !busy) {
                rules.add(rule);
            }
        }
        return rules;
    }

    void take() {
        List<Rule> rules = takeable();
        Rule rule = rules.get(random.nextInt(rules.size()));
        String action = requests(rule).remove(0);
        jobs.add(new Job(rule, action, attempts.merge(action, 1, Integer::sum)));
    }

    /** Returns whether a worker crashed. */
    boolean work(boolean mayCrash) {
        List<Job> live = jobs.stream().filter(j -> j.step < NEVER).toList();
        Job job = live.get(random.nextInt(live.size()));
        if (!job.zombie && mayCrash && random.nextDouble() < .15) {
            requests(job.rule).add(0, job.action);
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
                    file.setMode(SimulatedFile.MODE);
                } else if (!job.effects.isEmpty() && job.effects.get(0) instanceof Effect.Move move) {
                    if (file.place().equals(move.from())) {
                        file.move(move.to());
                    }
                    job.done = file.place().equals(move.to());
                }
            }
            case 3 -> {
                if (attributes) {
                    file.setOwner(SimulatedFile.OWNER);
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
        return List.of(new Effect.SetFields(file.place(), file.id(), Map.of("mode", "0640", "uid", "9"), false));
    }

    /** A repeated attempt that finds the file in place declares what the one before declared, and that it is done. */
    private List<Effect> moveHome(Job job) {
        if (!file.place().equals(SimulatedFile.HOME)) {
            return List.of(new Effect.Move(file.place(), SimulatedFile.HOME, file.id()));
        }
        List<Effect> earlier = List.of();
        for (Job other : jobs) {
            earlier = other.action.equals(job.action) && !other.effects.isEmpty() ? other.effects : earlier;
        }
        return earlier;
    }
}
