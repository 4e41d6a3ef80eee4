package io.weir.agent;

import io.weir.agent.baseline.StoreException;
import io.weir.agent.intake.Intake;
import io.weir.agent.marks.MarkFlow;
import io.weir.agent.spool.Spool;
import io.weir.agent.spool.Store;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one piece of work at a time on the intake, each in one transaction of spool and baseline, and hands over what it
 * published once that is committed. All threads.
 *
 * <p>A failure is final: what is in memory may no longer fit what is in the store, so nothing is taken from then on, and the
 * next start finds all differences again.
 */
final class Journal {
    private static final long ALIVE_MICROS = TimeUnit.SECONDS.toMicros(5);

    private final AgentParts parts;
    private final Store store;
    private final Spool spool;
    private final EventWriter writer;
    private final Intake intake;
    private final MarkFlow marks;
    private final AgentHistory history;
    private final Delivery delivery;
    private final Acknowledged acknowledged;
    private final WaitingEvents waiting;
    private final LongSupplier micros;
    private final long spoolLimit;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition room = lock.newCondition();
    private long aliveKept;
    private long deletedThrough;
    private volatile boolean closing;
    private volatile Tally tally;
    private volatile long fullSince;
    private volatile @Nullable Throwable failure;

    Journal(
            AgentParts parts,
            Delivery delivery,
            Acknowledged acknowledged,
            WaitingEvents waiting,
            LongSupplier micros,
            long spoolLimit) {
        this.store = parts.store();
        this.spool = parts.spool();
        this.writer = parts.writer();
        this.intake = parts.intake();
        this.marks = parts.marks();
        this.history = parts.history();
        this.delivery = delivery;
        this.acknowledged = acknowledged;
        this.waiting = waiting;
        this.micros = micros;
        this.spoolLimit = spoolLimit;
        this.deletedThrough = acknowledged.through();
        this.parts = parts;
        this.tally = Tally.of(parts);
    }

    /**
     * Does work and commits it.
     *
     * @throws StoreException if this or an earlier transaction failed
     */
    void transact(Consumer<Intake> work) {
        lock.lock();
        try {
            requireSound();
            commit(work);
        } finally {
            lock.unlock();
        }
    }

    /** Does work and commits it as soon as the spool has room; not at all if the agent is closed first. */
    void transactWithRoom(Consumer<Intake> work) {
        lock.lock();
        try {
            requireSound();
            while (spool.bytes() >= spoolLimit && !closing) {
                fullSince = fullSince == 0 ? micros.getAsLong() : fullSince;
                room.awaitUninterruptibly();
                requireSound();
            }
            if (closing) {
                return; // The next start finds what this would have told.
            }
            long since = fullSince;
            fullSince = 0;
            commit(
                    since == 0
                            ? work
                            : i -> {
                                i.spoolWasFull(since, micros.getAsLong());
                                work.accept(i);
                            });
        } finally {
            lock.unlock();
        }
    }

    private void commit(Consumer<Intake> work) {
        try {
            work.accept(intake);
            deleteAcknowledged();
            if (!writer.isEmpty()) {
                spool.keepNumbers();
            }
            keepAlive(false);
            store.commit();
            tally = Tally.of(parts);
            handOver(writer.takeBatch());
            marks.committed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    private void handOver(List<SpooledEvent> batch) throws InterruptedException {
        if (!batch.isEmpty()) {
            long observedAt = ChronoUnit.MICROS.between(
                    Instant.EPOCH, batch.get(0).event().getObservedAt());
            waiting.written(batch.get(batch.size() - 1).sequence(), observedAt, acknowledged.through());
            delivery.handOver(batch);
        }
    }

    private void fail(Throwable e) {
        failure = e;
        room.signalAll();
        try {
            store.rollback();
        } catch (StoreException again) {
            e.addSuppressed(again);
        }
    }

    private void requireSound() {
        Throwable earlier = failure;
        if (earlier != null) {
            throw new StoreException(
                    "the agent has stopped taking events: " + earlier.getMessage() + "; mend the cause and restart it",
                    earlier);
        }
    }

    /** Deletes what is delivered, if there is any. */
    void cleanUp() {
        if (failure == null && acknowledged.through() > deletedThrough) {
            transact(i -> {});
        }
    }

    private void deleteAcknowledged() {
        long through = acknowledged.through();
        if (through > deletedThrough) {
            spool.deleteThrough(through);
            deletedThrough = through;
            room.signalAll();
        }
    }

    private void keepAlive(boolean now) {
        long time = micros.getAsLong();
        if (now || time - aliveKept >= ALIVE_MICROS) {
            history.alive(time);
            aliveKept = time;
        }
    }

    /** When pending events are due; empty if there are none. */
    OptionalLong nextDue() {
        lock.lock();
        try {
            return failure == null ? intake.nextDue() : OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether attempts are open whose process may die. */
    boolean anyAttemptOpen() {
        lock.lock();
        try {
            return failure == null && marks.anyOpen();
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of who waits for room, and takes no more of what waits. */
    void closing() {
        lock.lock();
        try {
            closing = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Commits what is left and closes the store. */
    void close() {
        lock.lock();
        try {
            if (failure == null) {
                deleteAcknowledged();
                keepAlive(true);
                store.commit();
            }
        } finally {
            store.close();
            lock.unlock();
        }
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** What has been counted by the last commit. */
    Tally tally() {
        return tally;
    }

    /** The source's last checkpoint that is in the store. */
    Optional<String> checkpoint() {
        return intake.checkpoint();
    }

    /** Since when the spool is full, microseconds since 1970; 0 if it is not. */
    long fullSince() {
        return fullSince;
    }
}
