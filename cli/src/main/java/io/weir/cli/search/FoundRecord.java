package io.weir.cli.search;

import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.DeadLetter;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record as it lies in a topic.
 *
 * @param time the log's
 * @param causation by its headers
 * @param deadLetter by its headers
 * @param value empty if there is none or it cannot be decoded
 */
public record FoundRecord(
        String topic,
        int partition,
        long offset,
        Instant time,
        Optional<Causation> causation,
        Optional<DeadLetter> deadLetter,
        Optional<SpecificRecord> value) {
    /** {@code weir.file-events-2@17}. */
    public String place() {
        return place(topic, partition, offset);
    }

    /** {@code weir.file-events-2@17}. */
    public static String place(String topic, int partition, long offset) {
        return topic + "-" + partition + "@" + offset;
    }

    /** Its value, if it is of this type. */
    public <T extends SpecificRecord> Optional<T> value(Class<T> type) {
        return value.filter(type::isInstance).map(type::cast);
    }
}
