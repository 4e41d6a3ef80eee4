package io.weir.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What was decided about a dead letter: a record of {@link Topics#DEAD_LETTERS} without a value, that says so in its
 * headers.
 *
 * @param offset of the dead letter
 * @param kind what became of it
 * @param by who decided
 * @param reason why; may be empty
 */
public record Resolution(long offset, Kind kind, String by, String reason) {
    private static final String OFFSET = "dead-letter-resolves";
    private static final String KIND = "dead-letter-resolution";
    private static final String BY = "dead-letter-resolved-by";
    private static final String REASON = "dead-letter-resolved-since";

    /** What becomes of dead letters. */
    public enum Kind {
        /** It was asked for again. */
        RETRIED,
        /** It is given up. */
        DISCARDED;

        /** In small letters. */
        public String word() {
            return this == RETRIED ? "retried" : "discarded";
        }
    }

    /** Adds the headers. */
    public void write(Headers headers) {
        headers.add(OFFSET, Long.toString(offset).getBytes(UTF_8));
        headers.add(KIND, kind.word().getBytes(UTF_8));
        headers.add(BY, by.getBytes(UTF_8));
        headers.add(REASON, reason.getBytes(UTF_8));
    }

    /** Reads the headers; empty if the record is none. */
    public static Optional<Resolution> read(Headers headers) {
        try {
            Header offset = headers.lastHeader(OFFSET);
            return offset == null
                    ? Optional.empty()
                    : Optional.of(new Resolution(
                            Long.parseLong(new String(offset.value(), UTF_8)),
                            text(headers, KIND).equals("retried") ? Kind.RETRIED : Kind.DISCARDED,
                            text(headers, BY),
                            text(headers, REASON)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }
}
