package io.weir.agent.inotify;

import java.io.Closeable;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs pieces of work on the caller's thread and, where there is a processor for it, on another. */
final class TwoThreads implements Closeable {
    private static final boolean ONE_PROCESSOR = Runtime.getRuntime().availableProcessors() == 1;
    /** Fewer are not worth a thread's waking. */
    private static final int FEW = 4;

    private final ThreadPoolExecutor second;

    /** @param name of the other thread, which ends when it has had nothing to do for a while */
    TwoThreads(String name) {
        second = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        second.allowCoreThreadTimeOut(true);
    }

    /** Each has run when this returns. They must not throw. */
    void run(List<? extends Runnable> work) {
        if (ONE_PROCESSOR || work.size() < FEW) {
            work.forEach(Runnable::run);
            return;
        }
        Batch batch = new Batch(work);
        second.execute(batch);
        batch.run();
        batch.await();
    }

    /** Shared by both; the one that comes too late finds nothing left. */
    private static final class Batch implements Runnable {
        private final List<? extends Runnable> work;
        private final AtomicInteger next = new AtomicInteger();
        private int done;

        Batch(List<? extends Runnable> work) {
            this.work = work;
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < work.size(); i = next.getAndIncrement()) {
                try {
                    work.get(i).run();
                } finally {
                    finished();
                }
            }
        }

        private synchronized void finished() {
            if (++done == work.size()) {
                notifyAll();
            }
        }

        private synchronized void await() {
            boolean interrupted = false;
            while (done < work.size()) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        second.shutdown();
    }
}
