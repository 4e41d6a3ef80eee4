package io.weir.agent.marks;

import io.weir.agent.source.Place;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What an attempt declared of places: each move, arrival and departure explains one event. */
final class AttemptPlaces {
    private enum Use {
        DEPARTURE,
        ARRIVAL,
        /** Not seen, but a later place of the file was told. */
        TOLD
    }

    private final BeginMark mark;
    private final Predicate<Place> scope;
    private final SeenEffects seen;
    /** The files that the baseline had when the attempt began, and where, by effect. */
    private final Map<Integer, Long> entries = new HashMap<>();

    private final Map<Integer, Place> places = new HashMap<>();

    AttemptPlaces(BeginMark mark, Predicate<Place> scope, SeenEffects seen) {
        this.mark = mark;
        this.scope = scope;
        this.seen = seen;
    }

    void begin(int effect, long entry, Place place) {
        entries.put(effect, entry);
        places.put(effect, place);
    }

    /** Whether this very move is declared and not yet seen; it is then. */
    boolean takesMove(Place from, Subject moved) {
        for (int i = 0; i < mark.effects().size(); i++) {
            if (mark.effects().get(i) instanceof Effect.Move move
                    && Effects.at(from, mark.volume(), move.from())
                    && Effects.at(moved.place(), mark.volume(), move.to())
                    && Effects.fits(move.fileId(), moved)
                    && !isUsed(i, Use.DEPARTURE)
                    && !isUsed(i, Use.ARRIVAL)) {
                return use(i, Use.DEPARTURE) && use(i, Use.ARRIVAL);
            }
        }
        return scope.test(from) && scope.test(moved.place());
    }

    /** Whether it is declared that a file leaves this place. Of a directory that leaves, so does all below it. */
    boolean takesDeparture(Subject gone) {
        for (int i = 0; i < mark.effects().size(); i++) {
            Effect effect = mark.effects().get(i);
            if (effect instanceof Effect.Move move
                    && (Effects.below(gone.place(), mark.volume(), move.from())
                            || (Effects.at(gone.place(), mark.volume(), move.from())
                                    && Effects.fits(move.fileId(), gone)
                                    && use(i, Use.DEPARTURE)))) {
                return true;
            }
            if (effect instanceof Effect.Delete delete
                    && (Effects.below(gone.place(), mark.volume(), delete.path())
                            || (Effects.at(gone.place(), mark.volume(), delete.path())
                                    && Effects.fits(delete.fileId(), gone)
                                    && use(i, Use.DEPARTURE)))) {
                return true;
            }
        }
        return scope.test(gone.place());
    }

    /** Whether it is declared that a file comes to this place. */
    boolean takesArrival(Subject come) {
        for (int i = 0; i < mark.effects().size(); i++) {
            Effect effect = mark.effects().get(i);
            boolean declared =
                    (effect instanceof Effect.Move move && Effects.at(come.place(), mark.volume(), move.to()))
                            || (effect instanceof Effect.Create create
                                    && Effects.at(come.place(), mark.volume(), create.path()));
            if (declared && use(i, Use.ARRIVAL)) {
                return true;
            }
        }
        return scope.test(come.place());
    }

    private boolean isUsed(int effect, Use use) {
        return seen.contains(mark.actionId(), mark.attempt(), effect + " " + use);
    }

    /** Returns whether it was not used yet; it is then. */
    private boolean use(int effect, Use use) {
        return seen.add(mark.actionId(), mark.attempt(), effect + " " + use);
    }

    /** Somebody else's move of the file was told: what is declared of it need not be looked for at the end. */
    void toldMove(Subject moved) {
        for (int i = 0; i < mark.effects().size(); i++) {
            if (mark.effects().get(i) instanceof Effect.Move move
                    && moved.fileId().equals(move.fileId())
                    && !isUsed(i, Use.TOLD)) {
                use(i, Use.TOLD);
            }
        }
    }

    /** Whether any part of this very move has been seen, or a later one was told. */
    boolean hasSeen(Effect.Move move) {
        for (int i = 0; i < mark.effects().size(); i++) {
            boolean seenHere = isUsed(i, Use.DEPARTURE) || isUsed(i, Use.ARRIVAL) || isUsed(i, Use.TOLD);
            if (mark.effects().get(i).equals(move) && seenHere) {
                return true;
            }
        }
        return false;
    }

    /** The moves that it carried out or found done, of files that the baseline had. */
    List<UnseenMove> doneMoves(Set<Effect> done) {
        List<UnseenMove> moves = new ArrayList<>();
        for (int i = 0; i < mark.effects().size(); i++) {
            @Nullable Place place = places.get(i);
            if (mark.effects().get(i) instanceof Effect.Move move && done.contains(move) && place != null) {
                Place to = new Place(mark.volume(), move.to());
                moves.add(new UnseenMove(move, mark.causation(), entries.getOrDefault(i, 0L), place, to));
            }
        }
        return moves;
    }
}
