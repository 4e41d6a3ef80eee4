package io.weir.agent.intake;

import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import io.weir.schemas.topic.Causation;
import java.util.Map;
import java.util.Optional;

/**
 * A scan under way.
 *
 * @param causation the action that moved the directory in
 * @param movedIn directories that it found and actions moved there, though nobody saw them leave
 * @param seen entries found or observed since it began, if it compares
 */
record Scan(
        Place place,
        ScanReason reason,
        Mode mode,
        Optional<Causation> causation,
        Map<Place, Causation> movedIn,
        EntrySet seen) {
    /** The action that moved in the scanned directory, or one that it found, with all that is in it. */
    Optional<Causation> movedIn(Place place) {
        return causation.or(() -> movedIn.entrySet().stream()
                .filter(directory -> Place.isAtOrBelow(place, directory.getKey()))
                .map(Map.Entry::getValue)
                .findFirst());
    }

    /** This one, with what another has found that actions moved in. */
    Scan within(Scan other) {
        return new Scan(place, reason, mode, other.causation(), other.movedIn(), seen);
    }

    /** What is done with what it finds. */
    enum Mode {
        /** First scan of a tree: remembered. */
        RECORD,
        /** First scan of a tree: told as created. */
        EMIT,
        /** Compared with the baseline. */
        COMPARE,
        /** A new directory. */
        CREATED,
        /** A directory moved in. */
        MOVED_IN;

        /** Whether it may come upon what actions did. */
        boolean reveals() {
            return this != RECORD && this != EMIT;
        }

        /** Whether what it tells is told as reconstructed. */
        boolean reconstructs() {
            return this == COMPARE || this == EMIT;
        }

        /** Whether what is not found is gone. The stream tells what leaves a new directory. */
        boolean concludesGone() {
            return this != CREATED && this != MOVED_IN;
        }
    }
}
