package io.weir.agent.marks;

import io.weir.agent.source.Place;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.MarkName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which attempts have begun, as the stream told, and which of them are open; which lie on disk unread; which are closed but
 * may still explain what a scan reveals. For one thread at a time.
 */
public final class Windows {
    /** The marks directory, asked for begin marks that have not come through the stream. */
    public interface UnreadMarks {
        /** The begin marks that lie there now, but for those that {@code known} knows. */
        Collection<BeginMark> begun(String volume, Predicate<String> known);
    }

    /**
     * An attempt of a closed action.
     *
     * @param beside attempts that were open then, on the same files
     */
    private record Closed(Attempt attempt, List<Attempt> beside) {}

    private final UnreadMarks disk;
    private final SeenEffects seen;
    private final ActionNotes notes;
    private final Suppositions suppositions;
    private final Function<String, Predicate<String>> globs;
    private final KnownFiles files;
    private final Set<Safeguard> safeguards;
    /** In the order in which they were begun or found. */
    private final Map<Attempt.Key, Attempt> attempts = new LinkedHashMap<>();
    /** Closed, but what they did may still have to be explained. */
    private final List<Closed> retained = new ArrayList<>();

    private final ClosedMarks closedMarks;
    /** How many begins and ends have come. */
    private long order;

    Windows(
            UnreadMarks disk,
            SeenEffects seen,
            Function<String, Predicate<String>> globs,
            KnownFiles files,
            Set<Safeguard> safeguards) {
        this.disk = disk;
        this.files = files;
        this.seen = seen;
        this.notes = new ActionNotes(seen);
        this.suppositions = new Suppositions(this, notes);
        this.globs = globs;
        this.safeguards = safeguards;
        this.closedMarks = new ClosedMarks(seen);
    }

    /** What was taken to be actions' doing. */
    public Suppositions suppositions() {
        return suppositions;
    }

    /** The attempts that are closed, and whose mark files are still there. */
    ClosedMarks closedMarks() {
        return closedMarks;
    }

    /** A begin mark came through the stream. One that is known already changes nothing. */
    public void begin(BeginMark mark) {
        Attempt.Key key = Attempt.Key.of(mark);
        if (closedMarks.contains(key.beginName())) {
            return;
        }
        Attempt attempt = attempts.computeIfAbsent(key, k -> new Attempt(mark, globs, seen, notes, files));
        if (attempt.phase() == Attempt.Phase.UNREAD) {
            attempts.remove(key);
            attempts.put(key, attempt);
            attempt.begin(++order);
        }
    }

    /**
     * An end mark came through the stream.
     *
     * @param done what the attempt did; null if nobody knows
     */
    public void end(String action, int attempt, @Nullable List<Effect> done) {
        Attempt ended = attempts.get(new Attempt.Key(action, attempt));
        if (ended == null || ended.phase() != Attempt.Phase.OPEN) {
            return;
        }
        end(ended, ++order, done);
        if (!safeguards.contains(Safeguard.EVERY_ATTEMPT)) {
            open().stream().filter(a -> a.key().action().equals(action)).forEach(a -> a.end(order));
        }
    }

    private static void end(Attempt attempt, long at, @Nullable List<Effect> done) {
        if (done == null) {
            attempt.end(at);
        } else {
            attempt.end(at, done);
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
            // If an attempt before it is closed, what it found done was told then.
            boolean all = of.stream()
                            .filter(a -> a.key().attempt() < attempt.key().attempt())
                            .count()
                    == attempt.key().attempt() - 1;
            for (UnseenMove done : all ? attempt.doneMoves() : List.<UnseenMove>of()) {
                boolean told = of.stream().anyMatch(a -> a.places().hasSeen(done.move()))
                        || unseen.stream().anyMatch(u -> u.move().equals(done.move()));
                if (!told && safeguards.contains(Safeguard.EXPLAIN_SCANS)) {
                    unseen.add(done);
                }
            }
        }
        return unseen;
    }

    /**
     * Closes an action that is over. It still explains values and moves until {@link #release}.
     *
     * @return its attempts
     */
    public List<BeginMark> close(String action) {
        notes.close(action);
        List<Attempt> closed = begun(action);
        for (Attempt attempt : closed) {
            attempts.remove(attempt.key());
            retain(attempt);
        }
        return closed.stream().map(Attempt::mark).toList();
    }

    private void retain(Attempt closed) {
        List<Attempt> beside = safeguards.contains(Safeguard.BESIDE)
                ? inWindows().stream().filter(closed::isBeside).toList()
                : List.of();
        retained.add(new Closed(closed, beside));
        closedMarks.add(closed.key());
    }

    /**
     * An attempt that a process before this one closed, and did not let go: it explains what it still may. To be told when
     * those are known that are not closed.
     *
     * @param done what the attempt did; null if nobody knows
     */
    void restore(BeginMark mark, @Nullable List<Effect> done) {
        Attempt attempt = new Attempt(mark, globs, seen, notes, files);
        attempt.begin(0);
        end(attempt, Attempt.NEVER, done);
        retain(attempt);
    }

    /**
     * Lets go of closed actions while no scan is under way that may reveal what they did, but for those beside which another
     * is open on the same file: what that finds at its end may be their doing.
     *
     * @return their attempts, whose mark files have done their duty once what they explained is in the spool
     */
    public List<BeginMark> release() {
        List<BeginMark> released = new ArrayList<>();
        for (Closed closed : List.copyOf(retained)) {
            if (closed.beside().stream().noneMatch(a -> attempts.get(a.key()) == a)) {
                retained.remove(closed);
                released.add(closed.attempt().mark());
            }
        }
        released.stream()
                .map(BeginMark::actionId)
                .filter(action -> retained.stream()
                        .noneMatch(c -> c.attempt().key().action().equals(action)))
                .forEach(action -> {
                    notes.close(action);
                    seen.forget(action);
                });
        return released;
    }

    /** Reads begin marks that have not come through the stream. */
    void refresh(String volume) {
        Predicate<String> known = name -> closedMarks.contains(name) || isKnown(name);
        for (BeginMark mark : disk.begun(volume, known)) {
            attempts.putIfAbsent(
                    new Attempt.Key(mark.actionId(), mark.attempt()), new Attempt(mark, globs, seen, notes, files));
        }
    }

    private boolean isKnown(String name) {
        return MarkName.parse(name)
                .filter(m -> attempts.containsKey(new Attempt.Key(m.actionId(), m.attempt())))
                .isPresent();
    }

    /**
     * A directory is about to be moved in the baseline.
     *
     * @param directory id of its entry
     */
    public void directoryMoves(long directory, Place from) {
        all().forEach(attempt -> attempt.directoryMoves(directory, from));
    }

    /** The attempts whose action has begun and is not closed. */
    List<Attempt> inWindows() {
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

    /** The attempts of an action that have begun. */
    List<Attempt> begun(String action) {
        return inWindows().stream().filter(a -> a.key().action().equals(action)).toList();
    }

    /** All that may explain what a scan reveals; who is closed or has begun was first, and so explains first. */
    List<Attempt> all() {
        List<Attempt> all = new ArrayList<>();
        retained.forEach(closed -> all.add(closed.attempt()));
        all.addAll(inWindows());
        all.addAll(unread());
        return all;
    }

    /** The attempts that have begun, whether their action is closed or not. */
    List<Attempt> begun() {
        return all().stream().filter(a -> a.phase() != Attempt.Phase.UNREAD).toList();
    }

    /** The attempts whose begin mark is on disk and has not come through the stream. */
    List<Attempt> unread() {
        return attempts.values().stream()
                .filter(a -> a.phase() == Attempt.Phase.UNREAD)
                .toList();
    }
}
