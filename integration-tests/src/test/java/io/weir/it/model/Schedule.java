package io.weir.it.model;

import io.weir.agent.SpooledEvent;
import io.weir.filter.ActiveRules;
import io.weir.worker.ledger.Ledger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of the model, decided by its seed. */
final class Schedule {
    private static final int MOST_STEPS = 20_000;

    /** Who may do the next step. */
    private enum Turn {
        FOREIGN,
        AGENT,
        NOTICE,
        TIME,
        PUBLISHER,
        FILTER,
        WORKER,
        DISTURB
    }

    private final long seed;
    private final Random random;
    private final @Nullable StringBuilder trace;
    private final Truth truth;
    private final SimulatedFiles files;
    private final SimulatedMarks marks;
    private final SimulatedAgent agent;
    private final SimulatedFilter filter;
    private final SimulatedPublisher publisher;
    private final SimulatedWorkers workers;
    private final ForeignProcesses foreign;
    private final Loops loops;
    private final Unjudged unjudged;
    private final Map<Turn, Double> weights = new EnumMap<>(Turn.class);
    private final ActiveRules rules;
    private boolean agentRuns = true;
    private int disturbances;
    private int steps;

    /**
     * @param ledgers of the workers, one each; no earlier schedule of this seed was run with them
     * @param traced whether to keep what happens
     */
    Schedule(long seed, Mutations mutations, List<Ledger> ledgers, ExecutorService pool, boolean traced) {
        this.seed = seed;
        this.random = new Random(seed);
        random.nextInt();
        this.trace = traced ? new StringBuilder() : null;
        Consumer<Supplier<String>> say = traced ? line -> say(line.get()) : line -> {};
        String volume = "v" + seed;
        KernelQueue queue = new KernelQueue();
        truth = new Truth(say);
        files = new SimulatedFiles(queue, truth, random);
        marks = new SimulatedMarks(queue, truth, say);
        rules = Rules.draw(random, seed);
        workers = new SimulatedWorkers(volume, files, marks, ledgers, pool, mutations, random, say);
        loops = new Loops(truth, rules);
        unjudged = new Unjudged(truth, files);
        filter = new SimulatedFilter(volume, rules, mutations, (request, event) -> {
            loops.requested(request, event);
            say.accept(() -> "REQUESTED " + request.request());
            workers.request(request);
        });
        publisher = new SimulatedPublisher(filter);
        agent = new SimulatedAgent(
                volume, seed, files, marks, workers::alive, mutations.agent(), random, this::published, say);
        foreign = new ForeignProcesses(files, random, 2 + random.nextInt(8));
        disturbances = random.nextInt(8);
        for (Turn turn : Turn.values()) {
            weights.put(turn, random.nextDouble() + .03);
        }
    }

    private void say(String line) {
        if (trace != null) {
            trace.append(steps).append(' ').append(line).append('\n');
        }
    }

    private void published(Told told, SpooledEvent event) {
        loops.published(told);
        unjudged.published(told);
        publisher.spool(event);
    }

    /**
     * Runs until nothing is left to do.
     *
     * @return how many actions were asked for
     * @throws Violation if a property does not hold; its message has the seed
     */
    int run() {
        try {
            begin();
            while (step()) {
                if (++steps > MOST_STEPS) {
                    throw new Violation("no rest after " + MOST_STEPS + " steps");
                }
            }
            requireRest();
            return truth.actions().size();
        } catch (Violation e) {
            throw new Violation("seed " + seed + ": " + e.getMessage() + (trace == null ? "" : "\n" + trace));
        } catch (RuntimeException e) {
            throw new IllegalStateException("seed " + seed + ": " + e + (trace == null ? "" : "\n" + trace), e);
        } finally {
            workers.abandon();
        }
    }

    private void begin() {
        say("rules " + rules.set().rules());
        foreign.prepare();
        agent.start();
        while (agent.hasWork()) {
            agent.step();
        }
        truth.begin();
        unjudged.begin();
    }

    /** Returns whether anything was left to do. */
    private boolean step() {
        List<Turn> ready = ready();
        if (ready.isEmpty()) {
            return settle();
        }
        Turn turn = choose(ready);
        switch (turn) {
            case FOREIGN -> foreign.step();
            case AGENT -> runAgent();
            case NOTICE -> agent.notice();
            case TIME -> agent.passTime(false);
            case PUBLISHER -> publisher.step(random);
            case FILTER -> filter.step(random);
            case WORKER -> {
                workers.step();
                workers.requireOnce();
            }
            case DISTURB -> disturb();
        }
        return true;
    }

    private List<Turn> ready() {
        List<Turn> ready = new ArrayList<>();
        addIf(ready, Turn.FOREIGN, foreign.hasWork());
        addIf(ready, Turn.AGENT, !agentRuns || agent.hasWork());
        addIf(ready, Turn.PUBLISHER, publisher.hasWork() && agentRuns);
        addIf(ready, Turn.FILTER, filter.hasWork());
        addIf(ready, Turn.WORKER, workers.hasWork());
        if (!ready.isEmpty()) {
            addIf(ready, Turn.DISTURB, disturbances > 0);
            addIf(ready, Turn.NOTICE, agentRuns && agent.anyOpen());
            addIf(ready, Turn.TIME, agentRuns && agent.anyPending());
        }
        return ready;
    }

    private static void addIf(List<Turn> ready, Turn turn, boolean condition) {
        if (condition) {
            ready.add(turn);
        }
    }

    private Turn choose(List<Turn> ready) {
        double total = ready.stream().mapToDouble(this::weight).sum();
        double at = random.nextDouble() * total;
        for (Turn turn : ready) {
            at -= weight(turn);
            if (at < 0) {
                return turn;
            }
        }
        return ready.get(ready.size() - 1);
    }

    private double weight(Turn turn) {
        double weight = weights.getOrDefault(turn, .03);
        return turn == Turn.DISTURB ? weight / 4 : weight;
    }

    private void runAgent() {
        if (agentRuns) {
            agent.step();
        } else {
            agentRuns = true;
            agent.start();
        }
    }

    private void disturb() {
        disturbances--;
        switch (random.nextInt(7)) {
            case 0 -> killAgent();
            case 1, 2 -> workers.kill();
            case 3, 4 -> workers.rebalance();
            case 5 -> {
                publisher.sendAgain();
                filter.restart();
            }
            default -> {
                files.jump();
                agent.jump();
                workers.jump();
            }
        }
    }

    private void killAgent() {
        if (agentRuns) {
            say("agent killed");
            truth.lost();
            agent.kill();
            publisher.sendAgain();
            agentRuns = false;
        }
    }

    /** Time passes; returns whether that left something to do. */
    private boolean settle() {
        boolean noticed = agent.notice();
        boolean pending = agent.anyPending();
        agent.passTime(true);
        return noticed || pending || !ready().isEmpty();
    }

    private void requireRest() {
        List<String> left =
                marks.names().stream().filter(n -> !n.startsWith("sync-")).toList();
        if (!left.isEmpty() || agent.anyOpen()) {
            throw new Violation("marks are left over: " + left);
        }
        if (agent.hasSeenEffects()) {
            throw new Violation("seen effects are left over");
        }
        List<String> unfinished = workers.unfinished();
        if (!unfinished.isEmpty()) {
            throw new Violation("requests without an end: " + unfinished);
        }
        if (filter.judged() != publisher.size()) {
            throw new Violation("P2: " + publisher.size() + " events, " + filter.judged() + " judged");
        }
        unjudged.requireNone(agent.baseline());
    }
}
