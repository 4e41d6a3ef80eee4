package io.weir.filter;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.topic.TopicAdmin;
import java.io.Closeable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/**
 * A filter: runs the topology, starts it again when a run fails for a reason that may pass, and reports how it is. A run
 * that fails has its transaction aborted, so nothing is lost or doubled by that. What would fail again (lost offsets, no
 * permission, more than 10 failures without a minute of work between) ends the filter with the cause.
 *
 * <p>Safe for all threads. {@link #close} is idempotent and takes at most 9 seconds.
 */
public final class FilterApplication implements Closeable {
    private final FilterConfig config;
    private final Clock clock = Clock.systemUTC();
    private final FilterFigures figures = new FilterFigures();
    private final Supervisor supervisor;
    private @Nullable StatusPublisher statuses;
    private volatile Instant startedAt = Instant.EPOCH;
    private volatile boolean closed;

    public FilterApplication(FilterConfig config) {
        this.config = config;
        this.supervisor = new Supervisor(this::newRun, config.applicationId());
    }

    /**
     * Checks the topics, sets first offsets, and starts; returns before it judges events.
     *
     * @throws io.weir.schemas.topic.TopicException if topics are missing or not as they must be
     * @throws org.apache.kafka.common.KafkaException if Kafka cannot be reached or refuses
     */
    public synchronized void start() {
        if (closed || statuses != null) {
            throw new IllegalStateException("a filter is started once");
        }
        try (TopicAdmin topics = new TopicAdmin(config.connection())) {
            topics.check();
        }
        try (Admin admin = Admin.create(config.connection().adminConfig(clientId("start")))) {
            new FirstOffsets(admin, config.applicationId()).ensure();
        }
        startedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> producer = config.connection().producerConfig(clientId("status"));
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        StatusPublisher publisher = new StatusPublisher(
                new KafkaProducer<>(producer), config.id(), config.statusInterval(), this::status, clock);
        statuses = publisher;
        publisher.start();
        supervisor.start();
    }

    private StreamsRun newRun() {
        StatusPublisher publisher = statuses();
        return new StreamsRun(config, figures, publisher::report, () -> closed, supervisor::changed);
    }

    private synchronized StatusPublisher statuses() {
        StatusPublisher publisher = statuses;
        if (publisher == null) {
            throw new IllegalStateException("a run before start");
        }
        return publisher;
    }

    private String clientId(String part) {
        return config.applicationId() + "-" + config.id() + "-" + part;
    }

    /**
     * Waits until events are judged.
     *
     * @throws IllegalStateException if the filter has failed, or does not run within the time, with the reason
     */
    public void awaitRunning(Duration limit) {
        boolean running;
        try {
            running = supervisor.awaitRunning(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
        if (!running) {
            throw new IllegalStateException("the filter does not run within " + limit.toMillis() + " ms: "
                    + fault().orElse("it is still starting"));
        }
    }

    /** Whether events are judged at this moment. */
    public boolean isRunning() {
        return supervisor.isRunning();
    }

    /** Why events are not judged, or not under the newest rules, and what to do; empty if all is well. */
    public Optional<String> fault() {
        return supervisor
                .current()
                .flatMap(run -> run.parts().decoder().fault())
                .or(supervisor::fault);
    }

    /** Completes when the filter has stopped: normally after {@link #close}, with the cause if it failed for good. */
    public CompletionStage<Void> stopped() {
        return supervisor.stopped();
    }

    /** What it has counted since its start. */
    public FilterFigures figures() {
        return figures;
    }

    /** Where decisions are counted by rule; nowhere until a registry is added. */
    public CompositeMeterRegistry meters() {
        return figures.meters();
    }

    /** Counts and gauges, by the names that {@code ComponentStatus} reports them by. */
    public Map<String, Long> allFigures() {
        Map<String, Long> all = new HashMap<>(figures.snapshot());
        supervisor.current().ifPresent(current -> {
            ActiveRules rules = current.parts().rules().get();
            all.put("rules-offset", rules.offset());
            all.put("rules", (long) rules.set().size());
        });
        return all;
    }

    private ComponentStatus status() {
        Optional<StreamsRun> run = supervisor.current();
        return ComponentStatus.newBuilder()
                .setKind("filter")
                .setId(config.id())
                .setVersion(version())
                .setHost(config.host())
                .setStartedAt(startedAt)
                .setReportedAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setState(state())
                .setCause(fault().orElse(null))
                .setVolumes(run.map(current ->
                                List.copyOf(current.parts().volumes().get().names()))
                        .orElse(List.of()))
                .setFigures(allFigures())
                .build();
    }

    private String state() {
        if (closed) {
            return "stopped";
        }
        if (fault().isPresent()) {
            return "degraded";
        }
        return isRunning() ? "running" : "starting";
    }

    private static String version() {
        String version = FilterApplication.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Commits what has been judged, stops, and leaves its partitions to the other filters of the application. */
    @Override
    public void close() {
        @Nullable StatusPublisher publisher;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            publisher = statuses;
        }
        supervisor.close();
        if (publisher != null) {
            publisher.close();
        }
    }
}
