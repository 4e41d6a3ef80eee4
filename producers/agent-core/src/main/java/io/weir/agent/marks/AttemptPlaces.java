package io.weir.agent.marks;

import io.weir.agent.source.Place;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an attempt declared of places: each move, arrival and departure explains one event. */
final class AttemptPlaces {
    private final BeginMark mark;
    private final Predicate<Place> scope;
    private final PlaceUses uses;
    /** The files that the baseline had when the attempt began, and where, by effect. */
    private final Map<Integer, Long> entries = new HashMap<>();

    private final Map<Integer, Place> places = new HashMap<>();
    private final Relocations relocations;
    private final Predicate<Effect> mayHave;

    /** @param mayHave whether it may have carried out an effect, as far as it has told */
    AttemptPlaces(
            BeginMark mark,
            Predicate<Place> scope,
            SeenEffects seen,
            Relocations relocations,
            Predicate<Effect> mayHave) {
        this.mark = mark;
        this.mayHave = mayHave;
        this.scope = scope;
        this.uses = new PlaceUses(mark.actionId(), mark.attempt(), seen);
        this.relocations = relocations;
    }

    /** @param revealed whether a comparison came upon the file: directories may have been moved since the action */
    private boolean isAt(@Nullable String path, Place file, boolean revealed) {
        return path != null
                && (Effects.at(file, mark.volume(), path)
                        || (revealed && places(path).contains(file)));
    }

    private Set<Place> places(@Nullable String path) {
        return path == null ? Set.of() : relocations.now(new Place(mark.volume(), path));
    }

    private boolean isInScope(Place file, boolean revealed) {
        return scope.test(file)
                || (revealed && relocations.formerly(file).stream().anyMatch(scope));
    }

    /** Whether something is declared of a place at or below a directory. */
    boolean isAbout(Place directory) {
        return mark.effects().stream()
                .flatMap(effect -> Stream.of(places(Effects.from(effect)), places(Effects.to(effect))))
                .flatMap(Set::stream)
                .anyMatch(place -> Place.isAtOrBelow(place, directory));
    }

    /** Whether what it declared to come to a path has been seen to come. */
    boolean hasArrived(String path) {
        for (int i = 0; i < mark.effects().size(); i++) {
            if (path.equals(Effects.to(mark.effects().get(i))) && uses.hasArrived(i)) {
                return true;
            }
        }
        return false;
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
                    && isAt(move.from(), from, revealed)
                    && isAt(move.to(), moved.place(), revealed)
                    && Effects.fits(move.fileId(), moved)
                    && (revealed ? uses.isUnseen(i) : uses.isStillToCome(i))) {
                return uses.departure(i, revealed) && uses.arrival(i, revealed);
            }
        }
        return isInScope(from, revealed) && isInScope(moved.place(), revealed);
    }

    /** How a file can have gone from its place. */
    enum Going {
        DELETED,
        MOVED,
        /** Nobody saw how; its directory is still there. */
        UNSEEN,
        /** Nobody saw how; its directory is gone, too, perhaps moved out of sight with all below it. */
        UNSEEN_WITH_DIRECTORY;

        boolean isRevealed() {
            return this == UNSEEN || this == UNSEEN_WITH_DIRECTORY;
        }
    }

    /** What explains that a file goes from its place: an effect, or the attempt's scope. */
    static final int BY_SCOPE = -1;

    /**
     * What it declared of a file that goes from this place. Of a directory that is deleted, so does all below it.
     *
     * @return index of the effect, or {@link #BY_SCOPE}; empty if it did not declare that
     */
    OptionalInt takeDeparture(Subject gone, Going how) {
        for (int i = 0; i < mark.effects().size(); i++) {
            Effect effect = mark.effects().get(i);
            if (!how.isRevealed() || mayHave.test(effect)) {
                boolean moved = effect instanceof Effect.Move move
                        && how != Going.DELETED
                        && ((how == Going.UNSEEN_WITH_DIRECTORY
                                        && Effects.below(gone.place(), mark.volume(), move.from()))
                                || takesDeparture(i, gone, move.fileId(), how));
                boolean deleted = effect instanceof Effect.Delete delete
                        && how != Going.MOVED
                        && (Effects.below(gone.place(), mark.volume(), delete.path())
                                || takesDeparture(i, gone, delete.fileId(), how));
                boolean replaced = !moved
                        && effect instanceof Effect.Move replacing
                        && how != Going.MOVED
                        && takesReplaced(i, replacing, gone, how);
                if (moved || deleted || replaced) {
                    return OptionalInt.of(i);
                }
            }
        }
        return isInScope(gone.place(), how.isRevealed()) ? OptionalInt.of(BY_SCOPE) : OptionalInt.empty();
    }

    private boolean takesReplaced(int effect, Effect.Move move, Subject gone, Going how) {
        return move.replaced() != null
                && isAt(move.to(), gone.place(), how.isRevealed())
                && Effects.fits(move.replaced(), gone)
                && uses.replacement(effect);
    }

    private boolean takesDeparture(int effect, Subject gone, @Nullable String fileId, Going how) {
        return isAt(Effects.from(mark.effects().get(effect)), gone.place(), how.isRevealed())
                && Effects.fits(fileId, gone)
                && uses.departure(effect, how.isRevealed());
    }

    /** Whether it is declared that this very file moves to this place. */
    boolean takesMoveIn(Subject come) {
        for (int i = 0; i < mark.effects().size(); i++) {
            if (mark.effects().get(i) instanceof Effect.Move move
                    && isAt(move.to(), come.place(), true)
                    && Effects.fits(move.fileId(), come)
                    && uses.arrival(i, true)) {
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
            boolean fits = effect instanceof Effect.Create
                    || (effect instanceof Effect.Move move && (!found || Effects.fits(move.fileId(), come)));
            if (fits && isAt(Effects.to(effect), come.place(), found) && uses.arrival(i, found)) {
                return true;
            }
        }
        return isInScope(come.place(), found);
    }

    /** The declared moves of this very file that have not been seen, in order. */
    List<Leg> unseenMoves(Subject moved) {
        List<Leg> legs = new ArrayList<>();
        for (int i = 0; i < mark.effects().size(); i++) {
            if (mark.effects().get(i) instanceof Effect.Move move
                    && moved.fileId().equals(move.fileId())
                    && mark.volume().equals(moved.place().volume())
                    && mayHave.test(move)
                    && uses.isUnseen(i)) {
                legs.add(new Leg(i, places(move.from()), places(move.to())));
            }
        }
        return legs;
    }

    /** The places from which it may have moved this very file to where it is, seen or not. */
    List<Place> movedFrom(Subject moved) {
        return mark.effects().stream()
                .filter(effect -> effect instanceof Effect.Move move
                        && moved.fileId().equals(move.fileId())
                        && isAt(move.to(), moved.place(), true)
                        && mayHave.test(move))
                .flatMap(effect -> places(Effects.from(effect)).stream())
                .toList();
    }

    /** The declared moves to a place that have not been seen. */
    List<Effect.Move> unseenMovesTo(Place to) {
        List<Effect.Move> moves = new ArrayList<>();
        for (int i = 0; i < mark.effects().size(); i++) {
            if (mark.effects().get(i) instanceof Effect.Move move
                    && Effects.at(to, mark.volume(), move.to())
                    && uses.isUnseen(i)) {
                moves.add(move);
            }
        }
        return moves;
    }

    /** A declared move: from where it may have led, and where to. */
    record Leg(int effect, Set<Place> from, Set<Place> to) {}

    /** A declared move has been seen. */
    void take(Leg leg) {
        uses.departure(leg.effect(), true);
        uses.arrival(leg.effect(), true);
        uses.chained(leg.effect());
    }

    /** Whether a move to this place was told as one of several. */
    boolean isChained(Place to) {
        for (int i = 0; i < mark.effects().size(); i++) {
            if (mark.effects().get(i) instanceof Effect.Move move
                    && Effects.at(to, mark.volume(), move.to())
                    && uses.isChained(i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a declared move from one place to the other was told, or a later one that it led to. */
    boolean hasTold(Place from, Place to) {
        for (int i = 0; i < mark.effects().size(); i++) {
            if (mark.effects().get(i) instanceof Effect.Move move
                    && Effects.at(from, mark.volume(), move.from())
                    && Effects.at(to, mark.volume(), move.to())
                    && !uses.isUnseen(i)) {
                return true;
            }
        }
        return false;
    }

    /** Somebody else's move of the file was told: what is declared of it need not be looked for at the end. */
    void toldMove(Subject moved) {
        for (int i = 0; i < mark.effects().size(); i++) {
            if (mark.effects().get(i) instanceof Effect.Move move
                    && moved.fileId().equals(move.fileId())
                    && !uses.isLaterTold(i)) {
                uses.laterTold(i);
            }
        }
    }

    /** Whether any part of this very move has been seen, or a later one was told. */
    boolean hasSeen(Effect.Move move) {
        for (int i = 0; i < mark.effects().size(); i++) {
            boolean seenHere = !uses.isUnseen(i) || uses.isLaterTold(i);
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
