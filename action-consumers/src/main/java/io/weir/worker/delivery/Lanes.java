package io.weir.worker.delivery;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks: those of one lane one after another, in order; those of different lanes at the same time, on a pool of
 * threads. A task may ask to be run again later; its lane waits meanwhile, without a thread. How much is queued is the
 * caller's to bound.
 */
public final class Lanes implements Closeable {
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Map<String, Deque<Task>> lanes = new HashMap<>();
    private final ThreadPoolExecutor pool;
    private final ScheduledExecutorService timer;

    /** One piece of work. */
    @FunctionalInterface
    interface Task {
        /** Runs it; gives back after how long to run it again, empty when it is over. */
        Optional<Duration> run();
    }

    public Lanes(int threads) {
        AtomicInteger number = new AtomicInteger();
        pool = new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), runnable -> {
            Thread thread = new Thread(runnable, "weir-worker-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        timer = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "weir-worker-retries");
            thread.setDaemon(true);
            return thread;
        });
    }

    void add(String key, Task task) {
        synchronized (lanes) {
            Deque<Task> lane = lanes.get(key);
            if (lane != null) {
                lane.add(task);
                return;
            }
            lane = new ArrayDeque<>(2);
            lane.add(task);
            lanes.put(key, lane);
        }
        schedule(key, Optional.empty());
    }

    private void schedule(String key, Optional<Duration> delay) {
        try {
            if (delay.isPresent()) {
                var unused = timer.schedule(
                        () -> schedule(key, Optional.empty()), delay.get().toMillis(), TimeUnit.MILLISECONDS);
            } else {
                pool.execute(() -> runHead(key));
            }
        } catch (RejectedExecutionException e) {
            // Closing: what is left stays uncommitted and is delivered again.
            return;
        }
    }

    private void runHead(String key) {
        Task head;
        synchronized (lanes) {
            head = lanes.getOrDefault(key, new ArrayDeque<>()).peek();
        }
        if (head == null) {
            return;
        }
        Optional<Duration> again = head.run();
        if (again.isPresent()) {
            schedule(key, again);
        } else if (next(key)) {
            schedule(key, Optional.empty());
        }
    }

    private boolean next(String key) {
        synchronized (lanes) {
            Deque<Task> lane = lanes.get(key);
            if (lane != null) {
                lane.poll();
                if (!lane.isEmpty()) {
                    return true;
                }
                lanes.remove(key);
            }
            return false;
        }
    }

    /** Lanes that have something to do. */
    int count() {
        synchronized (lanes) {
            return lanes.size();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        pool.shutdownNow();
        try {
            var unused = pool.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
