package io.weir.schemas.topic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Topics are not as they must be, or Kafka did not answer about them. The message says what to do. */
public final class TopicException extends RuntimeException {
    TopicException(String message) {
        super(message);
    }

    TopicException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static void throwIfAny(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new TopicException(String.join(System.lineSeparator(), faults));
        }
    }
}
