package io.weir.it.model;

import io.weir.filter.Output;
import io.weir.schemas.marks.BeginMark;
import io.weir.worker.ledger.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Workers' processes, and the log of requests that is shared out between them. Requests are delivered at least once, in
 * order up to what is done; those about one file are carried out one after another by one worker; a partition may be taken
 * from a worker that goes on with what it began.
 */
final class SimulatedWorkers {
    private final WorkersAtWork work;
    private final WorkerProcess.Equipment equipment;
    private final Random random;
    private final Consumer<Supplier<String>> trace;
    private final List<RequestPartition> partitions = new ArrayList<>();
    private final List<WorkerProcess> processes = new ArrayList<>();
    private final Set<String> dead = new HashSet<>();
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
        this.random = random;
        this.trace = trace;
        this.work = new WorkersAtWork(mutations, random);
        this.equipment =
                new WorkerProcess.Equipment(volume, simulated, marks, ledgers, pool, new SetClock(), work, trace);
        for (int i = 0; i < ledgers.size(); i++) {
            processes.add(start(i));
        }
        for (int i = 0; i < SimulatedFilter.PARTITIONS; i++) {
            RequestPartition partition = new RequestPartition();
            partition.owner = processes.get(i % processes.size());
            partitions.add(partition);
        }
    }

    /** The hosts' clock, as somebody has set it. */
    private final class SetClock extends Clock {
        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(1_700_000_000L + hours * 3600);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private WorkerProcess start(int number) {
        return new WorkerProcess(number, ++starts, equipment);
    }

    /** Requires that nothing was done again by a worker that had ended it. */
    void requireOnce() {
        work.requireOnce();
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
        List<Runnable> possible = new ArrayList<>();
        for (WorkerProcess process : processes) {
            if (!process.isReady()) {
                possible.add(() -> work.resume(process.starting()));
                continue;
            }
            Set<String> busy = new HashSet<>();
            for (Delivery delivery : List.copyOf(process.deliveries())) {
                if (delivery.over) {
                    possible.add(() -> report(delivery));
                } else if (busy.add(delivery.lane())) {
                    possible.add(() -> attempt(delivery));
                }
            }
        }
        for (RequestPartition partition : partitions) {
            WorkerProcess owner = partition.owner;
            if (owner != null && owner.isReady() && partition.position < partition.log.size()) {
                possible.add(() -> owner.deliveries().add(new Delivery(owner, partition, partition.position++)));
            }
        }
        return possible;
    }

    boolean hasWork() {
        return !work().isEmpty();
    }

    void step() {
        List<Runnable> possible = work();
        possible.get(random.nextInt(possible.size())).run();
    }

    private void attempt(Delivery delivery) {
        Routine attempt = delivery.attempt;
        if (attempt == null) {
            attempt = new Routine(equipment.pool(), delivery::run);
            delivery.attempt = attempt;
        }
        work.resume(attempt, delivery);
        if (attempt.isOver()) {
            delivery.attempt = null;
            if (!delivery.over && delivery.lost) {
                delivery.process.deliveries().remove(delivery);
            }
        }
    }

    /** The result is in Kafka; the offset may be committed. */
    private void report(Delivery delivery) {
        delivery.process.deliveries().remove(delivery);
        delivery.process.ledger().reported(List.of(delivery.request().getId()));
        if (delivery.lost) {
            return;
        }
        RequestPartition partition = delivery.partition;
        partition.done.add(delivery.offset);
        while (random.nextInt(4) > 0 && partition.done.remove(partition.committed)) {
            partition.committed++;
        }
    }

    /** A process dies where it is, and another starts under its name. */
    void kill() {
        WorkerProcess process = processes.get(random.nextInt(processes.size()));
        trace.accept(() -> "worker " + process.number() + " killed");
        process.kill();
        dead.add(process.lock());
        WorkerProcess next = start(process.number());
        processes.set(process.number(), next);
        for (RequestPartition partition : partitions) {
            if (partition.owner == process) {
                partition.giveTo(next);
            }
        }
    }

    /** Each partition may go to another process; what that one began goes on, believed dead. */
    void rebalance() {
        for (RequestPartition partition : partitions) {
            WorkerProcess to = processes.get(random.nextInt(processes.size()));
            WorkerProcess from = partition.owner;
            if (from == null || from == to) {
                continue;
            }
            trace.accept(() -> "partition " + partitions.indexOf(partition) + " goes to worker " + to.number());
            from.deliveries().removeIf(d -> d.partition == partition && d.attempt == null && !d.over);
            from.deliveries().stream().filter(d -> d.partition == partition).forEach(d -> d.lost = true);
            partition.giveTo(to);
        }
    }

    void jump() {
        hours = random.nextInt(13) - 6L;
    }

    boolean anyAtWork() {
        return processes.stream().anyMatch(p -> !p.deliveries().isEmpty());
    }

    /** Ends the threads of what is still under way. */
    void abandon() {
        processes.forEach(WorkerProcess::abandon);
    }

    /** Requests that have come to no end. */
    List<String> unfinished() {
        return partitions.stream()
                .flatMap(partition -> partition.log.stream())
                .map(request -> request.request().getId())
                .filter(id -> !work.isEnded(id))
                .toList();
    }
}
