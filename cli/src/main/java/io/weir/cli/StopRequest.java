package io.weir.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Says when a long-running command has to end: asked for from outside, or because a part has failed. Safe for all threads;
 * the first request counts.
 */
public final class StopRequest {
    private final CompletableFuture<Void> requested = new CompletableFuture<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** Asks for a clean stop. */
    public void request() {
        requested.complete(null);
    }

    /** Asks for a stop because of a failure, unless a stop was asked for already. */
    public void fail(Throwable cause) {
        if (!isRequested()) {
            failure.compareAndSet(null, cause);
            requested.complete(null);
        }
    }

    public boolean isRequested() {
        return requested.isDone();
    }

    /**
     * Waits until a stop is asked for.
     *
     * @throws CommandException if it is because of a failure
     */
    public void await() throws InterruptedException {
        await(requested);
        Throwable cause = failure.get();
        if (cause instanceof CommandException e) {
            throw e;
        }
        if (cause != null) {
            throw new CommandException(Failures.describe(cause), cause);
        }
    }

    /** Waits at most so long; whether a stop is asked for. */
    public boolean await(Duration atMost) throws InterruptedException {
        return await(requested, atMost);
    }

    /**
     * Waits until something is done, however it ended, or a stop is asked for.
     *
     * @return whether a stop is asked for
     */
    public boolean awaitOr(CompletableFuture<?> done) throws InterruptedException {
        await(CompletableFuture.anyOf(requested, done));
        return isRequested();
    }

    /** The same, at most so long. */
    public boolean awaitOr(CompletableFuture<?> done, Duration atMost) throws InterruptedException {
        await(CompletableFuture.anyOf(requested, done), atMost);
        return isRequested();
    }

    private static void await(CompletableFuture<?> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            // done, too
        }
    }

    private static boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException {
        try {
            future.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
