package io.weir.rules.trigger;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** When a rule whose conditions an event satisfies takes effect: at once, or after something more. Immutable. */
public sealed interface Trigger permits Trigger.AtOnce, Quiet, Burst, Together {
    /** With the event itself. */
    Trigger AT_ONCE = new AtOnce();

    /** What stands under {@code when} for it: a key and its value; empty if nothing does. */
    Map<String, Object> tree();

    /** In one line, for people; empty if there is nothing to tell. */
    String describe();

    /** With the event itself. */
    record AtOnce() implements Trigger {
        @Override
        public Map<String, Object> tree() {
            return Map.of();
        }

        @Override
        public String describe() {
            return "";
        }
    }

    /** The words that may stand under {@code when} for triggers. */
    static List<String> keys() {
        return List.of(Quiet.CONDITION, Burst.KEY, Together.KEY);
    }

    /** The longest that state may be kept for a trigger. */
    Duration LONGEST = Duration.ofDays(7);
}
