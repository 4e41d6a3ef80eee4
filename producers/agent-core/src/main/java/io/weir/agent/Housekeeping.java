package io.weir.agent;

import io.weir.agent.intake.Intake;
import io.weir.agent.marks.MarkFlow;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread for what is due without an observation: events put off, spool rows that are delivered, attempts whose process
 * died, and a sign of life in the store.
 */
final class Housekeeping implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long ATTEMPTS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long CLEAN_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Journal journal;
    private final MarkFlow marks;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean toCleanUp;
    private volatile long wakeAt;

    Housekeeping(String agent, Journal journal, MarkFlow marks) {
        this.journal = journal;
        this.marks = marks;
        this.thread = new Thread(this, "weir-agent-housekeeping-" + agent);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Something was delivered: its rows are to be deleted, though not at once. */
    void delivered() {
        if (!toCleanUp) {
            toCleanUp = true;
            wakeBy(System.nanoTime() + CLEAN_UP_NANOS);
        }
    }

    /** Something may be due earlier than before. */
    void reconsider() {
        OptionalLong due = journal.nextDue();
        due.ifPresent(this::wakeBy);
        if (journal.anyAttemptOpen()) {
            wakeBy(System.nanoTime() + ATTEMPTS_NANOS);
        }
    }

    private void wakeBy(long nanos) {
        if (nanos - wakeAt < 0) {
            wakeAt = nanos;
            LockSupport.unpark(thread);
        }
    }

    void stop() throws InterruptedException {
        stopping = true;
        LockSupport.unpark(thread);
        thread.join();
    }

    @Override
    public void run() {
        wakeAt = System.nanoTime() + IDLE_NANOS;
        try {
            while (!stopping) {
                long wait = wakeAt - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(this, wait);
                } else {
                    work();
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.atError()
                    .addKeyValue("cause", e.toString())
                    .setCause(e)
                    .log("The agent has stopped taking events. Mend the cause and restart it");
        }
    }

    private void work() {
        wakeAt = System.nanoTime() + (journal.anyAttemptOpen() ? ATTEMPTS_NANOS : IDLE_NANOS);
        toCleanUp = false;
        if (journal.failure().isPresent()) {
            return;
        }
        journal.transact(this::due);
        journal.nextDue().ifPresent(this::wakeBy);
    }

    private void due(Intake intake) {
        intake.publishDue(System.nanoTime());
        marks.endForTheDead();
    }
}
