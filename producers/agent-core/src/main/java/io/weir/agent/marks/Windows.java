package io.weir.agent.marks;

import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.MarkName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

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

    private final UnreadMarks disk;
    private final SeenEffects seen;
    private final ScopedEvents scoped;
    private final Function<String, Predicate<String>> globs;
    private final Set<Safeguard> safeguards;
    /** In the order in which they were begun or found. */
    private final Map<Attempt.Key, Attempt> attempts = new LinkedHashMap<>();
    /** Closed while a scan may still reveal what they did. */
    private final List<Attempt> retained = new ArrayList<>();
    /** Files of closed attempts that have not been deleted yet. */
    private final Set<String> closedNames = new HashSet<>();

    Windows(UnreadMarks disk, SeenEffects seen, Function<String, Predicate<String>> globs, Set<Safeguard> safeguards) {
        this.disk = disk;
        this.seen = seen;
        this.scoped = new ScopedEvents(seen);
        this.globs = globs;
        this.safeguards = safeguards;
    }

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
            if (attempt.hasScope()) {
                scoped.recall(key.action());
            }
        }
    }

    /** An end mark came through the stream. */
    public void end(String action, int attempt, List<Effect> done) {
        Attempt ended = attempts.get(new Attempt.Key(action, attempt));
        if (ended == null || ended.phase() != Attempt.Phase.OPEN) {
            return;
        }
        ended.end(done);
        if (!safeguards.contains(Safeguard.EVERY_ATTEMPT)) {
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

    /** An event was taken for an action's own by scope alone: it may turn out that no program caused it. */
    public void tookByScope(ScopedEvent event) {
        inWindows().stream()
                .filter(attempt -> attempt.inScope(event.place()))
                .map(attempt -> attempt.key().action())
                .distinct()
                .forEach(action -> scoped.add(action, event));
    }

    /**
     * What was taken for an action's own by scope, and no program says that it changed it; to be asked when the action is
     * over, before it is closed. Of a program that does not say what it changed, or whose outcome is not known, all in its
     * scope is its own. What another action may have caused that is not over is left to that.
     */
    public List<ScopedEvent> unreported(String action) {
        List<Attempt> of = begun(action).stream().filter(Attempt::hasScope).toList();
        if (of.isEmpty()) {
            return List.of();
        }
        return scoped.settle(
                action, of.get(0).mark().volume(), place -> of.stream().anyMatch(a -> a.inScope(place)));
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
     * Closes an action that is over.
     *
     * @param retain whether a scan may still reveal what it did
     * @return names of its mark files, which have done their duty once what they explained is in the spool
     */
    public List<String> close(String action, boolean retain) {
        List<String> names = new ArrayList<>();
        scoped.close(action);
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

    /** Reads begin marks that have not come through the stream. */
    void refresh(String volume) {
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

    /** All that may explain what a scan reveals. */
    List<Attempt> all() {
        List<Attempt> all = new ArrayList<>(attempts.values());
        all.addAll(retained);
        return all;
    }

    /** The attempts whose begin mark is on disk and has not come through the stream. */
    List<Attempt> unread() {
        return attempts.values().stream()
                .filter(a -> a.phase() == Attempt.Phase.UNREAD)
                .toList();
    }
}
