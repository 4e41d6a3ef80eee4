package io.weir.agent.intake;

import io.weir.agent.source.Place;
import org.jspecify.annotations.Nullable;

/**
 * Where and when an agent cannot say that it saw everything.
 *
 * @param since microseconds since 1970
 * @param until microseconds since 1970; null while it lasts
 */
public record GapSpan(Place place, String reason, String detail, long since, @Nullable Long until) {
    /** Whether it is not over. */
    public boolean lasts() {
        return until == null;
    }

    /** For people. */
    public String text() {
        return place.volume() + ":" + place.path() + ": " + reason + ": " + detail;
    }
}
