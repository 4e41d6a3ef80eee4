package io.weir.worker.delivery;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a worker counts, and whether something keeps it from its work. Safe for all threads. */
public final class WorkerHealth {
    /** A hindrance that was not met again for this long is over. */
    private static final Duration HINDERED = Duration.ofSeconds(6);

    private final Clock clock;
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private final WorkerMeters meters = new WorkerMeters();
    private volatile @Nullable Hindrance latest;
    private volatile @Nullable String fatal;
    private volatile @Nullable String stops;

    private record Hindrance(String text, long nanos) {}

    public WorkerHealth(Clock clock) {
        this.clock = clock;
    }

    /** Adds to a count or gauge. */
    void add(String figure, long amount) {
        counts.computeIfAbsent(figure, f -> new AtomicLong()).addAndGet(amount);
    }

    /** Counts a result that is in Kafka. */
    void reported(ActionRequest request, ActionResult result) {
        add("actions_" + result.getOutcome().replace('-', '_'), 1);
        meters.reported(request, result, clock.instant());
    }

    /** Where actions are counted by rule, and timed; nowhere until a registry is added. */
    public CompositeMeterRegistry meters() {
        return meters.registry();
    }

    /** Sets a gauge. */
    public void set(String figure, long value) {
        counts.computeIfAbsent(figure, f -> new AtomicLong()).set(value);
    }

    /** All counts and gauges so far. */
    public Map<String, Long> figures() {
        Map<String, Long> figures = new TreeMap<>();
        counts.forEach((name, count) -> figures.put(name, count.get()));
        return figures;
    }

    /** Something keeps requests waiting: what, and what to do. */
    public void hindered(String text) {
        latest = new Hindrance(text, System.nanoTime());
    }

    /** What is stopped, for people; empty if nothing is. */
    public void stopped(Optional<String> text) {
        stops = text.orElse(null);
    }

    /** What is stopped, for people. */
    Optional<String> stopped() {
        return Optional.ofNullable(stops);
    }

    /** A consumer or thread has ended for good. */
    public void failed(String text) {
        fatal = text;
    }

    /** Why the worker does not work at all any more. */
    public Optional<String> failure() {
        return Optional.ofNullable(fatal);
    }

    /** Why the worker does less than it should at present. */
    public Optional<String> degradation() {
        Hindrance hindrance = latest;
        if (fatal != null) {
            return Optional.of(fatal);
        }
        return hindrance != null && System.nanoTime() - hindrance.nanos() < HINDERED.toNanos()
                ? Optional.of(hindrance.text())
                : Optional.empty();
    }
}
