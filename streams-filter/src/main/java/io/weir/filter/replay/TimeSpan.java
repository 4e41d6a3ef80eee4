package io.weir.filter.replay;

import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of log time.
 *
 * @param from the first moment in it; empty: from the oldest record
 * @param to the first moment behind it; empty: to the newest record
 */
public record TimeSpan(Optional<Instant> from, Optional<Instant> to) {
    /** All that is kept. */
    public static final TimeSpan ALL = new TimeSpan(Optional.empty(), Optional.empty());
}
