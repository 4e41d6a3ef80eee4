package io.weir.agent.qumulo;

import java.time.Duration;

/** Waits between rounds; a test's fake does not. */
@FunctionalInterface
interface Pause {
    Pause REAL = duration -> Thread.sleep(duration.toMillis());

    void pause(Duration duration) throws InterruptedException;
}
