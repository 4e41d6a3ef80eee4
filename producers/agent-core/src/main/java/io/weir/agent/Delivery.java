package io.weir.agent;

import io.weir.agent.claim.NotOfRecordException;
import io.weir.agent.claim.Standing;
import io.weir.agent.claim.Tenure;
import io.weir.agent.spool.SpoolReader;
import io.weir.agent.spool.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that hands events to the outlet: from memory while it keeps up, from the spool otherwise. Of an agent in memory,
 * whoever hands over waits instead.
 */
final class Delivery implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int MEMORY_EVENTS = 8_192;
    private static final int BATCH = 1_000;
    private static final long GRACE_MILLIS = 500;
    private static final long STOP_MILLIS = 2_000;

    private final Store store;
    private final EventOutlet outlet;
    private final Acknowledged acknowledged;
    private final Tenure tenure;
    private final Standing standing;
    private final Thread thread;
    private final Deque<SpooledEvent> memory = new ArrayDeque<>();
    private long delivered;
    private long written;
    private boolean behind;
    private volatile boolean stopping;
    private boolean unbounded;
    private volatile @Nullable Throwable failure;

    /**
     * @param delivered the number before the first to deliver
     * @param written the highest number in the spool
     */
    Delivery(
            String agent,
            Store store,
            EventOutlet outlet,
            Acknowledged acknowledged,
            Tenure tenure,
            Standing standing,
            long delivered,
            long written) {
        this.store = store;
        this.outlet = outlet;
        this.acknowledged = acknowledged;
        this.tenure = tenure;
        this.standing = standing;
        this.delivered = delivered;
        this.written = written;
        this.behind = written > delivered;
        this.thread = new Thread(this, "weir-agent-delivery-" + agent);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes events that are committed, in order. */
    synchronized void handOver(List<SpooledEvent> events) throws InterruptedException {
        if (events.isEmpty()) {
            return;
        }
        if (!store.isDurable()) {
            while (memory.size() >= MEMORY_EVENTS && !unbounded) {
                wait();
            }
        }
        written = events.get(events.size() - 1).sequence();
        if (store.isDurable() && (behind || memory.size() + events.size() > MEMORY_EVENTS)) {
            behind = true;
        } else {
            memory.addAll(events);
        }
        notifyAll();
    }

    /** The agent closes: nobody waits for room in memory any more. */
    synchronized void unbound() {
        unbounded = true;
        notifyAll();
    }

    /** Waits until all is acknowledged that was handed over, at most so long; returns whether it is. */
    boolean awaitDelivered(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        synchronized (this) {
            while (acknowledged.through() < written && failure == null) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, TimeUnit.MILLISECONDS.toNanos(20)));
            }
            return failure == null;
        }
    }

    /** Stops the thread, which reports a last time; what it waits for is broken off. */
    void stop() throws InterruptedException {
        synchronized (this) {
            stopping = true;
            notifyAll();
        }
        thread.join(GRACE_MILLIS);
        if (thread.isAlive()) {
            thread.interrupt();
            thread.join(STOP_MILLIS);
        }
    }

    /** Why the thread died, if it did. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void run() {
        try (SpoolReader reader = store.isDurable() ? new SpoolReader(store) : null) {
            deliver(reader);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (NotOfRecordException e) {
            failure = e; // Whoever started the agent is told, and tells.
        } catch (RuntimeException | Error e) {
            failure = e;
            LOG.atError()
                    .addKeyValue("cause", e.toString())
                    .setCause(e)
                    .log("Delivery has stopped; events stay in the spool. Restart the agent");
        }
    }

    private void deliver(@Nullable SpoolReader reader) throws InterruptedException {
        try {
            boolean ofRecord = tenure.begin(() -> stopping);
            while (ofRecord) {
                List<SpooledEvent> events = next(reader, tenure.tend(() -> stopping));
                if (events == null) {
                    break;
                }
                if (!events.isEmpty()) {
                    outlet.deliver(events, acknowledged);
                }
            }
        } catch (NotOfRecordException e) {
            failure = e;
            standing.gaveUp(e);
            throw e;
        } finally {
            if (!Thread.currentThread().isInterrupted()) {
                tenure.end();
            }
        }
    }

    /** What comes next; null when stopping. */
    private @Nullable List<SpooledEvent> next(@Nullable SpoolReader reader, long waitNanos)
            throws InterruptedException {
        synchronized (this) {
            if (memory.isEmpty() && !behind && !stopping && waitNanos > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, waitNanos);
            }
            if (stopping) {
                return null;
            }
            if (!memory.isEmpty() || reader == null || !behind) {
                return fromMemory();
            }
        }
        List<SpooledEvent> events = reader.after(delivered, BATCH);
        synchronized (this) {
            delivered =
                    events.isEmpty() ? delivered : events.get(events.size() - 1).sequence();
            behind = delivered < written;
        }
        return events;
    }

    private List<SpooledEvent> fromMemory() {
        List<SpooledEvent> events = new ArrayList<>();
        while (!memory.isEmpty() && events.size() < BATCH) {
            events.add(memory.removeFirst());
        }
        if (!events.isEmpty()) {
            delivered = events.get(events.size() - 1).sequence();
            notifyAll();
        }
        return events;
    }
}
