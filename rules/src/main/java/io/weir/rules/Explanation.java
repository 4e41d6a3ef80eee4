package io.weir.rules;

import org.jspecify.annotations.Nullable;

/**
 * Why a rule does or does not match an event.
 *
 * @param matched whether it does
 * @param condition the first condition that failed, such as {@code extension}, {@code on} or {@code not owner}; empty if
 *     matched
 * @param expected what it asks for; empty if matched
 * @param seen the event's value; null where the event has none
 */
public record Explanation(boolean matched, String condition, String expected, @Nullable String seen) {
    public static final Explanation MATCHED = new Explanation(true, "", "", null);

    public static Explanation failed(String condition, String expected, @Nullable String seen) {
        return new Explanation(false, condition, expected, seen);
    }

    /** {@code matched}, or {@code extension='txt': expected jpg, png}. */
    @Override
    public String toString() {
        if (matched) {
            return "matched";
        }
        return condition + (seen == null ? " unknown" : "='" + seen + "'") + ": expected " + expected;
    }
}
