package io.weir.agent.claim;

import io.weir.schemas.ComponentStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** An agent's statuses on their way to the log, one at a time, and what is known of those that came there. For one thread. */
final class Heartbeat {
    private static final long PATIENCE_MILLIS = 100;

    private final Reports reports;
    private final LongSupplier nanos;
    private final long intervalNanos;
    private final long certainNanos;
    private @Nullable CompletableFuture<LogPosition> underWay;
    private long sentAt;
    private long nextAt;
    private boolean counts;
    private boolean lapsed;
    private @Nullable Throwable failure;
    private @Nullable LogPosition last;
    private long certainSince;

    Heartbeat(Reports reports, ClaimSettings settings, LongSupplier nanos) {
        this.reports = reports;
        this.nanos = nanos;
        intervalNanos = settings.heartbeat().toNanos();
        certainNanos = settings.lease().toNanos() * 2 / 3;
        nextAt = nanos.getAsLong();
    }

    boolean isDue() {
        collect();
        return underWay == null && nanos.getAsLong() - nextAt >= 0;
    }

    long nanosToNext() {
        long left = nextAt - nanos.getAsLong();
        return left > 0 ? left : TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    }

    /** @param status of one that is of record: it stays so */
    void send(ComponentStatus status, boolean held) throws InterruptedException {
        counts = held;
        sentAt = nanos.getAsLong();
        nextAt = sentAt + intervalNanos;
        underWay = reports.report(status);
    }

    boolean isUnderWay() {
        collect();
        return underWay != null;
    }

    /**
     * Waits until the one under way has come to the log; null if it never will, or if a stop is asked for.
     *
     * @param stopping asked now and then
     */
    @Nullable
    LogPosition await(BooleanSupplier stopping) throws InterruptedException {
        CompletableFuture<LogPosition> waitedFor = underWay;
        while (waitedFor != null && !stopping.getAsBoolean()) {
            try {
                LogPosition position = waitedFor.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                collect();
                return position;
            } catch (TimeoutException e) {
                // asks whether to stop
            } catch (ExecutionException e) {
                underWay = null;
                failure = e.getCause() == null ? e : e.getCause();
                return null;
            }
        }
        return null;
    }

    private void collect() {
        CompletableFuture<LogPosition> done = underWay;
        if (done == null || !done.isDone()) {
            return;
        }
        underWay = null;
        failure = done.handle((there, e) -> e).getNow(null);
        LogPosition before = last;
        if (failure != null || !counts || before == null) {
            return;
        }
        LogPosition position = done.join();
        // Also where a new leader's clock is ahead: others have then seen the lease run out.
        if (TimeUnit.MILLISECONDS.toNanos(position.time() - before.time()) < certainNanos) {
            last = position;
            certainSince = sentAt;
        } else {
            lapsed = true;
        }
    }

    /** The log's time of the last record by which it is of record, milliseconds since 1970. */
    @Nullable
    Long lastTime() {
        collect();
        LogPosition at = last;
        return at == null ? null : at.time();
    }

    /** Whether nobody can have taken over yet. */
    boolean isCertain() {
        collect();
        return !lapsed && nanos.getAsLong() - certainSince < certainNanos;
    }

    /** Why the last one that is known of did not come to the log; empty if it did. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** The attempt that was sent last has succeeded. */
    void begun(LogPosition at) {
        last = at;
        certainSince = sentAt;
        lapsed = false;
    }
}
