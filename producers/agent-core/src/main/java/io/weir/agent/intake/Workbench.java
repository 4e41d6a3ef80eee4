package io.weir.agent.intake;

import io.weir.agent.baseline.Baseline;
import io.weir.agent.baseline.Entry;
import io.weir.agent.marks.CausationJudge;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the parts of the intake share.
 *
 * @param stat reads a file now
 */
record Workbench(
        Baseline baseline,
        CausationJudge judge,
        Outbox outbox,
        PendingEvents pending,
        Function<Place, Optional<FileStat>> stat) {
    Outcome publish(Draft draft) {
        return outbox.publish(draft) ? Outcome.PUBLISHED : Outcome.NOT_ASKED;
    }

    /** Whether the file that the baseline has at a place is not there any more. */
    boolean isGone(Entry entry, Place place) {
        return !stat.apply(place).filter(entry::isFile).isPresent();
    }
}
