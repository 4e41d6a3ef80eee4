package io.weir.filter;

import io.weir.schemas.ComponentStatus;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what became of rules, and how the filter is, through a plain producer on a thread of its own: telling never holds
 * up judging. Of each key only the newest status waits, so the queue is bounded by the number of rules; what cannot be
 * written is tried again.
 */
final class StatusPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusPublisher.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Producer<String, Object> producer;
    private final String filter;
    private final Duration interval;
    private final Supplier<ComponentStatus> component;
    private final Clock clock;
    private final Map<String, RuleStatus> waiting = new LinkedHashMap<>();
    private final Thread thread;
    /** By {@link System#nanoTime}, as all that is waited for: the wall's clock may be set back by hours. */
    private long notBefore = System.nanoTime();

    private boolean closing;

    /**
     * @param filter id in the statuses
     * @param interval how often the component's status is written
     * @param component asked for the component's status
     */
    StatusPublisher(
            Producer<String, Object> producer,
            String filter,
            Duration interval,
            Supplier<ComponentStatus> component,
            Clock clock) {
        this.producer = producer;
        this.filter = filter;
        this.interval = interval;
        this.component = component;
        this.clock = clock;
        this.thread = new Thread(this::run, "weir-filter-status");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes a report; never waits. Any thread. */
    synchronized void report(RuleReport report) {
        RuleStatus status = RuleStatus.newBuilder()
                .setRule(report.rule())
                .setStatus(report.status())
                .setFaults(report.faults())
                .setRulesOffset(report.rulesOffset())
                .setApplyId(report.applyId().orElse(null))
                .setFilter(filter)
                .setAt(now())
                .build();
        waiting.remove(report.rule());
        waiting.put(report.rule(), status);
        notifyAll();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void run() {
        long nextComponent = System.nanoTime();
        while (true) {
            Optional<Map<String, RuleStatus>> batch = await(nextComponent);
            if (batch.isEmpty()) {
                return;
            }
            write(batch.get());
            if (System.nanoTime() - nextComponent >= 0) {
                writeComponent();
                nextComponent = System.nanoTime() + interval.toNanos();
            }
        }
    }

    /** Waits for statuses or the time; empty at the end. */
    private synchronized Optional<Map<String, RuleStatus>> await(long until) {
        try {
            while (!closing && !hasDue()) {
                long next = waiting.isEmpty() || notBefore - until > 0 ? until : notBefore;
                long nanos = next - System.nanoTime();
                if (nanos <= 0) {
                    break;
                }
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, 1_000_000)); // less would not wait at all
            }
        } catch (InterruptedException e) {
            return Optional.empty();
        }
        if (closing && waiting.isEmpty()) {
            return Optional.empty();
        }
        if (!closing && !hasDue()) {
            return Optional.of(Map.of());
        }
        Map<String, RuleStatus> batch = new LinkedHashMap<>(waiting);
        waiting.clear();
        return Optional.of(batch);
    }

    private boolean hasDue() {
        return !waiting.isEmpty() && System.nanoTime() - notBefore >= 0;
    }

    private void write(Map<String, RuleStatus> batch) {
        Map<String, Future<?>> sent = new LinkedHashMap<>();
        batch.forEach((rule, status) -> sent.put(rule, send(Topics.RULE_STATUS, rule, status)));
        List<String> failed = new ArrayList<>();
        sent.forEach((rule, future) -> {
            if (!succeeded(Topics.RULE_STATUS, future)) {
                failed.add(rule);
            }
        });
        if (!failed.isEmpty()) {
            again(failed, batch);
        }
    }

    private synchronized void again(List<String> failed, Map<String, RuleStatus> batch) {
        failed.forEach(rule -> {
            RuleStatus status = batch.get(rule);
            if (status != null) {
                waiting.putIfAbsent(rule, status);
            }
        });
        if (closing) {
            waiting.clear();
        }
        notBefore = System.nanoTime() + RETRY.toNanos();
    }

    private void writeComponent() {
        ComponentStatus status = component.get();
        succeeded(Topics.COMPONENTS, send(Topics.COMPONENTS, status.getKind() + "/" + status.getId(), status));
    }

    private Future<?> send(String topic, String key, SpecificRecord value) {
        try {
            return producer.send(new ProducerRecord<>(topic, key, value));
        } catch (KafkaException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Whether there is nothing to be tried again. */
    private static boolean succeeded(String topic, Future<?> future) {
        try {
            future.get();
            return true;
        } catch (ExecutionException e) {
            LOG.atWarn().addKeyValue("topic", topic).setCause(e.getCause()).log("Could not write a status");
            return e.getCause() instanceof RecordTooLargeException; // Nor will it be written the next time.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Writes what waits and a last status of the component, for a second at most. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join(RETRY.toMillis());
            if (!thread.isAlive()) {
                // Closing the producer waits for it.
                Future<?> unused = send(Topics.COMPONENTS, "filter/" + filter, component.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        producer.close(RETRY);
    }
}
