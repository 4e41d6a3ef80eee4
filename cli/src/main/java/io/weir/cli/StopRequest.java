package io.weir.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Says when a long-running command has to end: asked for from outside, or because a part has failed. Safe for all threads;
 * the first request counts.
 */
public final class StopRequest {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** Asks for a clean stop. */
    public void request() {
        requested.countDown();
    }

    /** Asks for a stop because of a failure, unless a stop was asked for already. */
    public void fail(Throwable cause) {
        if (!isRequested()) {
            failure.compareAndSet(null, cause);
            requested.countDown();
        }
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits until a stop is asked for.
     *
     * @throws CommandException if it is because of a failure
     */
    public void await() throws InterruptedException {
        requested.await();
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
        return requested.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}
