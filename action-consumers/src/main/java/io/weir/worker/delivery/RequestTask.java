package io.weir.worker.delivery;

import io.weir.posix.PathText;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import io.weir.worker.HeldException;
import io.weir.worker.UnableToWorkException;
import io.weir.worker.ledger.LedgerException;
import io.weir.worker.run.ActionRunner;
import io.weir.worker.run.Finished;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request in its lane, until its result is in Kafka or its partition is taken away. */
final class RequestTask implements Lanes.Task {
    private static final Logger LOG = LoggerFactory.getLogger(RequestTask.class);
    private static final Duration UNABLE = Duration.ofSeconds(1);
    private static final Duration HELD = Duration.ofMillis(200);

    private final ActionRunner runner;
    private final Reports reports;
    private final WorkerHealth health;
    private final PartitionWork partition;
    private final ConsumerRecord<byte[], byte[]> record;
    private final ActionRequest request;
    private final Causation cause;
    private final Over over;
    private final List<String> failures = new ArrayList<>();
    private boolean held;

    /** Is told when a task is over. */
    interface Over {
        /** The result is in Kafka. */
        void reported(RequestTask task);

        /** The partition was taken away; the request is left to its next owner. */
        void abandoned(RequestTask task);

        /** An all-stop holds it back; it counts as held until {@link #resumed}. */
        void held(RequestTask task);

        /** It is not held back any more. */
        void resumed(RequestTask task);
    }

    RequestTask(
            ActionRunner runner,
            Reports reports,
            WorkerHealth health,
            PartitionWork partition,
            ConsumerRecord<byte[], byte[]> record,
            ActionRequest request,
            Over over) {
        this.runner = runner;
        this.reports = reports;
        this.health = health;
        this.partition = partition;
        this.record = record;
        this.request = request;
        this.cause = cause(record, request);
        this.over = over;
    }

    /** What a request comes from; without headers, its event. */
    static Causation cause(ConsumerRecord<byte[], byte[]> record, ActionRequest request) {
        return Causation.read(record.headers()).orElseGet(() -> {
            String id = EventId.of(request.getEvent()).toString();
            return new Causation(id, id, 0);
        });
    }

    /** Requests about one file have one key, wherever it was moved; without a file id, those about one path. */
    static String laneOf(FileEvent event) {
        if (event.getState() != null) {
            return event.getVolume() + ":" + event.getState().getFileId();
        }
        if (event.getFileId() != null) {
            return event.getVolume() + ":" + event.getFileId();
        }
        return event.getVolume() + ":" + event.getPath();
    }

    PartitionWork partition() {
        return partition;
    }

    long offset() {
        return record.offset();
    }

    String actionId() {
        return request.getId();
    }

    @Override
    public Optional<Duration> run() {
        if (!partition.enter()) {
            resume();
            over.abandoned(this);
            return Optional.empty();
        }
        try {
            Finished finished = runner.attempt(request, cause);
            resume();
            report(finished);
            return Optional.empty();
        } catch (HeldException e) {
            return hold(e);
        } catch (IOException e) {
            return retryOrGiveUp(e);
        } catch (UnableToWorkException | LedgerException | KafkaException e) {
            return unable(e);
        } catch (InterruptedException e) {
            resume();
            over.abandoned(this);
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("action", request.getId()).setCause(e).log("a request met a fault of the worker");
            return retryOrGiveUp(new IOException("fault of the worker: " + e, e));
        } finally {
            partition.leave();
        }
    }

    private Optional<Duration> unable(RuntimeException e) {
        resume();
        health.hindered(String.valueOf(e.getMessage()));
        return Optional.of(UNABLE);
    }

    private Optional<Duration> hold(HeldException e) {
        if (!held) {
            held = true;
            over.held(this);
        }
        health.hindered(String.valueOf(e.getMessage()));
        return Optional.of(HELD);
    }

    private void resume() {
        if (held) {
            held = false;
            over.resumed(this);
        }
    }

    private Optional<Duration> retryOrGiveUp(IOException failure) {
        resume();
        failures.add(
                "attempt " + (failures.size() + 1) + ": " + PathText.display(String.valueOf(failure.getMessage())));
        Optional<Duration> again = Retries.after(failures.size(), failure);
        if (again.isPresent()) {
            health.add("retries", 1);
            return again;
        }
        try {
            report(runner.giveUp(request, String.join("; ", failures)));
            return Optional.empty();
        } catch (LedgerException | KafkaException e) {
            failures.remove(failures.size() - 1);
            return unable(e);
        }
    }

    /** Why each attempt failed; of one that ended the action by itself, the result has only its own reason. */
    private String reasons(ActionResult result) {
        String last = String.valueOf(result.getDetail());
        String before = String.join("; ", failures);
        return before.isEmpty() || last.startsWith(before)
                ? last
                : before + "; attempt " + (failures.size() + 1) + ": " + last;
    }

    private void report(Finished finished) {
        var result = finished.result();
        if (finished.reported()) {
            over.reported(this);
            return;
        }
        reports.result(record, result, reasons(result), cause, () -> {
            health.reported(request, result);
            over.reported(this);
        });
    }
}
