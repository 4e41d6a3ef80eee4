package io.weir.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Where a record comes from, as the headers {@code causation-id}, {@code correlation-id} and {@code causation-depth}.
 *
 * <p>On an event: the action that caused it; an event without these headers is external. On a request: the event. On a
 * result: the action.
 *
 * @param causationId id of the immediate cause
 * @param correlationId id of the first, external event, constant along a chain
 * @param depth how many actions lie between the two; 0 for a request made by an external event, 1 for the events that
 *     its action causes
 */
public record Causation(String causationId, String correlationId, int depth) {
    public static final String CAUSATION_ID = "causation-id";
    public static final String CORRELATION_ID = "correlation-id";
    public static final String CAUSATION_DEPTH = "causation-depth";

    /** Reads the headers; empty if there is no {@code causation-id}. A missing or broken depth counts as 1. */
    public static Optional<Causation> read(Headers headers) {
        String causation = text(headers, CAUSATION_ID);
        if (causation == null) {
            return Optional.empty();
        }
        String correlation = text(headers, CORRELATION_ID);
        return Optional.of(new Causation(
                causation, correlation == null ? causation : correlation, depth(text(headers, CAUSATION_DEPTH))));
    }

    /** Whether there is a {@code causation-id}, without reading it: the filter asks this of every event. */
    public static boolean isPresent(Headers headers) {
        return headers.lastHeader(CAUSATION_ID) != null;
    }

    /** Sets the three headers, replacing those that are there. */
    public void write(Headers headers) {
        headers.remove(CAUSATION_ID).remove(CORRELATION_ID).remove(CAUSATION_DEPTH);
        headers.add(CAUSATION_ID, causationId.getBytes(UTF_8));
        headers.add(CORRELATION_ID, correlationId.getBytes(UTF_8));
        headers.add(CAUSATION_DEPTH, Integer.toString(depth).getBytes(UTF_8));
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static int depth(@Nullable String text) {
        try {
            return text == null ? 1 : Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
