package io.weir.agent.inotify;

import io.weir.agent.source.Observation;
import io.weir.agent.source.ObservationSink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Gives batches to the sink on another thread, one at a time and in order, so that the next one is made meanwhile. Belongs to
 * the processor's thread.
 */
final class HandOver implements ObservationSink {
    private final ObservationSink sink;
    private final Executor executor;
    private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);

    HandOver(ObservationSink sink, Executor executor) {
        this.sink = sink;
        this.executor = executor;
    }

    /** One thread, which ends when it has had nothing to do for a while. */
    static Executor thread() {
        ThreadPoolExecutor thread =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), HandOver::newThread);
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "weir-inotify-sink");
        thread.setDaemon(true);
        return thread;
    }

    /** Waits until the sink has taken the batch before; a failure of the sink comes with the next call. */
    @Override
    public void accept(List<Observation> batch) {
        awaitTaken();
        underWay = CompletableFuture.runAsync(() -> sink.accept(batch), executor);
    }

    /** Waits until the sink has taken all; throws what it has thrown. */
    void awaitTaken() {
        try {
            underWay.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Waits until the sink is no longer called. */
    void close() {
        underWay.exceptionally(failure -> null).join();
    }
}
