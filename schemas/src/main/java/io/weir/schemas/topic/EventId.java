package io.weir.schemas.topic;

import io.weir.schemas.FileEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The id of an event: which agent, which epoch of its spool, which number. Written {@code agent:epoch:sequence}.
 *
 * @param agent agent id, without {@code :}
 * @param epoch changes only when the agent's spool is lost
 * @param sequence from 1, without holes
 */
public record EventId(String agent, long epoch, long sequence) {
    public static EventId of(FileEvent event) {
        return new EventId(event.getAgent(), event.getEpoch(), event.getSequence());
    }

    /**
     * Parses {@code agent:epoch:sequence}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static EventId parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length == 3) {
            try {
                return new EventId(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
            } catch (NumberFormatException e) {
                throw malformed(text, e);
            }
        }
        throw malformed(text, null);
    }

    /** As {@link #parse}; empty if the text has another form. */
    public static Optional<EventId> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static IllegalArgumentException malformed(String text, @Nullable Exception cause) {
        return new IllegalArgumentException("event id='" + text + "': expected agent:epoch:sequence", cause);
    }

    @Override
    public String toString() {
        return agent + ":" + epoch + ":" + sequence;
    }
}
