package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.marks.Subject;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Place;
import io.weir.schemas.topic.Causation;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Files go: as the stream tells, or as scans reveal. */
final class Departures {
    private final Workbench bench;
    private final StateChanges states;
    private final ActiveScans scans;
    private final Exchanges exchanges;
    private final Set<Long> ahead;
    /** Files in a row that take each other's places. */
    private final Set<Long> displacing = new HashSet<>();

    /** @param ahead what was told to have moved before the stream told that it came */
    Departures(Workbench bench, StateChanges states, Exchanges exchanges, Set<Long> ahead) {
        this.bench = bench;
        this.states = states;
        this.scans = bench.scans();
        this.exchanges = exchanges;
        this.ahead = ahead;
    }

    /** Deleted, or moved out of sight. */
    Outcome departed(Change change) {
        Entry entry = bench.baseline().find(change.place()).orElse(null);
        if (entry == null) {
            return Outcome.NO_NEWS;
        }
        if (change.type().equals(EventType.MOVED_OUT) && exchanges.isStillThere(change.place(), entry)) {
            return Outcome.NO_NEWS;
        }
        if (change.type().equals(EventType.MOVED_OUT)) {
            leave(entry, change.place());
        } else {
            states.flushRun(entry, change.place());
            goneBelow(entry, change.place(), change.observedAt());
        }
        boolean deleted = change.type().equals(EventType.DELETED);
        Subject gone = Subject.of(change.place(), entry, null);
        Optional<Causation> own = bench.judge().ownDeparture(gone, deleted);
        FileStat last = bench.baseline().find(entry.id()).orElse(entry).known();
        drop(entry);
        return bench.publish(Draft.live(change.observedAt(), change.type(), change.place(), last, own));
    }

    /** A file is no longer where the baseline has it, as a comparison revealed: with all below it, children first. */
    void gone(Entry entry, Place place, long observedAt) {
        gone(entry, place, observedAt, false);
    }

    /** Another file is at its place. It is gone, unless an action has moved it to where a comparison is still to look for it. */
    void displaced(Entry entry, Place place, long observedAt) {
        if (!isMovedTo(entry, place, observedAt, scans.isComparing())) {
            gone(entry, place, observedAt);
        }
    }

    /** @param withDirectory whether its directory is gone, too */
    private void gone(Entry entry, Place place, long observedAt, boolean withDirectory) {
        if (isMovedTo(entry, place, observedAt, false)) {
            return;
        }
        Place last = movedUnseen(entry, place, observedAt).orElse(place);
        goneBelow(entry, last, observedAt);
        Optional<Causation> own =
                bench.judge().explainDeparture(Subject.of(last, entry, null), entry.known(), withDirectory);
        drop(entry);
        bench.publish(Draft.reconstructed(observedAt, EventType.DELETED, last, entry.known(), own));
    }

    /**
     * Whether an action has moved it to where it is, which the stream or a scan is still to tell.
     *
     * @param looked whether it will be looked for there
     */
    private boolean isMovedTo(Entry entry, Place from, long observedAt, boolean looked) {
        for (Place to : bench.judge().destinations(from, Subject.of(from, entry, null))) {
            boolean found = !bench.isGone(entry, to);
            if (found) {
                displacedBy(entry, to, observedAt);
            }
            if ((found || (looked && isCovered(to)))
                    && bench.baseline().find(to).isEmpty()) {
                Optional<Causation> own = bench.judge().explainMove(from, Subject.of(to, entry, null));
                if (own.isPresent()) {
                    leave(entry, from);
                    Entry moved = bench.move(bench.baseline().find(entry.id()).orElseThrow(), to);
                    ahead.add(moved.id());
                    scans.forgetSeen(moved.id());
                    bench.publish(Draft.moved(observedAt, from, to, moved.known(), true, own));
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * A file is at a place where the baseline still has another, which it may have replaced; or has the same, which was taken
     * for the one that had come there before, when its event was read late.
     */
    private void displacedBy(Entry entry, Place to, long observedAt) {
        Entry other = bench.baseline().find(to).orElse(null);
        if (other != null && other.known() != null && entry.isFile(other.known())) {
            drop(other);
            bench.baseline().save(entry.withKnown(other.known()).with(other));
        } else if (other != null && !other.isDirectory() && displacing.add(other.id())) {
            displaced(other, to, observedAt);
            displacing.remove(other.id());
        }
    }

    private boolean isCovered(Place place) {
        return bench.baseline()
                .find(place.parent())
                .filter(directory -> !directory.is(Flag.IMPLIED))
                .isPresent();
    }

    /** An action has moved it, to where it can be seen; so that it is not there is somebody else's doing. */
    private Optional<Place> movedUnseen(Entry entry, Place from, long observedAt) {
        for (Place to : bench.judge().destinations(from, Subject.of(from, entry, null))) {
            Optional<Causation> own =
                    isCovered(to) ? bench.judge().explainMove(from, Subject.of(to, entry, null)) : Optional.empty();
            if (own.isPresent()) {
                bench.publish(Draft.moved(observedAt, from, to, entry.known(), true, own));
                return Optional.of(to);
            }
        }
        return Optional.empty();
    }

    private void goneBelow(Entry entry, Place place, long observedAt) {
        if (entry.isDirectory()) {
            for (Entry child : bench.baseline().children(entry.id())) {
                gone(child, place.child(child.name()), observedAt, true);
            }
        }
    }

    /** What is still to be told of a file before it goes elsewhere. */
    void leave(Entry entry, Place from) {
        states.flushRun(entry, from);
        bench.baseline().find(entry.id()).ifPresent(e -> states.flushWritten(e, from));
    }

    /** It is not known any more. */
    void drop(Entry entry) {
        ahead.remove(entry.id());
        bench.pending().forget(entry.id());
        bench.remove(entry);
    }
}
