package io.weir.worker.delivery;

import io.weir.worker.RemoteFailureException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Whether and when a failed attempt is followed by another. */
final class Retries {
    private Retries() {}

    /**
     * The pause before the next attempt: growing, and up to a quarter longer at random, so that what failed together does
     * not come back together.
     *
     * @param attempts made so far, from 1
     * @return empty if there is no other
     */
    static Optional<Duration> after(int attempts, IOException failure) {
        FailureKind kind = FailureKind.of(failure);
        if (attempts >= kind.attempts()) {
            return Optional.empty();
        }
        long pause = kind.pause(attempts).toMillis();
        if (failure instanceof RemoteFailureException remote) {
            long asked = remote.retryAfter().orElse(Duration.ZERO).toMillis();
            pause = Math.max(pause, Math.min(asked, kind.longest().toMillis()));
        }
        return Optional.of(Duration.ofMillis(pause + ThreadLocalRandom.current().nextLong(pause / 4 + 1)));
    }
}
