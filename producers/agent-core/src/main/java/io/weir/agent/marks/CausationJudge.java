package io.weir.agent.marks;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.marks.AttemptPlaces.Going;
import io.weir.agent.marks.MoveChain.Stay;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Causation.Evidence;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Judges which events actions of ours caused; the package's page tells the rule. Does no input or output, reads no clock;
 * for one thread at a time.
 */
public final class CausationJudge {
    /** What an event about attributes shows that came outside the action's windows. */
    public enum Verdict {
        /** A change that somebody else made. */
        FOREIGN,
        /** Nothing that is not known. */
        NO_NEWS,
        /** The doing of an action whose begin mark is still to come; its window will tell. */
        AHEAD
    }

    /** What a file shows when an action is over. */
    public enum Ending {
        /** What was declared or known. */
        AS_DECLARED,
        /** What somebody else has made of it. */
        FOREIGN,
        /** Something else, which a program of ours may have done, whose effects are not known before. */
        IN_SCOPE
    }

    private final Windows windows;
    private final Set<Safeguard> safeguards;

    /**
     * A judge that knows of no marks yet.
     *
     * @param disk asked outside windows only
     * @param seen what earlier runs of the agent have seen
     * @param globs compiles a glob of a scope
     * @param files what paths in marks mean
     */
    public CausationJudge(
            Windows.UnreadMarks disk, SeenEffects seen, Function<String, Predicate<String>> globs, KnownFiles files) {
        this(disk, seen, globs, files, EnumSet.allOf(Safeguard.class));
    }

    CausationJudge(
            Windows.UnreadMarks disk,
            SeenEffects seen,
            Function<String, Predicate<String>> globs,
            KnownFiles files,
            Set<Safeguard> safeguards) {
        this.windows = new Windows(disk, seen, globs, files, safeguards);
        this.safeguards = Set.copyOf(safeguards);
    }

    /** The attempts known, and whether they are open. */
    public Windows windows() {
        return windows;
    }

    boolean has(Safeguard safeguard) {
        return safeguards.contains(safeguard);
    }

    /** The action that declared this move, if its window is open. */
    public Optional<Causation> ownMove(Place from, Subject moved) {
        return own(moved, a -> a.places().takesMove(from, moved, false));
    }

    /** The action that declared that the file is deleted, or else moved away, if its window is open. */
    public Optional<Causation> ownDeparture(Subject gone, boolean deleted) {
        Going how = has(Safeguard.DEPARTURES) ? (deleted ? Going.DELETED : Going.MOVED) : Going.UNSEEN_WITH_DIRECTORY;
        return own(gone, a -> a.places().takeDeparture(gone, how).isPresent());
    }

    /** The action that declared that a file comes to this place, if its window is open. */
    public Optional<Causation> ownArrival(Subject come) {
        return own(come, a -> a.places().takesArrival(come, false));
    }

    /** The action that declared a change of the file's attributes, if its window is open. */
    public Optional<Causation> ownAttributes(Subject file) {
        return own(file, a -> a.declaresAttributes(file) || anyAspect(a, file));
    }

    /**
     * The action that declared a change of one of these fields of the file, if its window is open: for streams that tell
     * which fields have changed.
     *
     * @param fields of {@code mode}, {@code uid} and {@code gid}
     */
    public Optional<Causation> ownFields(Subject file, Set<String> fields) {
        return own(file, a -> a.declaresFields(file, fields));
    }

    /** The action that declared a change of the file's content, if its window is open. */
    public Optional<Causation> ownContent(Subject file) {
        return own(file, a -> a.declaresContent(file) || anyAspect(a, file));
    }

    /** The action that declared anything of the file, if its window is open: it may open and read what it works on. */
    public Optional<Causation> ownAccess(Subject file) {
        return own(file, a -> a.declaresAnything(file));
    }

    /** Whether the file lies in the scope of an open window, where no values are declared. */
    public boolean inOpenScope(Place place) {
        return windows.inWindows().stream().anyMatch(a -> a.inScope(place));
    }

    /** Judges an event about attributes that is in no window. */
    public Verdict attributes(Subject file, Entry entry, FileStat now, boolean otherNews) {
        FileStat known = entry.known();
        if (known == null || otherNews || !has(Safeguard.NO_NEWS)) {
            return Verdict.FOREIGN;
        }
        List<AttributeField> differing = AttributeField.differing(known, now);
        if (differing.isEmpty()) {
            return entry.is(Flag.ATTRIBUTES_UNSHOWN) ? Verdict.FOREIGN : Verdict.NO_NEWS;
        }
        if (has(Safeguard.AHEAD)) {
            windows.refresh(file.place().volume());
            List<Attempt> unread = windows.unread();
            if (differing.stream().allMatch(f -> DeclaredValues.any(unread, f, file, f.of(now)))) {
                return Verdict.AHEAD;
            }
        }
        return Verdict.FOREIGN;
    }

    /**
     * Compares a file at the end of an action: did somebody else change its attributes since they were last known?
     *
     * @param before where the action declared it to be
     * @param toldSince whether what was last told of the file was read after the action had ended: then nothing declared is
     *     expected any more
     */
    public Ending compare(String action, Subject file, Place before, Entry entry, FileStat now, boolean toldSince) {
        FileStat known = entry.known();
        if (known == null || !has(Safeguard.COMPARE_AT_END)) {
            return Ending.AS_DECLARED;
        }
        if (now.ctime() == entry.shownCtime()
                && AttributeField.differing(known, now).isEmpty()) {
            return Ending.AS_DECLARED; // Nothing has happened since this state was published.
        }
        windows.refresh(file.place().volume());
        if (!isOdd(toldSince ? List.of() : windows.begun(action), file, known, now)) {
            return Ending.AS_DECLARED;
        }
        boolean program = has(Safeguard.SCOPE_BESIDE)
                && windows.all().stream()
                        .filter(a -> !a.key().action().equals(action))
                        .anyMatch(a -> a.inScope(file.place()) || a.inScope(before));
        return program ? Ending.IN_SCOPE : Ending.FOREIGN;
    }

    /** Whether a field shows neither what is declared, nor what was known, nor what another action declares. */
    private boolean isOdd(List<Attempt> of, Subject file, FileStat known, FileStat now) {
        for (AttributeField field : AttributeField.values()) {
            if (field == AttributeField.LINKS && now.isDirectory()) {
                continue;
            }
            OptionalLong declared = DeclaredValues.last(of, field, file);
            if (declared.isEmpty() && !has(Safeguard.FIELD_BY_FIELD)) {
                continue;
            }
            long expected = declared.orElse(field.of(known));
            boolean joint = has(Safeguard.JOINT) && DeclaredValues.any(windows.all(), field, file, field.of(now));
            if (field.of(now) != expected && !joint) {
                return true;
            }
        }
        return false;
    }

    /** The action that may have made the difference between what was known and what a scan found: all fields are declared. */
    public Optional<Causation> explainAttributes(Subject file, FileStat known, FileStat now) {
        windows.refresh(file.place().volume());
        List<AttributeField> differing = AttributeField.differing(known, now);
        boolean explained = has(Safeguard.EXPLAIN_SCANS)
                && differing.stream()
                        .allMatch(f ->
                                f == AttributeField.LINKS || DeclaredValues.any(windows.all(), f, file, f.of(now)));
        List<Stay> stays = MoveChain.stays(windows.all(), file);
        Predicate<Attempt> test = explained
                ? a -> a.formerly(stays).stream().anyMatch(a::declaresAttributes)
                : a -> has(Safeguard.EXPLAIN_SCANS) && a.wasInScope(stays);
        return first(windows.all(), test).map(a -> cause(a, Evidence.MARK_ON_DISK));
    }

    /** The action that declared this move, or the last of several that lead from one place to the other, wherever its marks are. */
    public Optional<Causation> explainMove(Place from, Subject moved) {
        Optional<Causation> alone = explain(moved.place(), a -> a.places().takesMove(from, moved, true));
        if (alone.isPresent() || !has(Safeguard.EXPLAIN_SCANS) || !has(Safeguard.MOVE_CHAINS)) {
            return alone;
        }
        return MoveChain.explain(windows.all(), from, moved).map(a -> cause(a, Evidence.MARK_ON_DISK));
    }

    /** Where actions may have moved the file from this place, as yet unseen, nearest first; wherever their marks are. */
    public List<Place> destinations(Place from, Subject file) {
        if (!has(Safeguard.MOVE_CHAINS)) {
            return List.of();
        }
        windows.refresh(from.volume());
        return MoveChain.destinations(windows.all(), from, file);
    }

    /** Where an action whose window is open was to move the file from this place, as yet unseen. */
    public Optional<Place> ownDestination(Place from, Subject file) {
        return MoveChain.next(windows.inWindows(), from, file);
    }

    /** Where an action whose window is or was open was to move the file from this place, as yet unseen. */
    public Optional<Place> begunDestination(Place from, Subject file) {
        return MoveChain.next(windows.begun(), from, file);
    }

    /** The moves to this place, as yet unseen, of actions whose window is open. */
    public List<Effect.Move> ownMovesTo(Place to) {
        return windows.inWindows().stream()
                .flatMap(attempt -> attempt.places().unseenMovesTo(to).stream())
                .toList();
    }

    /** Whether a move to this place, of an action whose window is open, was told together with later ones. */
    public boolean isToldInChain(Place to) {
        return windows.inWindows().stream().anyMatch(attempt -> attempt.places().isChained(to));
    }

    /** Whether this very move, of an action whose window is open, was told before its event came. */
    public boolean isTold(Place from, Place to) {
        return windows.inWindows().stream().anyMatch(attempt -> attempt.places().hasTold(from, to));
    }

    /** A move is published that no action explains: where the file is has been told, whatever actions did before. */
    public void foreignMove(Subject moved) {
        windows.all().forEach(attempt -> attempt.places().toldMove(moved));
    }

    /**
     * The action that declared that the file leaves its place, wherever its marks are.
     *
     * @param last its state as last known
     * @param withDirectory whether its directory is gone, too
     */
    public Optional<Causation> explainDeparture(Subject gone, @Nullable FileStat last, boolean withDirectory) {
        boolean below = withDirectory || !has(Safeguard.DEPARTURES);
        Going how = below ? Going.UNSEEN_WITH_DIRECTORY : Going.UNSEEN;
        return explain(gone.place(), attempt -> {
            OptionalInt effect = attempt.places().takeDeparture(gone, how);
            effect.ifPresent(e -> windows.suppositions().suppose(attempt, e, gone.place(), last));
            return effect.isPresent();
        });
    }

    /** The action that declared that a file comes to this place, wherever its marks are. */
    public Optional<Causation> explainArrival(Subject come) {
        return explain(come.place(), a -> a.places().takesArrival(come, true));
    }

    /** The action that declared that a directory moves to this place, wherever its marks are. */
    public Optional<Causation> explainMoveIn(Subject come) {
        return explain(come.place(), a -> a.places().takesMoveIn(come));
    }

    /** The action that declared a change of the file's content, wherever its marks are. */
    public Optional<Causation> explainContent(Subject file) {
        List<Stay> stays = MoveChain.stays(windows.all(), file);
        return explain(file.place(), a -> a.formerly(stays).stream().anyMatch(a::declaresContent));
    }

    private Optional<Causation> explain(Place place, Predicate<Attempt> test) {
        if (!has(Safeguard.EXPLAIN_SCANS)) {
            return Optional.empty();
        }
        windows.refresh(place.volume());
        return first(windows.all(), test).map(a -> cause(a, Evidence.MARK_ON_DISK));
    }

    private Optional<Causation> own(Subject file, Predicate<Attempt> test) {
        return first(windows.inWindows(), test)
                .map(a -> cause(a, a.inScope(file.place()) ? Evidence.SCOPE : Evidence.WINDOW));
    }

    private boolean anyAspect(Attempt attempt, Subject file) {
        return !has(Safeguard.ASPECTS) && attempt.declaresAnything(file);
    }

    private static Causation cause(Attempt attempt, Evidence evidence) {
        return attempt.mark().causation().by(evidence);
    }

    private static Optional<Attempt> first(List<Attempt> of, Predicate<Attempt> test) {
        for (Attempt attempt : of) {
            if (test.test(attempt)) {
                return Optional.of(attempt);
            }
        }
        return Optional.empty();
    }
}
