package io.weir.filter;

import io.weir.schemas.topic.Topics;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Why a run of Kafka Streams ended.
 *
 * @param cause what was thrown
 * @param fatal whether another run would end the same way
 * @param message for people
 */
record RunFailure(Throwable cause, boolean fatal, String message) {
    static RunFailure of(Throwable thrown, String group) {
        return chain(thrown)
                .filter(InvalidOffsetException.class::isInstance)
                .map(InvalidOffsetException.class::cast)
                .findFirst()
                .map(lost -> new RunFailure(thrown, true, lostOffsets(lost, group)))
                .orElseGet(() -> new RunFailure(thrown, isFatal(thrown), "the filter's run ended: " + reasons(thrown)));
    }

    private static String lostOffsets(InvalidOffsetException lost, String group) {
        String what = lost instanceof OffsetOutOfRangeException outOfRange
                ? "the next event to judge is gone from the log, at " + outOfRange.offsetOutOfRangePartitions()
                : "the position is lost of " + lost.partitions();
        return "topic='" + Topics.FILE_EVENTS + "', group='" + group + "': " + what
                + "; the filter stops rather than pass over events in silence. If their loss is accepted, try"
                + " 'kafka-consumer-groups --reset-offsets --to-earliest --group " + group + " --topic "
                + Topics.FILE_EVENTS + " --execute' and start again";
    }

    private static boolean isFatal(Throwable thrown) {
        return chain(thrown)
                .anyMatch(cause -> cause instanceof AuthenticationException
                        || cause instanceof AuthorizationException
                        || cause instanceof ConfigException
                        || cause instanceof Error);
    }

    private static String reasons(Throwable thrown) {
        return chain(thrown).map(Throwable::toString).distinct().collect(Collectors.joining("; because of "));
    }

    private static Stream<Throwable> chain(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
