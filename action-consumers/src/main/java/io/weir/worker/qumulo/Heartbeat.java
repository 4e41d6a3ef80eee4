package io.weir.worker.qumulo;

import io.weir.worker.UnableToWorkException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether others can tell that this worker lives. Agents on other hosts see no lock of its process; they take it for dead
 * when they have read no status of it for a minute, and then take changes for foreign. So it changes nothing on a cluster
 * when Kafka has not acknowledged a status of late. Measured by a clock that nobody sets. Safe for all threads.
 */
public final class Heartbeat {
    /** Of status reports, at least this often. */
    public static final Duration PERIOD = Duration.ofSeconds(5);

    /**
     * How old the last acknowledged one may be. Asked with a connection at hand, after which a call is written within ten
     * seconds or fails: so a change has reached the cluster long before the minute is over.
     */
    public static final Duration MOST = Duration.ofSeconds(15);

    private static final long NEVER = Long.MIN_VALUE;

    private final LongSupplier nanos;
    private final AtomicLong latest = new AtomicLong(NEVER);
    private volatile boolean stopped;

    /** @param nanos as {@link System#nanoTime}, never {@link Long#MIN_VALUE} */
    public Heartbeat(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The time now, for {@link #acknowledged}. */
    public long now() {
        return nanos.getAsLong();
    }

    /**
     * Kafka has a status.
     *
     * @param sentAt when it was sent, which is not later than when others read it
     */
    public void acknowledged(long sentAt) {
        latest.accumulateAndGet(sentAt, (before, now) -> before == NEVER || now - before > 0 ? now : before);
    }

    /** The worker is about to report that it has stopped: nothing may be changed any more. */
    public void stop() {
        stopped = true;
    }

    /** Why nothing may be changed; empty if something may. */
    Optional<String> overdue() {
        if (stopped) {
            return Optional.of("held back: this worker stops");
        }
        long last = latest.get();
        if (last == NEVER) {
            return Optional.of("held back: no heartbeat of this worker acknowledged by Kafka yet");
        }
        Duration age = Duration.ofNanos(now() - last);
        return age.compareTo(MOST) <= 0
                ? Optional.empty()
                : Optional.of("held back: no heartbeat of this worker acknowledged by Kafka for " + age.toSeconds()
                        + " s; without one the cluster's agent takes it for dead, so it changes nothing there; check the"
                        + " brokers");
    }

    /** @throws UnableToWorkException if nothing may be changed at present */
    void require() {
        overdue().ifPresent(why -> {
            throw new UnableToWorkException(why, null);
        });
    }
}
