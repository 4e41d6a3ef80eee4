package io.weir.worker.delivery;

import io.weir.schemas.ComponentStatus;
import io.weir.schemas.topic.ComponentTexts;
import io.weir.worker.qumulo.Heartbeat;
import java.io.Closeable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;

/** Every few seconds: the worker's status to Kafka. What is acknowledged is its heartbeat. */
public final class StatusReporter implements Closeable {
    private static final Duration PERIOD = Heartbeat.PERIOD;

    private final Identity identity;
    private final Publisher publisher;
    private final WorkerHealth health;
    private final Heartbeat heartbeat;
    private final Clock clock;
    private final Instant startedAt;
    private final ScheduledExecutorService timer;

    /**
     * Who reports.
     *
     * @param lock as the marks of this process name it: tells its life from those before
     */
    public record Identity(String id, String host, String version, List<String> volumes, String lock) {}

    public StatusReporter(
            Identity identity, Publisher publisher, WorkerHealth health, Heartbeat heartbeat, Clock clock) {
        this.identity = identity;
        this.publisher = publisher;
        this.health = health;
        this.heartbeat = heartbeat;
        this.clock = clock;
        this.startedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        this.timer = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "weir-worker-status");
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        var unused = timer.scheduleAtFixedRate(() -> report(state()), 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reports now, not at the next turn. */
    public void reportSoon() {
        try {
            timer.execute(() -> report(state()));
        } catch (RejectedExecutionException e) {
            return; // It has reported that the worker stopped.
        }
    }

    private String state() {
        return health.degradation().isPresent() ? "degraded" : "running";
    }

    private void report(String state) {
        Optional<String> cause = health.degradation();
        ComponentStatus status = ComponentStatus.newBuilder()
                .setKind("worker")
                .setId(identity.id())
                .setVersion(identity.version())
                .setHost(identity.host())
                .setStartedAt(startedAt)
                .setReportedAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setState(state)
                .setCause(cause.orElse(null))
                .setVolumes(identity.volumes())
                .setFigures(health.figures())
                .setTexts(texts())
                .build();
        try {
            long sentAt = heartbeat.now();
            publisher.status(status, () -> heartbeat.acknowledged(sentAt));
        } catch (KafkaException e) {
            health.hindered("status cannot be written: " + e.getMessage());
        }
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        texts.put(ComponentTexts.LOCK, identity.lock());
        health.stopped().ifPresent(text -> texts.put(ComponentTexts.STOPPED, text));
        return texts;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        heartbeat.stop(); // From here on this process counts as dead.
        report("stopped");
    }
}
