package io.weir.cli.search;

import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of log time.
 *
 * @param since the first moment; empty: from the oldest record
 * @param until the first moment after it; empty: to the newest record
 */
public record TimeRange(Optional<Instant> since, Optional<Instant> until) {
    public static final TimeRange ALL = new TimeRange(Optional.empty(), Optional.empty());

    /** The part of it that does not lie before a moment. */
    public TimeRange from(Instant moment) {
        return since.isPresent() && since.get().isAfter(moment) ? this : new TimeRange(Optional.of(moment), until);
    }

    /** Whether it leaves out anything. */
    public boolean isBounded() {
        return since.isPresent() || until.isPresent();
    }
}
