package io.weir.filter.replay.verify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What verifying came to.
 *
 * @param from from when on it was verified; empty: from the first record on
 * @param events how many offsets of events lie in the window
 * @param before how many offsets of events were read before it, for the state at its beginning
 * @param identical how many decisions and contributions are recorded as they follow
 * @param ruleSets how many rule sets were in force in the log
 * @param findings what is amiss
 * @param notes what else there is to know
 */
public record Report(
        Optional<Instant> from,
        long events,
        long before,
        long identical,
        long ruleSets,
        Findings findings,
        List<String> notes) {
    public Report {
        notes = List.copyOf(notes);
    }

    /** Whether all is as it follows. */
    public boolean isIdentical() {
        return findings.isEmpty();
    }
}
