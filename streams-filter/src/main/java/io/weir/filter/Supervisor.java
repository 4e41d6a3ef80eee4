package io.weir.filter;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a run of Kafka Streams going: one after the other on its own thread, with growing pauses after failures.
 *
 * <p>A failed thread is not replaced within the run: its successor would be another static member, and the partitions would
 * wait for the dead one's session to end. A new run under the same member id has them back at once, and also gets
 * over failures of the thread that reads the rules, which Streams cannot replace.
 */
final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final int MOST_FAILURES = 10;
    private static final Duration PROVEN = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(7);

    private final Supplier<StreamsRun> runs;
    private final String group;
    private final Thread thread = new Thread(this::supervise, "weir-filter");
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private @Nullable StreamsRun current;
    private @Nullable String fault;
    private boolean closing;
    private int failures;

    /**
     * @param runs makes a run, not yet started
     * @param group the consumer group, for messages
     */
    Supervisor(Supplier<StreamsRun> runs, String group) {
        this.runs = runs;
        this.group = group;
    }

    void start() {
        thread.start();
    }

    private void supervise() {
        try {
            while (!isClosing()) {
                Optional<RunFailure> failure = runOnce();
                if (failure.isPresent() && !goesOnAfter(failure.get())) {
                    stopped.completeExceptionally(new IllegalStateException(
                            failure.get().message(), failure.get().cause()));
                    return;
                }
            }
            stopped.complete(null);
        } catch (InterruptedException e) {
            stopped.complete(null);
        } finally {
            stopped.completeExceptionally(new IllegalStateException("the filter's supervisor died"));
            changed();
        }
    }

    /** Runs until the end; gives why it failed, if it did. */
    private Optional<RunFailure> runOnce() throws InterruptedException {
        long begun = System.nanoTime();
        StreamsRun run;
        try {
            run = runs.get();
        } catch (RuntimeException e) {
            return Optional.of(RunFailure.of(e, group));
        }
        Throwable thrown = null;
        try (run) {
            become(run);
            run.start();
            awaitEnd(run);
        } catch (RuntimeException e) {
            thrown = e;
        } finally {
            become(null);
        }
        if (isClosing()) {
            return Optional.empty();
        }
        if (System.nanoTime() - begun > PROVEN.toNanos()) {
            failures = 0;
        }
        Throwable cause = run.failure().orElse(thrown);
        return Optional.of(
                RunFailure.of(cause == null ? new IllegalStateException("no cause was given") : cause, group));
    }

    private boolean goesOnAfter(RunFailure failure) throws InterruptedException {
        failures++;
        note(failure.message());
        if (failure.fatal() || failures > MOST_FAILURES) {
            LOG.atError()
                    .addKeyValue("failures", failures)
                    .setCause(failure.cause())
                    .log(failure.message());
            return false;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        LOG.atWarn()
                .addKeyValue("failures", failures)
                .addKeyValue("pause", pause)
                .setCause(failure.cause())
                .log("The filter's run ended; it starts again from the last commit");
        pause(pause);
        return true;
    }

    private synchronized void become(@Nullable StreamsRun run) {
        current = run;
        notifyAll();
    }

    private synchronized void note(String reason) {
        fault = reason;
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    /** To be called whenever the run's state changes. */
    synchronized void changed() {
        if (isRunning()) {
            fault = null;
        }
        notifyAll();
    }

    private synchronized void awaitEnd(StreamsRun run) throws InterruptedException {
        while (!closing && !run.hasEnded()) {
            wait();
        }
    }

    private synchronized void pause(Duration duration) throws InterruptedException {
        long until = System.nanoTime() + duration.toNanos();
        for (long left = millisUntil(until); left > 0 && !closing; left = millisUntil(until)) {
            wait(left);
        }
    }

    /** Waits until events are judged; false if that takes longer, or will not come. */
    synchronized boolean awaitRunning(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (!isRunning()) {
            long left = millisUntil(until);
            if (left <= 0 || stopped.isDone()) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** By {@link System#nanoTime}: the wall's clock may be set back. */
    private static long millisUntil(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
    }

    synchronized boolean isRunning() {
        return current != null && current.isRunning();
    }

    synchronized Optional<StreamsRun> current() {
        return Optional.ofNullable(current);
    }

    /** Why there is no run, or was none until now. */
    synchronized Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    CompletionStage<Void> stopped() {
        return stopped.minimalCompletionStage();
    }

    /** Ends the run; idempotent. */
    void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        stopped.complete(null);
    }
}
