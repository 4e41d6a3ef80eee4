package io.weir.rules.trigger;

import io.weir.rules.text.Durations;
import java.time.Duration;
import java.util.Map;

/**
 * Once nothing has happened to the file for so long. The last event that satisfied the rule's conditions is the one that it
 * takes effect with; an event of the types that the rule is about which does not satisfy them ends the waiting, and so does
 * the file's leaving. Time is that of the log.
 *
 * @param length from a second to {@link Trigger#LONGEST}
 * @param settles whether it stands beside the rule's conditions, rather than as {@code quiet-for} among them
 */
public record Quiet(Duration length, boolean settles) implements Trigger {
    /** The rule's key. */
    public static final String SETTLE = "settle";

    /** The condition's key. */
    public static final String CONDITION = "quiet-for";

    @Override
    public Map<String, Object> tree() {
        return settles ? Map.of() : Map.of(CONDITION, Durations.text(length));
    }

    @Override
    public String describe() {
        return "once the file has been left alone for " + Durations.text(length);
    }
}
