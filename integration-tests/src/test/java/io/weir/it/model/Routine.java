package io.weir.it.model;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Work on a thread of its own that gives the word back at places of its own choice, and goes on when it is given the word
 * again. Of it and whoever resumes it, one at a time runs; so what they do is as determined as on one thread.
 */
final class Routine {
    /** Thrown within the work when its process dies; nothing may catch it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    private final ExecutorService pool;
    private final Runnable work;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Thread resumer;
    private volatile boolean running;
    private volatile boolean over;
    private volatile boolean killed;
    private volatile @Nullable Throwable failure;

    Routine(ExecutorService pool, Runnable work) {
        this.pool = pool;
        this.work = work;
    }

    boolean isOver() {
        return over;
    }

    /** Lets it run up to its next pause, or its end. */
    void resume() {
        resumer = Thread.currentThread();
        running = true;
        Thread own = thread;
        if (own == null) {
            pool.execute(this::run);
        } else {
            LockSupport.unpark(own);
        }
        while (running) {
            LockSupport.park(this);
        }
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw new IllegalStateException("an attempt met a fault of the model or the worker", thrown);
        }
    }

    /** Its process dies where it is. */
    void kill() {
        killed = true;
        if (thread == null) {
            over = true;
        } else if (!over) {
            resume();
        }
    }

    private void run() {
        thread = Thread.currentThread();
        try {
            work.run();
        } catch (Killed e) {
            // Nothing of it is left.
        } catch (Throwable e) {
            failure = e;
        } finally {
            over = true;
            handBack();
        }
    }

    private void handBack() {
        Thread to = resumer;
        running = false;
        LockSupport.unpark(to);
    }

    /** Gives the word back. To be called by the work. */
    void pause() {
        handBack();
        while (!running) {
            LockSupport.park(this);
        }
        if (killed) {
            throw new Killed();
        }
    }
}
