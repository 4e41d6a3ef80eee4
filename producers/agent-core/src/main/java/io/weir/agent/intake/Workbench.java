package io.weir.agent.intake;

import io.weir.agent.baseline.Baseline;
import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.marks.CausationJudge;
import io.weir.agent.marks.ScopedEvent;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import io.weir.schemas.topic.Causation.Evidence;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
        if (draft.causation().filter(own -> own.evidence() == Evidence.SCOPE).isPresent()
                && !EventType.isAccess(draft.type())) {
            judge.windows().tookByScope(new ScopedEvent(draft.type(), draft.place(), draft.previous()));
        }
        return outbox.publish(draft) ? Outcome.PUBLISHED : Outcome.NOT_ASKED;
    }

    /**
     * Adds an entry.
     *
     * @param implied what the baseline has at the place, only because of something in it
     */
    Entry add(Place place, @Nullable Entry implied, @Nullable FileStat now, Flag... flags) {
        if (implied == null) {
            return baseline.add(place, now, flags);
        }
        if (now != null && !now.isDirectory()) {
            baseline.remove(implied);
            return baseline.add(place, now, flags);
        }
        Entry entry = implied.renewed(now, flags);
        baseline.save(entry);
        return entry;
    }

    /** Whether the file that the baseline has at a place is not there any more. */
    boolean isGone(Entry entry, Place place) {
        return !stat.apply(place).filter(entry::isFile).isPresent();
    }
}
