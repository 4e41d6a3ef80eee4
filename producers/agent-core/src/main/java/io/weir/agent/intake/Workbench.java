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
 * @param scans those under way
 * @param stat reads a file now
 */
record Workbench(
        Baseline baseline,
        CausationJudge judge,
        Outbox outbox,
        PendingEvents pending,
        ActiveScans scans,
        Function<Place, Optional<FileStat>> stat) {
    Outcome publish(Draft draft) {
        if (draft.causation().filter(own -> own.evidence() == Evidence.SCOPE).isPresent()
                && !EventType.isAccess(draft.type())) {
            judge.windows().suppositions().tookByScope(new ScopedEvent(draft.type(), draft.place(), draft.previous()));
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

    /** Moves an entry, with all below it and the scans of it, to where there is none. */
    Entry move(Entry entry, Place to) {
        Place from = baseline.place(entry);
        if (entry.isDirectory()) {
            judge.windows().directoryMoves(entry.id(), from);
            scans.moved(from, to);
        }
        Entry moved = baseline.move(entry, to).without(Flag.SILENT);
        baseline.save(moved);
        forgetImplied(entry.parent());
        return moved;
    }

    /** Removes an entry with all below it. */
    void remove(Entry entry) {
        baseline.remove(entry);
        forgetImplied(entry.parent());
    }

    /** A directory that was known only because of something in it is not known any more when that is gone. */
    private void forgetImplied(long directory) {
        baseline.find(directory)
                .filter(d -> d.is(Flag.IMPLIED) && baseline.children(directory).isEmpty())
                .ifPresent(this::remove);
    }

    /** Whether the file that the baseline has at a place is not there any more. */
    boolean isGone(Entry entry, Place place) {
        return !stat.apply(place).filter(entry::isFile).isPresent();
    }
}
