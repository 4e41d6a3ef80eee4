package io.weir.agent.marks;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.MarkName;
import io.weir.schemas.topic.Causation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

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

    /** The marks directory, asked for begin marks that have not come through the stream. */
    public interface UnreadMarks {
        /** The begin marks that lie there now, but for those that {@code known} knows. */
        Collection<BeginMark> begun(String volume, Predicate<String> known);
    }

    private final UnreadMarks disk;
    private final SeenEffects seen;
    private final Function<String, Predicate<String>> globs;
    private final Set<Safeguard> safeguards;
    /** In the order in which they were begun or found. */
    private final Map<Attempt.Key, Attempt> attempts = new LinkedHashMap<>();
    /** Closed while a scan may still reveal what they did. */
    private final List<Attempt> retained = new ArrayList<>();
    /** Files of closed attempts that have not been deleted yet. */
    private final Set<String> closedNames = new HashSet<>();

    /**
     * A judge that knows of no marks yet.
     *
     * @param disk asked outside windows only
     * @param seen what earlier runs of the agent have seen
     * @param globs compiles a glob of a scope
     */
    public CausationJudge(UnreadMarks disk, SeenEffects seen, Function<String, Predicate<String>> globs) {
        this(disk, seen, globs, EnumSet.allOf(Safeguard.class));
    }

    CausationJudge(
            UnreadMarks disk, SeenEffects seen, Function<String, Predicate<String>> globs, Set<Safeguard> safeguards) {
        this.disk = disk;
        this.seen = seen;
        this.globs = globs;
        this.safeguards = Set.copyOf(safeguards);
    }

    boolean has(Safeguard safeguard) {
        return safeguards.contains(safeguard);
    }

    // Windows

    /** A begin mark came through the stream. One that is known already changes nothing. */
    public void begin(BeginMark mark, KnownFiles files) {
        Attempt.Key key = new Attempt.Key(mark.actionId(), mark.attempt());
        if (closedNames.contains(key.beginName())) {
            return;
        }
        Attempt attempt = attempts.computeIfAbsent(key, k -> new Attempt(mark, globs, seen));
        if (attempt.phase() == Attempt.Phase.UNREAD) {
            attempts.remove(key);
            attempts.put(key, attempt);
            attempt.begin(files);
        }
    }

    /** An end mark came through the stream. */
    public void end(String action, int attempt, List<Effect> done) {
        Attempt ended = attempts.get(new Attempt.Key(action, attempt));
        if (ended == null || ended.phase() != Attempt.Phase.OPEN) {
            return;
        }
        ended.end(done);
        if (!has(Safeguard.EVERY_ATTEMPT)) {
            open().stream().filter(a -> a.key().action().equals(action)).forEach(a -> a.end(List.of()));
        }
    }

    /** Whether it is known that this attempt began and has not ended. */
    public boolean isOpen(String action, int attempt) {
        Attempt known = attempts.get(new Attempt.Key(action, attempt));
        return known != null && known.phase() == Attempt.Phase.OPEN;
    }

    /** Whether the begin mark of this attempt has come through the stream, and its action is not closed. */
    public boolean hasBegun(String action, int attempt) {
        Attempt known = attempts.get(new Attempt.Key(action, attempt));
        return known != null && known.phase() != Attempt.Phase.UNREAD;
    }

    /** Whether the action has begun, and none of its attempts is open any more. */
    public boolean isOver(String action) {
        List<Attempt> begun = begun(action);
        return !begun.isEmpty() && begun.stream().allMatch(a -> a.phase() == Attempt.Phase.ENDED);
    }

    /** The attempts that are open. */
    public List<BeginMark> openMarks() {
        return open().stream().map(Attempt::mark).toList();
    }

    /** The files to compare when an action is over. */
    public Set<Target> targets(String action) {
        Set<Target> targets = new LinkedHashSet<>();
        begun(action).forEach(a -> targets.addAll(a.targets()));
        return targets;
    }

    /**
     * Moves that the action carried out and whose events never came: the stream lost them. Should the file be where it was,
     * somebody else moved it back.
     */
    public List<UnseenMove> unseenMoves(String action) {
        List<UnseenMove> unseen = new ArrayList<>();
        List<Attempt> of = begun(action);
        for (Attempt attempt : of) {
            for (UnseenMove done : attempt.doneMoves()) {
                boolean told = of.stream().anyMatch(a -> a.hasSeen(done.move()))
                        || unseen.stream().anyMatch(u -> u.move().equals(done.move()));
                if (!told && has(Safeguard.EXPLAIN_SCANS)) {
                    unseen.add(done);
                }
            }
        }
        return unseen;
    }

    /**
     * Closes an action that is over.
     *
     * @param retain whether a scan may still reveal what it did
     * @return names of its mark files, which have done their duty once what they explained is in the spool
     */
    public List<String> close(String action, boolean retain) {
        List<String> names = new ArrayList<>();
        for (Attempt attempt : begun(action)) {
            attempts.remove(attempt.key());
            if (retain) {
                retained.add(attempt);
            } else {
                seen.forget(action);
            }
            names.add(attempt.key().beginName());
            names.add(attempt.key().endName());
        }
        closedNames.addAll(names);
        return names;
    }

    /** No scan is under way any more: what was closed meanwhile explains nothing further. */
    public void releaseRetained() {
        retained.forEach(attempt -> seen.forget(attempt.key().action()));
        retained.clear();
    }

    /** A mark file has been deleted. */
    public void deleted(String name) {
        closedNames.remove(name);
    }

    // Inside windows

    /** The action that declared this move, if its window is open. */
    public Optional<Causation> ownMove(Place from, Subject moved) {
        return first(inWindows(), a -> a.takesMove(from, moved));
    }

    /** The action that declared that the file leaves its place, if its window is open. */
    public Optional<Causation> ownDeparture(Subject gone) {
        return first(inWindows(), a -> a.takesDeparture(gone));
    }

    /** The action that declared that a file comes to this place, if its window is open. */
    public Optional<Causation> ownArrival(Subject come) {
        return first(inWindows(), a -> a.takesArrival(come));
    }

    /** The action that declared a change of the file's attributes, if its window is open. */
    public Optional<Causation> ownAttributes(Subject file) {
        return first(inWindows(), a -> a.declaresAttributes(file) || anyAspect(a, file));
    }

    /** The action that declared a change of the file's content, if its window is open. */
    public Optional<Causation> ownContent(Subject file) {
        return first(inWindows(), a -> a.declaresContent(file) || anyAspect(a, file));
    }

    /** The action that declared anything of the file, if its window is open: it may open and read what it works on. */
    public Optional<Causation> ownAccess(Subject file) {
        return first(inWindows(), a -> a.declaresAnything(file));
    }

    /** Whether the file lies in the scope of an open window, where no values are declared. */
    public boolean inOpenScope(Place place) {
        return inWindows().stream().anyMatch(a -> a.inScope(place));
    }

    // Outside windows, and at the end

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
            refresh(file.place().volume());
            List<Attempt> unread = attempts.values().stream()
                    .filter(a -> a.phase() == Attempt.Phase.UNREAD)
                    .toList();
            if (differing.stream().allMatch(f -> declares(unread, f, file, f.of(now)))) {
                return Verdict.AHEAD;
            }
        }
        return Verdict.FOREIGN;
    }

    /**
     * Compares a file at the end of an action.
     *
     * @return whether somebody else changed its attributes since they were last known
     */
    public boolean changedByOthers(String action, Subject file, Entry entry, FileStat now) {
        FileStat known = entry.known();
        if (known == null || !has(Safeguard.COMPARE_AT_END)) {
            return false;
        }
        if (now.ctime() == entry.shownCtime()
                && AttributeField.differing(known, now).isEmpty()) {
            return false; // Nothing has happened since this state was published.
        }
        refresh(file.place().volume());
        List<Attempt> of = begun(action);
        for (AttributeField field : AttributeField.values()) {
            if (field == AttributeField.LINKS && now.isDirectory()) {
                continue;
            }
            OptionalLong declared = lastDeclared(of, field, file);
            if (declared.isEmpty() && !has(Safeguard.FIELD_BY_FIELD)) {
                continue;
            }
            long expected = declared.orElse(field.of(known));
            boolean joint = has(Safeguard.JOINT) && declares(all(), field, file, field.of(now));
            if (field.of(now) != expected && !joint) {
                return true;
            }
        }
        return false;
    }

    // What scans reveal

    /** The action that may have made the difference between what was known and what a scan found: all fields are declared. */
    public Optional<Causation> explainAttributes(Subject file, FileStat known, FileStat now) {
        refresh(file.place().volume());
        List<AttributeField> differing = AttributeField.differing(known, now);
        boolean explained = has(Safeguard.EXPLAIN_SCANS)
                && differing.stream().allMatch(f -> f == AttributeField.LINKS || declares(all(), f, file, f.of(now)));
        return explained
                ? first(all(), a -> a.declaresAttributes(file))
                : first(all(), a -> has(Safeguard.EXPLAIN_SCANS) && a.inScope(file.place()));
    }

    /** The action that declared this move, wherever its marks are. */
    public Optional<Causation> explainMove(Place from, Subject moved) {
        return explain(moved.place(), a -> a.takesMove(from, moved));
    }

    /** A move is published that no action explains: where the file is has been told, whatever actions did before. */
    public void foreignMove(Subject moved) {
        all().forEach(attempt -> attempt.toldMove(moved));
    }

    /** The action that declared that the file leaves its place, wherever its marks are. */
    public Optional<Causation> explainDeparture(Subject gone) {
        return explain(gone.place(), a -> a.takesDeparture(gone));
    }

    /** The action that declared that a file comes to this place, wherever its marks are. */
    public Optional<Causation> explainArrival(Subject come) {
        return explain(come.place(), a -> a.takesArrival(come));
    }

    /** The action that declared a change of the file's content, wherever its marks are. */
    public Optional<Causation> explainContent(Subject file) {
        return explain(file.place(), a -> a.declaresContent(file));
    }

    private Optional<Causation> explain(Place place, Predicate<Attempt> test) {
        if (!has(Safeguard.EXPLAIN_SCANS)) {
            return Optional.empty();
        }
        refresh(place.volume());
        return first(all(), test);
    }

    private void refresh(String volume) {
        Predicate<String> known = name -> closedNames.contains(name) || isKnown(name);
        for (BeginMark mark : disk.begun(volume, known)) {
            attempts.putIfAbsent(new Attempt.Key(mark.actionId(), mark.attempt()), new Attempt(mark, globs, seen));
        }
    }

    private boolean isKnown(String name) {
        return MarkName.parse(name)
                .filter(m -> attempts.containsKey(new Attempt.Key(m.actionId(), m.attempt())))
                .isPresent();
    }

    private boolean anyAspect(Attempt attempt, Subject file) {
        return !has(Safeguard.ASPECTS) && attempt.declaresAnything(file);
    }

    private List<Attempt> inWindows() {
        if (attempts.isEmpty()) {
            return List.of();
        }
        return attempts.values().stream()
                .filter(a -> a.phase() != Attempt.Phase.UNREAD)
                .toList();
    }

    private List<Attempt> open() {
        return attempts.values().stream()
                .filter(a -> a.phase() == Attempt.Phase.OPEN)
                .toList();
    }

    private List<Attempt> begun(String action) {
        return inWindows().stream().filter(a -> a.key().action().equals(action)).toList();
    }

    private List<Attempt> all() {
        List<Attempt> all = new ArrayList<>(attempts.values());
        all.addAll(retained);
        return all;
    }

    private static Optional<Causation> first(List<Attempt> of, Predicate<Attempt> test) {
        for (Attempt attempt : of) {
            if (test.test(attempt)) {
                return Optional.of(attempt.mark().causation());
            }
        }
        return Optional.empty();
    }

    private static OptionalLong lastDeclared(List<Attempt> of, AttributeField field, Subject file) {
        OptionalLong value = OptionalLong.empty();
        for (Attempt attempt : of) {
            OptionalLong here = attempt.declared(field, file, true);
            value = here.isPresent() ? here : value;
        }
        return value;
    }

    private static boolean declares(List<Attempt> of, AttributeField field, Subject file, long value) {
        for (Attempt attempt : of) {
            OptionalLong here = attempt.declared(field, file, false);
            if (here.isPresent() && here.getAsLong() == value) {
                return true;
            }
        }
        return false;
    }
}
