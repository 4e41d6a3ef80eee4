package io.weir.agent.marks;

import io.weir.agent.source.Place;
import io.weir.rules.text.PathParts;
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
        TOLD,
        /** What a move replaced is gone. */
        REPLACEMENT
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

    /**
     * Whether this very move is declared and not yet seen; it is then.
     *
     * @param revealed whether a comparison revealed it: a directory above may have been moved meanwhile
     */
    boolean takesMove(Place from, Subject moved, boolean revealed) {
        for (int i = 0; i < mark.effects().size(); i++) {
            if (mark.effects().get(i) instanceof Effect.Move move
                    && (Effects.at(from, mark.volume(), move.from()) || (revealed && isRelocated(i, move, from, moved)))
                    && Effects.at(moved.place(), mark.volume(), move.to())
                    && Effects.fits(move.fileId(), moved)
                    && !isUsed(i, Use.DEPARTURE)
                    && !isUsed(i, Use.ARRIVAL)) {
                return use(i, Use.DEPARTURE) && use(i, Use.ARRIVAL);
            }
        }
        return scope.test(from) && scope.test(moved.place());
    }

    /** Whether it is the file that the baseline had when the attempt began, under the name that it had, in its directory. */
    private boolean isRelocated(int effect, Effect.Move move, Place from, Subject moved) {
        boolean sameEntry = moved.entry() != 0 && entries.getOrDefault(effect, 0L) == moved.entry();
        return sameEntry && PathParts.name(from.path()).equals(PathParts.name(move.from()));
    }

    /** How a file can have gone from its place. */
    enum Going {
        DELETED,
        MOVED,
        /** Nobody saw how; its directory is still there. */
        UNSEEN,
        /** Nobody saw how; its directory is gone, too, perhaps moved out of sight with all below it. */
        UNSEEN_WITH_DIRECTORY
    }

    /** Whether it is declared that a file goes from this place. Of a directory that is deleted, so does all below it. */
    boolean takesDeparture(Subject gone, Going how) {
        for (int i = 0; i < mark.effects().size(); i++) {
            Effect effect = mark.effects().get(i);
            if (effect instanceof Effect.Move move && how != Going.DELETED) {
                boolean below =
                        how == Going.UNSEEN_WITH_DIRECTORY && Effects.below(gone.place(), mark.volume(), move.from());
                if (below || takesDeparture(i, gone, move.from(), move.fileId())) {
                    return true;
                }
            }
            if (effect instanceof Effect.Move move && how != Going.MOVED && takesReplaced(i, move, gone)) {
                return true;
            }
            if (effect instanceof Effect.Delete delete && how != Going.MOVED) {
                if (Effects.below(gone.place(), mark.volume(), delete.path())
                        || takesDeparture(i, gone, delete.path(), delete.fileId())) {
                    return true;
                }
            }
        }
        return scope.test(gone.place());
    }

    private boolean takesReplaced(int effect, Effect.Move move, Subject gone) {
        return move.replaced() != null
                && Effects.at(gone.place(), mark.volume(), move.to())
                && Effects.fits(move.replaced(), gone)
                && use(effect, Use.REPLACEMENT);
    }

    private boolean takesDeparture(int effect, Subject gone, String from, @Nullable String fileId) {
        return Effects.at(gone.place(), mark.volume(), from)
                && Effects.fits(fileId, gone)
                && use(effect, Use.DEPARTURE);
    }

    /** Whether it is declared that this very file moves to this place. */
    boolean takesMoveIn(Subject come) {
        for (int i = 0; i < mark.effects().size(); i++) {
            if (mark.effects().get(i) instanceof Effect.Move move
                    && Effects.at(come.place(), mark.volume(), move.to())
                    && Effects.fits(move.fileId(), come)
                    && use(i, Use.ARRIVAL)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether it is declared that a file comes to this place.
     *
     * @param found whether it was read there: then it is surely not another, as it may be if an event was read late
     */
    boolean takesArrival(Subject come, boolean found) {
        for (int i = 0; i < mark.effects().size(); i++) {
            Effect effect = mark.effects().get(i);
            boolean declared = (effect instanceof Effect.Move move
                            && Effects.at(come.place(), mark.volume(), move.to())
                            && (!found || Effects.fits(move.fileId(), come)))
                    || (effect instanceof Effect.Create create
                            && Effects.at(come.place(), mark.volume(), create.path()));
            if (declared && use(i, Use.ARRIVAL)) {
                return true;
            }
        }
        return scope.test(come.place());
    }

    /** The declared moves of this very file that have not been seen, in order. */
    List<Leg> unseenMoves(Subject moved) {
        List<Leg> legs = new ArrayList<>();
        for (int i = 0; i < mark.effects().size(); i++) {
            if (mark.effects().get(i) instanceof Effect.Move move
                    && moved.fileId().equals(move.fileId())
                    && mark.volume().equals(moved.place().volume())
                    && !isUsed(i, Use.DEPARTURE)
                    && !isUsed(i, Use.ARRIVAL)) {
                legs.add(new Leg(i, move.from(), move.to()));
            }
        }
        return legs;
    }

    /** A declared move. */
    record Leg(int effect, String from, String to) {}

    /** A declared move has been seen. */
    void take(Leg leg) {
        use(leg.effect(), Use.DEPARTURE);
        use(leg.effect(), Use.ARRIVAL);
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
