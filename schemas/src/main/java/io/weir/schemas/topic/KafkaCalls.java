package io.weir.schemas.topic;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for Kafka's answers and says in one form what failed. */
final class KafkaCalls {
    /** Longer than the clients' own limits (60 s), which give the better reason. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private KafkaCalls() {}

    static <T> T get(String what, Future<T> future) {
        try {
            return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new TopicException("cannot " + what + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new TopicException("cannot " + what + ": no answer from Kafka within " + LIMIT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("cannot " + what + ": interrupted", e);
        }
    }
}
