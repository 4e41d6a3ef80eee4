package io.weir.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Where a record comes from, as the headers {@code causation-id}, {@code correlation-id} and {@code causation-depth}; on an
 * event also {@code causation-evidence}.
 *
 * <p>On an event: the action that caused it; an event without these headers is external. On a request: the event. On a
 * result: the action.
 *
 * @param causationId id of the immediate cause
 * @param correlationId id of the first, external event, constant along a chain
 * @param depth how many actions lie between the two; 0 for a request made by an external event, 1 for the events that
 *     its action causes
 * @param evidence how the agent knew; null on what is not an event, and where it was not told
 */
public record Causation(String causationId, String correlationId, int depth, @Nullable Evidence evidence) {
    public static final String CAUSATION_ID = "causation-id";
    public static final String CORRELATION_ID = "correlation-id";
    public static final String CAUSATION_DEPTH = "causation-depth";
    public static final String CAUSATION_EVIDENCE = "causation-evidence";

    /** By what an agent judged that an action of ours caused an event. */
    public enum Evidence {
        /** It came between the begin and the end mark of an attempt that declares it. */
        WINDOW("window"),
        /** It came between the two marks of an attempt that declares all that happens in its scope, as programs do. */
        SCOPE("scope"),
        /** The stream of events did not tell it; a comparison with the tree did, and a mark on disk declares it. */
        MARK_ON_DISK("mark-on-disk"),
        /** The stream did not tell it; the end mark says that it was done, and so does the file. */
        END_COMPARISON("end-comparison");

        private final String word;

        Evidence(String word) {
            this.word = word;
        }

        /** As headers and decisions have it. */
        public String word() {
            return word;
        }

        /** Null if there is no such word: a newer agent may know more. */
        public static @Nullable Evidence of(@Nullable String word) {
            for (Evidence evidence : values()) {
                if (evidence.word.equals(word)) {
                    return evidence;
                }
            }
            return null;
        }
    }

    /** Without evidence. */
    public Causation(String causationId, String correlationId, int depth) {
        this(causationId, correlationId, depth, null);
    }

    /** The same, known by this. */
    public Causation by(Evidence known) {
        return new Causation(causationId, correlationId, depth, known);
    }

    /** Reads the headers; empty if there is no {@code causation-id}. A missing or broken depth counts as 1. */
    public static Optional<Causation> read(Headers headers) {
        String causation = text(headers, CAUSATION_ID);
        if (causation == null) {
            return Optional.empty();
        }
        String correlation = text(headers, CORRELATION_ID);
        return Optional.of(new Causation(
                causation,
                correlation == null ? causation : correlation,
                depth(text(headers, CAUSATION_DEPTH)),
                Evidence.of(text(headers, CAUSATION_EVIDENCE))));
    }

    /** Whether there is a {@code causation-id}, without reading it: the filter asks this of every event. */
    public static boolean isPresent(Headers headers) {
        return headers.lastHeader(CAUSATION_ID) != null;
    }

    /** Sets the headers, replacing those that are there. */
    public void write(Headers headers) {
        headers.remove(CAUSATION_ID)
                .remove(CORRELATION_ID)
                .remove(CAUSATION_DEPTH)
                .remove(CAUSATION_EVIDENCE);
        headers.add(CAUSATION_ID, causationId.getBytes(UTF_8));
        headers.add(CORRELATION_ID, correlationId.getBytes(UTF_8));
        headers.add(CAUSATION_DEPTH, Integer.toString(depth).getBytes(UTF_8));
        if (evidence != null) {
            headers.add(CAUSATION_EVIDENCE, evidence.word().getBytes(UTF_8));
        }
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
