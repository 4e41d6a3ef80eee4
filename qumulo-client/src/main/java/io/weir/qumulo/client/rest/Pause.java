package io.weir.qumulo.client.rest;

import java.time.Duration;

/** Waits between rounds; a test's fake does not. */
@FunctionalInterface
public interface Pause {
    /** Sleeps. */
    Pause REAL = duration -> Thread.sleep(duration.toMillis());

    /**
     * Waits.
     *
     * @throws InterruptedException if the thread is; the call then ends
     */
    void pause(Duration duration) throws InterruptedException;
}
