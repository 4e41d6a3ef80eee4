package io.weir.worker.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What is counted by rule, and how long it took from the change to the result. Safe for all threads. */
final class WorkerMeters {
    private static final int MOST_RULES = 1_000;
    private static final String OTHERS = "(others)";
    private static final Duration[] BUCKETS = Stream.of(
                    50L, 100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L, 30_000L, 60_000L, 300_000L, 3_600_000L)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
    private final Set<String> rules = ConcurrentHashMap.newKeySet();
    private final Timer endToEnd = Timer.builder("weir.worker.end.to.end")
            .description("From the time that the agent saw a change to the time that the result is in Kafka.")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);

    CompositeMeterRegistry registry() {
        return registry;
    }

    /** A clock of the agent's host that is ahead of this one's counts as no time. */
    void reported(ActionRequest request, ActionResult result, Instant now) {
        Counter.builder("weir.worker.rule.actions")
                .description("Actions by rule.")
                .tag("rule", name(request.getRule()))
                .tag("action", request.getAction())
                .tag("outcome", result.getOutcome())
                .register(registry)
                .increment();
        Duration took = between(request.getEvent().getObservedAt(), now);
        endToEnd.record(took.isNegative() ? Duration.ZERO : took);
    }

    private static Duration between(Instant seen, Instant now) {
        try {
            return Duration.between(seen, now);
        } catch (ArithmeticException e) {
            return Duration.ZERO; // Of a clock that nobody can have.
        }
    }

    private String name(String rule) {
        return rules.contains(rule) || (rules.size() < MOST_RULES && rules.add(rule)) ? rule : OTHERS;
    }
}
