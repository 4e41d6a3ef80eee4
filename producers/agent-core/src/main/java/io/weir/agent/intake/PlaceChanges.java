package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.marks.Subject;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Place;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Keys;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Files come, go and move. */
final class PlaceChanges {
    private final Workbench bench;
    private final StateChanges states;
    private final ActiveScans scans;
    private final BiConsumer<Place, Causation> directoryMovedIn;
    private final Exchanges exchanges;
    private final Departed departed = new Departed();
    /** What was told to have moved before the stream told that it came. */
    private final Set<Long> ahead = Collections.newSetFromMap(new Recent<>());

    /** @param directoryMovedIn told of directories that an action moved in: all that is found below is its doing, too */
    PlaceChanges(
            Workbench bench, StateChanges states, ActiveScans scans, BiConsumer<Place, Causation> directoryMovedIn) {
        this.bench = bench;
        this.states = states;
        this.scans = scans;
        this.directoryMovedIn = directoryMovedIn;
        this.exchanges = new Exchanges(bench);
    }

    static boolean isArrivalOrDeparture(String type) {
        return switch (type) {
            case EventType.CREATED, EventType.MOVED_IN, EventType.MOVED_OUT, EventType.DELETED -> true;
            default -> false;
        };
    }

    Outcome created(Change change) {
        Entry there = bench.baseline().find(change.place()).orElse(null);
        if (there != null && there.is(Flag.IMPLIED)) {
            return arrived(change, there);
        }
        if (there != null) {
            boolean same = change.stat() == null || there.isFile(change.stat());
            if (same && !there.is(Flag.SILENT)) {
                return Outcome.NO_NEWS;
            }
            if (!same && !there.is(Flag.SILENT)) {
                gone(there, change.place(), change.observedAt());
            } else {
                drop(there);
            }
        }
        return arrived(change, null);
    }

    Outcome movedIn(Change change, long nowNanos) {
        Entry there = bench.baseline().find(change.place()).orElse(null);
        if (there != null && there.is(Flag.IMPLIED)) {
            return arrived(change, there);
        }
        if (there != null) {
            boolean same = change.stat() == null ? ahead.remove(there.id()) : there.isFile(change.stat());
            if (same && !there.is(Flag.SILENT)) {
                return Outcome.NO_NEWS;
            }
            drop(there);
            exchanges.cameInOver(change.place());
        }
        Optional<Place> from = leftUnseen(change);
        if (from.isPresent()) {
            FileStat now = change.stat();
            Change move = new Change(
                    change.observedAt(), EventType.MOVED, change.place(), from.get(), change.directory(), now);
            return moved(move, from.get(), true, nowNanos);
        }
        return arrived(change, null);
    }

    /** Where the baseline has a file that is there no more: it left a directory that a scan has not watched yet. */
    private Optional<Place> leftUnseen(Change change) {
        FileStat now = change.stat();
        if (now == null || scans.isEmpty() || (now.linkCount() > 1 && !now.isDirectory())) {
            return Optional.empty();
        }
        return bench.baseline().byFileId(now.fileId()).stream()
                .filter(entry -> entry.isFile(now) && !entry.is(Flag.IMPLIED))
                .filter(entry -> bench.isGone(entry, bench.baseline().place(entry)))
                .map(bench.baseline()::place)
                .findFirst();
    }

    private Outcome arrived(Change change, @Nullable Entry implied) {
        Optional<Causation> own = bench.judge().ownArrival(Subject.of(change.place(), null, change.stat()));
        boolean created = change.type().equals(EventType.CREATED);
        bench.add(change.place(), implied, change.stat(), flagsOfNew(change.stat(), own.isPresent(), created));
        if (!created && change.directory()) {
            own.ifPresent(causation -> directoryMovedIn.accept(change.place(), causation));
        }
        return bench.publish(Draft.live(change.observedAt(), change.type(), change.place(), change.stat(), own));
    }

    /** A new file's first reading is late: what it shows of attributes and content is not judged by it. */
    static Flag[] flagsOfNew(@Nullable FileStat now, boolean own, boolean maybeOpen) {
        boolean perhapsFile = now == null || (now.kind().equals("file") && now.linkCount() <= 1);
        boolean unclosed = maybeOpen && !own && perhapsFile;
        return unclosed
                ? new Flag[] {Flag.ATTRIBUTES_UNSHOWN, Flag.CONTENT_UNSHOWN, Flag.UNCLOSED}
                : new Flag[] {Flag.ATTRIBUTES_UNSHOWN, Flag.CONTENT_UNSHOWN};
    }

    /** What was last known of a file that an action has moved away, and that now came into sight again. */
    Optional<FileStat> lastKnown(FileStat now) {
        return departed.take(now);
    }

    /** Events were lost. */
    void blind() {
        exchanges.forget();
        ahead.clear();
    }

    /** @param isAhead whether the new place is ahead of the stream: other moves may lie between */
    Outcome moved(Change change, Place from, boolean isAhead, long nowNanos) {
        Place to = change.place();
        if (exchanges.isToldAlready(from, to)) {
            return Outcome.NO_NEWS;
        }
        Entry source = bench.baseline().find(from).orElse(null);
        Entry target = bench.baseline().find(to).orElse(null);
        if (source == null && target != null && (change.stat() == null || target.isFile(change.stat()))) {
            if (!target.is(Flag.SILENT)) {
                return Outcome.NO_NEWS;
            }
            bench.baseline().save(target.without(Flag.SILENT));
            return publishMove(change, from, Subject.of(to, target, change.stat()), isAhead);
        }
        boolean surelyKnown = source != null && target != null && isSurelyKnown(target, to, source);
        if (source != null && target != null && surelyKnown && exchanges.isFirstHalf(change, from, target)) {
            return exchanged(change, from, source, target, nowNanos);
        }
        Optional<Entry> displaced =
                source != null && target == null ? exchanges.lateSecondHalf(change, from) : Optional.empty();
        if (displaced.isPresent()) {
            Entry added = bench.baseline().add(to, displaced.get().known());
            bench.baseline().save(added.with(displaced.get()));
            return cameBack(added, to, change.observedAt());
        }
        if (source != null) {
            leave(source, from);
        }
        if (target != null) {
            drop(target);
            if (surelyKnown) {
                exchanges.replaced(change, from, target);
            }
        }
        Subject subject = Subject.of(to, source, change.stat());
        if (source == null) {
            bench.baseline().add(to, change.stat(), flagsOfNew(change.stat(), false, false));
            return publishMove(change, from, subject, isAhead);
        }
        Outcome outcome = publishMove(change, from, subject, isAhead);
        relink(source.id(), to, change, isAhead, nowNanos);
        if (isAhead) {
            ahead.add(source.id());
        }
        if (change.directory()) {
            scans.moved(from, to);
        }
        return outcome;
    }

    /** Not if a comparison is still to come upon it, nor if what was read of it, late, is of the very file that replaces it. */
    private boolean isSurelyKnown(Entry target, Place to, Entry source) {
        return !scans.isStale(target, to) && (target.known() == null || !target.isFile(source.known()));
    }

    private Outcome exchanged(Change change, Place from, Entry source, Entry target, long nowNanos) {
        Place to = change.place();
        leave(source, from);
        leave(target, to);
        Outcome outcome = publishMove(change, from, Subject.of(to, source, change.stat()), false);
        Entry other = bench.baseline().find(target.id()).orElseThrow();
        // no entry has a name with NUL
        bench.baseline().move(other, new Place(to.volume(), to.path() + "\0"));
        relink(source.id(), to, change, false, nowNanos);
        cameBack(
                bench.baseline().move(bench.baseline().find(other.id()).orElseThrow(), from),
                from,
                change.observedAt());
        exchanges.toldBoth(from, to);
        return outcome;
    }

    /** What an exchange has displaced is where the other file was, with all below it, parents first. */
    private Outcome cameBack(Entry entry, Place place, long observedAt) {
        Optional<Causation> own = bench.judge().ownArrival(Subject.of(place, entry, entry.known()));
        Outcome outcome = bench.publish(Draft.live(observedAt, EventType.MOVED_IN, place, entry.known(), own));
        if (entry.isDirectory()) {
            for (Entry child : bench.baseline().children(entry.id())) {
                cameBack(child, below(place, child.name()), observedAt);
            }
        }
        return outcome;
    }

    private Outcome publishMove(Change change, Place from, Subject subject, boolean ahead) {
        Optional<Causation> own = bench.judge().ownMove(from, subject);
        if (ahead && own.isEmpty()) {
            own = bench.judge().explainMove(from, subject);
        }
        if (own.isEmpty()) {
            bench.judge().foreignMove(subject);
        }
        if (from.volume().equals(change.place().volume())) {
            return bench.publish(Draft.moved(change.observedAt(), from, change.place(), change.stat(), false, own));
        }
        bench.publish(Draft.live(change.observedAt(), EventType.MOVED_OUT, from, change.stat(), own));
        return bench.publish(Draft.live(change.observedAt(), EventType.MOVED_IN, change.place(), change.stat(), own));
    }

    private void relink(long id, Place to, Change change, boolean ahead, long nowNanos) {
        Entry entry = bench.baseline().find(id).orElseThrow();
        Entry moved = bench.baseline().move(entry, to);
        FileStat now = change.stat();
        if (now == null) {
            return;
        }
        if (!moved.isFile(now)) {
            // What was read under its old name, late, was another file; or another has replaced it here, and will be
            // told.
            bench.baseline().save(moved.renewed(now, flagsOfNew(now, false, moved.is(Flag.UNCLOSED))));
            return;
        }
        if (moved.known() == null) {
            moved = moved.withKnown(now);
            bench.baseline().save(moved);
        }
        if (moved.is(Flag.SILENT) || moved.is(Flag.IMPLIED)) {
            moved = moved.without(Flag.SILENT, Flag.IMPLIED);
            bench.baseline().save(moved);
        }
        if (moved.is(Flag.SCOPE_OWED)) {
            moved = states.settleScope(moved, now);
        }
        if (moved.is(Flag.CONTENT_OWED) && !ahead) { // else the scan that comes upon it compares
            moved = states.settleOwedContent(moved, now);
        }
        if (moved.is(Flag.ATTRIBUTES_OWED)) {
            states.settleOwed(moved, to, now, change.observedAt());
        }
        if (moved.is(Flag.UNSETTLED)) {
            // Perhaps no poll will look at it here.
            states.oweWritten(bench.baseline().find(id).orElseThrow(), now, change.observedAt(), nowNanos);
        }
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
        Optional<Causation> own = bench.judge().ownDeparture(Subject.of(change.place(), entry, null), deleted);
        FileStat last = bench.baseline().find(entry.id()).orElse(entry).known();
        if (own.isPresent() && !deleted && last != null) {
            departed.add(last);
        }
        drop(entry);
        return bench.publish(Draft.live(change.observedAt(), change.type(), change.place(), last, own));
    }

    /** A file is no longer where the baseline has it, as a comparison revealed: with all below it, children first. */
    void gone(Entry entry, Place place, long observedAt) {
        gone(entry, place, observedAt, false);
    }

    /** @param withDirectory whether its directory is gone, too */
    private void gone(Entry entry, Place place, long observedAt, boolean withDirectory) {
        Place last = movedUnseen(entry, place, observedAt).orElse(place);
        goneBelow(entry, last, observedAt);
        Optional<Causation> own = bench.judge().explainDeparture(Subject.of(last, entry, null), withDirectory);
        drop(entry);
        bench.publish(Draft.reconstructed(observedAt, EventType.DELETED, last, entry.known(), own));
    }

    /** An action has moved it, to where it can be seen; so that it is not there is somebody else's doing. */
    private Optional<Place> movedUnseen(Entry entry, Place from, long observedAt) {
        List<Place> destinations = bench.judge().destinations(from, Subject.of(from, entry, null));
        for (Place to : destinations) {
            boolean covered = bench.baseline()
                    .find(parent(to))
                    .filter(directory -> !directory.is(Flag.IMPLIED))
                    .isPresent();
            Optional<Causation> own =
                    covered ? bench.judge().explainMove(from, Subject.of(to, entry, null)) : Optional.empty();
            if (own.isPresent()) {
                bench.publish(Draft.moved(observedAt, from, to, entry.known(), true, own));
                return Optional.of(to);
            }
        }
        return Optional.empty();
    }

    private static Place parent(Place place) {
        return new Place(place.volume(), Keys.parent(place.path()));
    }

    private void goneBelow(Entry entry, Place place, long observedAt) {
        if (entry.isDirectory()) {
            for (Entry child : bench.baseline().children(entry.id())) {
                gone(child, below(place, child.name()), observedAt, true);
            }
        }
    }

    /** What is still to be told of a file before it goes elsewhere. */
    void leave(Entry entry, Place from) {
        states.flushRun(entry, from);
        bench.baseline().find(entry.id()).ifPresent(e -> states.flushWritten(e, from));
    }

    private void drop(Entry entry) {
        ahead.remove(entry.id());
        bench.pending().forget(entry.id());
        bench.baseline().remove(entry);
    }

    static Place below(Place directory, String name) {
        String path = directory.path().equals("/") ? "/" + name : directory.path() + "/" + name;
        return new Place(directory.volume(), path);
    }
}
