package io.weir.it.model;

import io.weir.filter.Output;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.FileEvent;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.topic.Causation;
import io.weir.worker.ActionModule;
import io.weir.worker.action.Chmod;
import io.weir.worker.action.Chown;
import io.weir.worker.action.Quarantine;
import io.weir.worker.action.Rename;
import io.weir.worker.ledger.Ledger;
import io.weir.worker.run.ActionRunner;
import io.weir.worker.run.ModelRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Workers' processes, and the log of requests that is shared out between them. Requests are delivered at least once, in
 * order up to what is done; those about one file are carried out one after another by one worker; a partition may be taken
 * from a worker that goes on with what it began.
 */
final class SimulatedWorkers implements SimulatedVolume.Hands {
    private static final int MOST_ATTEMPTS = 5;

    /** A partition of the log of requests. */
    private static final class Partition {
        final List<Output.Request> log = new ArrayList<>();
        final TreeSet<Integer> done = new TreeSet<>();
        int committed;
        int position;

        @Nullable
        Worker owner;
    }

    /** A worker, from one start to the next. */
    private final class Worker {
        final int number;
        final String lock;
        final List<Delivery> deliveries = new ArrayList<>();

        @Nullable
        ActionRunner runner;

        Routine starting;

        Worker(int number) {
            this.number = number;
            this.lock = "/lock/" + number + "/" + ++starts;
            this.starting = new Routine(pool, this::open);
        }

        private void open() {
            SimulatedVolume files = new SimulatedVolume(volume, simulated, SimulatedWorkers.this);
            List<ActionModule> modules =
                    List.of(new Chmod(), new Chown(), new Rename(), new Quarantine(), new Append(files));
            try {
                runner = ModelRunner.open(
                        "w" + number,
                        lock,
                        ledgers.get(number),
                        modules,
                        clock,
                        checkpoint -> pause(),
                        files,
                        marks.folder(SimulatedWorkers.this));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean isReady() {
            return starting.isOver();
        }
    }

    /** A request in the hands of a process. */
    private final class Delivery {
        final Worker process;
        final Partition partition;
        final int offset;
        final Output.Request request;
        /** This worker has brought it to its end before. */
        final boolean again;

        boolean lost;
        boolean over;
        int failures;

        @Nullable
        Routine attempt;

        Delivery(Worker process, Partition partition, int offset) {
            this.process = process;
            this.partition = partition;
            this.offset = offset;
            this.request = partition.log.get(offset);
            this.again = ended.contains(process.number + " " + request().getId());
        }

        ActionRequest request() {
            return request.request();
        }

        String lane() {
            FileEvent event = request().getEvent();
            return event.getState() == null ? event.getPath() : event.getState().getFileId();
        }

        private void end() {
            over = true;
            ended.add(request().getId());
            ended.add(process.number + " " + request().getId());
        }

        private void run() {
            ActionRunner runner = process.runner;
            if (runner == null) {
                throw new IllegalStateException("not started");
            }
            Causation cause = Causation.read(request.headers()).orElseThrow();
            if (mutations.has(Mutation.LEDGER_FORGETS)) {
                ledgers.get(process.number).prune(Instant.parse("9999-01-01T00:00:00Z"));
            }
            try {
                var finished = runner.attempt(request(), cause);
                trace.accept(() -> "attempt at " + request().getId() + ": "
                        + finished.result().getOutcome() + " "
                        + finished.result().getDetail());
                end();
            } catch (IOException e) {
                trace.accept(() -> "attempt at " + request().getId() + ": " + e);
                failures++;
                if (failures >= MOST_ATTEMPTS) {
                    runner.giveUp(request(), String.valueOf(e.getMessage()));
                    end();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final String volume;
    private final SimulatedFiles simulated;
    private final SimulatedMarks marks;
    private final List<Ledger> ledgers;
    private final ExecutorService pool;
    private final Mutations mutations;
    private final Random random;
    private final Consumer<Supplier<String>> trace;
    private final Clock clock;
    private final double steadiness;
    private final List<Partition> partitions = new ArrayList<>();
    private final List<Worker> processes = new ArrayList<>();
    private final Set<String> dead = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private @Nullable Delivery acting;
    private @Nullable String repeated;
    private @Nullable Routine current;
    private @Nullable String action;
    private int starts;
    private long hours;

    SimulatedWorkers(
            String volume,
            SimulatedFiles simulated,
            SimulatedMarks marks,
            List<Ledger> ledgers,
            ExecutorService pool,
            Mutations mutations,
            Random random,
            Consumer<Supplier<String>> trace) {
        this.volume = volume;
        this.simulated = simulated;
        this.marks = marks;
        this.ledgers = ledgers;
        this.pool = pool;
        this.mutations = mutations;
        this.random = random;
        this.trace = trace;
        this.steadiness = random.nextDouble();
        this.clock = new Clock() {
            @Override
            public Instant instant() {
                return Instant.ofEpochSecond(1_700_000_000L + hours * 3600);
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        for (int i = 0; i < ledgers.size(); i++) {
            processes.add(new Worker(i));
        }
        for (int i = 0; i < SimulatedFilter.PARTITIONS; i++) {
            Partition partition = new Partition();
            partition.owner = processes.get(i % processes.size());
            partitions.add(partition);
        }
    }

    // What attempts meet

    @Override
    public void pause() {
        Routine at = current;
        if (at != null && random.nextDouble() >= steadiness) {
            String acting = action;
            at.pause();
            current = at;
            action = acting;
        }
    }

    @Override
    public String action() {
        Delivery delivery = acting;
        if (delivery != null && delivery.again) {
            repeated = action;
        }
        return String.valueOf(action);
    }

    @Override
    public boolean has(Mutation mutation) {
        return mutations.has(mutation);
    }

    /** Requires that nothing was done again by a worker that had ended it. */
    void requireOnce() {
        if (repeated != null) {
            throw new Violation("carried out again by a worker that had ended it: " + repeated);
        }
    }

    boolean alive(BeginMark mark) {
        return !dead.contains(mark.lock());
    }

    /** A record in the log of requests. */
    void request(Output.Request request) {
        byte[] key = request.key();
        partitions.get(key == null ? 0 : SimulatedFilter.partitionOf(key)).log.add(request);
    }

    // What the scheduler may do

    /** Something that can be done now. */
    private List<Runnable> work() {
        List<Runnable> work = new ArrayList<>();
        for (Worker process : processes) {
            if (!process.isReady()) {
                work.add(() -> resume(process.starting, null));
                continue;
            }
            Set<String> busy = new HashSet<>();
            for (Delivery delivery : List.copyOf(process.deliveries)) {
                if (delivery.over) {
                    work.add(() -> report(delivery));
                } else if (busy.add(delivery.lane())) {
                    work.add(() -> attempt(delivery));
                }
            }
        }
        for (Partition partition : partitions) {
            Worker owner = partition.owner;
            if (owner != null && owner.isReady() && partition.position < partition.log.size()) {
                work.add(() -> owner.deliveries.add(new Delivery(owner, partition, partition.position++)));
            }
        }
        return work;
    }

    boolean hasWork() {
        return !work().isEmpty();
    }

    void step() {
        List<Runnable> work = work();
        work.get(random.nextInt(work.size())).run();
    }

    private void attempt(Delivery delivery) {
        Routine attempt = delivery.attempt;
        if (attempt == null) {
            attempt = new Routine(pool, delivery::run);
            delivery.attempt = attempt;
        }
        acting = delivery;
        resume(attempt, delivery.request().getId());
        acting = null;
        if (attempt.isOver()) {
            delivery.attempt = null;
            if (!delivery.over && delivery.lost) {
                delivery.process.deliveries.remove(delivery);
            }
        }
    }

    private void resume(Routine routine, @Nullable String acting) {
        current = routine;
        action = acting;
        try {
            routine.resume();
        } finally {
            current = null;
            action = null;
        }
    }

    /** The result is in Kafka; the offset may be committed. */
    private void report(Delivery delivery) {
        delivery.process.deliveries.remove(delivery);
        ledgers.get(delivery.process.number).reported(List.of(delivery.request().getId()));
        if (delivery.lost) {
            return;
        }
        Partition partition = delivery.partition;
        partition.done.add(delivery.offset);
        while (random.nextInt(4) > 0 && partition.done.remove(partition.committed)) {
            partition.committed++;
        }
    }

    /** A process dies where it is, and another starts under its name. */
    void kill() {
        Worker process = processes.get(random.nextInt(processes.size()));
        trace.accept(() -> "worker " + process.number + " killed");
        process.starting.kill();
        for (Delivery delivery : process.deliveries) {
            Routine attempt = delivery.attempt;
            if (attempt != null) {
                current = attempt;
                action = delivery.request().getId();
                attempt.kill();
                current = null;
                action = null;
            }
        }
        dead.add(process.lock);
        Worker next = new Worker(process.number);
        processes.set(process.number, next);
        for (Partition partition : partitions) {
            if (partition.owner == process) {
                give(partition, next);
            }
        }
    }

    /** Each partition may go to another process; what that one began goes on, believed dead. */
    void rebalance() {
        for (Partition partition : partitions) {
            Worker to = processes.get(random.nextInt(processes.size()));
            Worker from = partition.owner;
            if (from == null || from == to) {
                continue;
            }
            trace.accept(() -> "partition " + partitions.indexOf(partition) + " goes to worker " + to.number);
            from.deliveries.removeIf(d -> d.partition == partition && d.attempt == null && !d.over);
            from.deliveries.stream().filter(d -> d.partition == partition).forEach(d -> d.lost = true);
            give(partition, to);
        }
    }

    private static void give(Partition partition, Worker to) {
        partition.owner = to;
        partition.position = partition.committed;
        partition.done.clear();
    }

    void jump() {
        hours = random.nextInt(13) - 6L;
    }

    boolean anyAtWork() {
        return processes.stream().anyMatch(p -> !p.deliveries.isEmpty());
    }

    /** Ends the threads of what is still under way. */
    void abandon() {
        for (Worker process : processes) {
            process.starting.kill();
            for (Delivery delivery : process.deliveries) {
                if (delivery.attempt != null) {
                    delivery.attempt.kill();
                }
            }
        }
    }

    /** Requests that have come to no end. */
    List<String> unfinished() {
        return partitions.stream()
                .flatMap(partition -> partition.log.stream())
                .map(request -> request.request().getId())
                .filter(id -> !ended.contains(id))
                .toList();
    }
}
