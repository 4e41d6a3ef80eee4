package io.weir.it.model;

import io.weir.filter.Output;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Causation;
import io.weir.worker.run.ActionRunner;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request in the hands of a process. */
final class Delivery {
    private static final int MOST_ATTEMPTS = 5;

    final WorkerProcess process;
    final RequestPartition partition;
    final int offset;
    /** This worker has brought it to its end before. */
    final boolean again;

    private final Output.Request request;
    private final WorkerProcess.Equipment equipment;
    private int failures;

    /** Its partition has gone to another process. */
    boolean lost;

    boolean over;

    @Nullable
    Routine attempt;

    Delivery(WorkerProcess process, RequestPartition partition, int offset) {
        this.process = process;
        this.partition = partition;
        this.offset = offset;
        this.request = partition.log.get(offset);
        this.equipment = process.equipment();
        this.again = equipment.work().isEnded(process.number(), request().getId());
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
        equipment.work().ended(process.number(), request().getId());
    }

    /** Makes an attempt. */
    void run() {
        ActionRunner runner = process.runner();
        Causation cause = Causation.read(request.headers()).orElseThrow();
        if (equipment.work().has(Mutation.LEDGER_FORGETS)) {
            process.ledger().prune(Instant.parse("9999-01-01T00:00:00Z"));
        }
        try {
            var finished = runner.attempt(request(), cause);
            equipment
                    .trace()
                    .accept(() -> "attempt at " + request().getId() + ": "
                            + finished.result().getOutcome() + " "
                            + finished.result().getDetail());
            end();
        } catch (IOException e) {
            equipment.trace().accept(() -> "attempt at " + request().getId() + ": " + e);
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
