package io.weir.schemas.topic;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for Kafka's answers and says in one form what failed. */
final class KafkaCalls {
    /** Longer than the clients' own limits, which give the better reason. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private KafkaCalls() {}

    static <T> T get(String what, Future<T> future) {
        try {
            return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String hint = cause instanceof org.apache.kafka.common.errors.TimeoutException
                    ? "; check the bootstrap servers and that Kafka runs there"
                    : "";
            throw new TopicException("cannot " + what + ": " + cause.getMessage() + hint, cause);
        } catch (TimeoutException e) {
            throw new TopicException("cannot " + what + ": no answer from Kafka within " + LIMIT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("cannot " + what + ": interrupted", e);
        }
    }
}
