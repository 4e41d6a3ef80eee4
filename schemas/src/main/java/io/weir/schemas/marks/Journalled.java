package io.weir.schemas.marks;

import java.util.Map;

/**
 * An effect with what is needed to reverse it.
 *
 * @param before values of the fields as they were found when the effect was planned, by the names of {@code FileState}
 */
public record Journalled(Effect effect, Map<String, String> before) {
    public Journalled {
        before = Map.copyOf(before);
    }
}
