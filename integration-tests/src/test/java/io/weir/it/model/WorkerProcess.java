package io.weir.it.model;

import io.weir.worker.ActionModule;
import io.weir.worker.action.Chmod;
import io.weir.worker.action.Chown;
import io.weir.worker.action.Copy;
import io.weir.worker.action.Delete;
import io.weir.worker.action.Move;
import io.weir.worker.action.Quarantine;
import io.weir.worker.action.Rename;
import io.weir.worker.ledger.Ledger;
import io.weir.worker.run.ActionRunner;
import io.weir.worker.run.ModelRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A worker, from one start to the next. */
final class WorkerProcess {
    /**
     * What all processes share.
     *
     * @param ledgers by the worker's number
     */
    record Equipment(
            String volume,
            SimulatedFiles files,
            SimulatedMarks marks,
            List<Ledger> ledgers,
            ExecutorService pool,
            Clock clock,
            WorkersAtWork work,
            Consumer<Supplier<String>> trace) {}

    private final int number;
    private final String lock;
    private final Equipment equipment;
    private final List<Delivery> deliveries = new ArrayList<>();
    private final Routine starting;
    private @Nullable ActionRunner runner;

    /** @param start of all processes, which start this is: a lock file has a name of its own */
    WorkerProcess(int number, int start, Equipment equipment) {
        this.number = number;
        this.lock = "/lock/" + number + "/" + start;
        this.equipment = equipment;
        this.starting = new Routine(equipment.pool(), this::open);
    }

    /** The actions that the model has, {@code Append} in the place of programs. */
    static List<ActionModule> modules(SimulatedVolume files) {
        return List.of(
                new Chmod(),
                new Chown(),
                new Rename(),
                new Move(),
                new Copy(),
                new Delete(),
                new Quarantine(),
                new Append(files));
    }

    private void open() {
        var files = new SimulatedVolume(equipment.volume(), equipment.files(), equipment.work());
        try {
            runner = ModelRunner.open(
                    "w" + number,
                    lock,
                    ledger(),
                    modules(files),
                    equipment.clock(),
                    checkpoint -> equipment.work().pause(),
                    files,
                    equipment.marks().folder(equipment.work()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int number() {
        return number;
    }

    String lock() {
        return lock;
    }

    Equipment equipment() {
        return equipment;
    }

    Ledger ledger() {
        return equipment.ledgers().get(number);
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    Routine starting() {
        return starting;
    }

    boolean isReady() {
        return starting.isOver();
    }

    ActionRunner runner() {
        ActionRunner started = runner;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started;
    }

    /** Dies where it is. */
    void kill() {
        starting.kill();
        for (Delivery delivery : deliveries) {
            Routine attempt = delivery.attempt;
            if (attempt != null) {
                equipment.work().kill(attempt, delivery);
            }
        }
    }

    /** Ends the threads of what is still under way. */
    void abandon() {
        starting.kill();
        for (Delivery delivery : deliveries) {
            if (delivery.attempt != null) {
                delivery.attempt.kill();
            }
        }
    }
}
