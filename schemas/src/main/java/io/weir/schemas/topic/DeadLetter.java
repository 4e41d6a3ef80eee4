package io.weir.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Why a record lies in {@link Topics#DEAD_LETTERS}, as headers beside those that it had. Key and value are those of the
 * record that could not be handled.
 *
 * @param component what gave it up, such as {@code filter}
 * @param cause a short, fixed sentence to group by, such as {@code no worker for volume}
 * @param detail for people: the values, and what to do
 * @param topic where the record was read from, or was meant to go
 * @param partition partition of the record that was read
 * @param offset offset of the record that was read
 */
public record DeadLetter(String component, String cause, String detail, String topic, int partition, long offset) {
    /** The cause of a request that was tried and has failed. */
    public static final String ACTION_FAILED = "action failed";

    public static final String COMPONENT = "dead-letter-component";
    public static final String CAUSE = "dead-letter-cause";
    public static final String DETAIL = "dead-letter-detail";
    public static final String TOPIC = "dead-letter-topic";
    public static final String PARTITION = "dead-letter-partition";
    public static final String OFFSET = "dead-letter-offset";

    /** Adds the headers, replacing those of an earlier attempt. */
    public void write(Headers headers) {
        put(headers, COMPONENT, component);
        put(headers, CAUSE, cause);
        put(headers, DETAIL, detail);
        put(headers, TOPIC, topic);
        put(headers, PARTITION, Integer.toString(partition));
        put(headers, OFFSET, Long.toString(offset));
    }

    /** Reads the headers; empty if there is no cause. Numbers that are missing or broken are -1. */
    public static Optional<DeadLetter> read(Headers headers) {
        if (headers.lastHeader(CAUSE) == null) {
            return Optional.empty();
        }
        return Optional.of(new DeadLetter(
                text(headers, COMPONENT),
                text(headers, CAUSE),
                text(headers, DETAIL),
                text(headers, TOPIC),
                (int) number(headers, PARTITION),
                number(headers, OFFSET)));
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(UTF_8));
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    private static long number(Headers headers, String name) {
        try {
            return Long.parseLong(text(headers, name));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
