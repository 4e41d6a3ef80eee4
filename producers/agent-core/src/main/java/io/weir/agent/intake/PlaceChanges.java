package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.marks.Subject;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Place;
import io.weir.schemas.topic.Causation;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Files come and move. */
final class PlaceChanges {
    private final Workbench bench;
    private final StateChanges states;
    private final ActiveScans scans;
    private final BiConsumer<Place, Causation> directoryMovedIn;
    private final Exchanges exchanges;
    private final Origins origins;
    private final Departures departures;
    /** What was told to have moved before the stream told that it came. */
    private final Set<Long> ahead = Collections.newSetFromMap(new Recent<>());

    /** @param directoryMovedIn told of directories that an action moved in: all that is found below is its doing, too */
    PlaceChanges(Workbench bench, StateChanges states, BiConsumer<Place, Causation> directoryMovedIn) {
        this.bench = bench;
        this.states = states;
        this.scans = bench.scans();
        this.directoryMovedIn = directoryMovedIn;
        this.exchanges = new Exchanges(bench);
        this.origins = new Origins(bench);
        this.departures = new Departures(bench, states, exchanges, ahead);
    }

    Departures departures() {
        return departures;
    }

    static boolean isArrivalOrDeparture(String type) {
        return switch (type) {
            case EventType.CREATED, EventType.MOVED_IN, EventType.MOVED_OUT, EventType.DELETED -> true;
            default -> false;
        };
    }

    static boolean isMove(String type) {
        return type.equals(EventType.MOVED_IN) || type.equals(EventType.MOVED);
    }

    static boolean isArrival(String type) {
        return type.equals(EventType.CREATED) || type.equals(EventType.MOVED_IN) || type.equals(EventType.MOVED);
    }

    Outcome created(Change change) {
        Entry there = bench.baseline().find(change.place()).orElse(null);
        if (there != null && there.is(Flag.IMPLIED)) {
            return arrived(change, there);
        }
        if (there != null) {
            boolean same = isKnownAs(there, change);
            if (same && !there.is(Flag.SILENT)) {
                return Outcome.NO_NEWS;
            }
            if (!same && !there.is(Flag.SILENT)) {
                departures.displaced(there, change.place(), change.observedAt());
            } else {
                departures.drop(there);
            }
        }
        return arrived(change, null);
    }

    /** Whether what was created is what is known there: a scan has told of it before. */
    private boolean isKnownAs(Entry there, Change created) {
        if (created.stat() != null) {
            return there.isFile(created.stat());
        }
        boolean sameKind = there.known() == null || there.isDirectory() == created.directory();
        return sameKind && !scans.isUnseen(there, created.place());
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
            departures.drop(there);
            exchanges.cameInOver(change.place());
        }
        Optional<Place> from = origins.of(change);
        if (from.isPresent()) {
            FileStat now = change.stat();
            Change move = new Change(
                    change.observedAt(), EventType.MOVED, change.place(), from.get(), change.directory(), now);
            return moved(move, from.get(), true, nowNanos);
        }
        if (change.stat() == null && bench.judge().isToldInChain(change.place())) {
            return Outcome.NO_NEWS;
        }
        return arrived(change, null);
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
            return publishMove(change, from, Subject.of(to, target, change.stat()), change.stat(), isAhead);
        }
        if (source == null
                && target == null
                && change.stat() == null
                && bench.judge().isTold(from, to)) {
            return Outcome.NO_NEWS; // It was found further on, and has been told to be there.
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
            departures.leave(source, from);
        }
        if (target != null) {
            departures.drop(target);
            if (surelyKnown) {
                exchanges.replaced(change, from, target);
            }
        }
        Subject subject = Subject.of(to, source, change.stat());
        if (source == null) {
            scans.moved(from, to);
            bench.baseline().add(to, change.stat(), flagsOfNew(change.stat(), false, false));
            return publishMove(change, from, subject, change.stat(), isAhead);
        }
        FileStat shown = change.stat() == null && isAhead ? source.known() : change.stat();
        Outcome outcome = publishMove(change, from, subject, shown, isAhead);
        relink(source.id(), to, change, isAhead, nowNanos);
        if (isAhead) {
            ahead.add(source.id());
        }
        return outcome;
    }

    /** Not if a comparison is still to come upon it, nor if what was read of it, late, is of the very file that replaces it. */
    private boolean isSurelyKnown(Entry target, Place to, Entry source) {
        return !scans.isStale(target, to) && (target.known() == null || !target.isFile(source.known()));
    }

    private Outcome exchanged(Change change, Place from, Entry source, Entry target, long nowNanos) {
        Place to = change.place();
        departures.leave(source, from);
        departures.leave(target, to);
        Outcome outcome = publishMove(change, from, Subject.of(to, source, change.stat()), change.stat(), false);
        Entry other = bench.baseline().find(target.id()).orElseThrow();
        // no entry has a name with NUL
        bench.move(other, new Place(to.volume(), to.path() + "\0"));
        relink(source.id(), to, change, false, nowNanos);
        cameBack(bench.move(bench.baseline().find(other.id()).orElseThrow(), from), from, change.observedAt());
        exchanges.toldBoth(from, to);
        return outcome;
    }

    /** What an exchange has displaced is where the other file was, with all below it, parents first. */
    private Outcome cameBack(Entry entry, Place place, long observedAt) {
        Optional<Causation> own = bench.judge().ownArrival(Subject.of(place, entry, entry.known()));
        Outcome outcome = bench.publish(Draft.live(observedAt, EventType.MOVED_IN, place, entry.known(), own));
        if (entry.isDirectory()) {
            for (Entry child : bench.baseline().children(entry.id())) {
                cameBack(child, place.child(child.name()), observedAt);
            }
        }
        return outcome;
    }

    private Outcome publishMove(Change change, Place from, Subject subject, @Nullable FileStat shown, boolean ahead) {
        Optional<Causation> own = bench.judge().ownMove(from, subject);
        if (own.isEmpty()) {
            Optional<String> another = anotherThanKnown(change, from);
            own = another.flatMap(
                    file -> bench.judge().ownMove(from, new Subject(subject.place(), subject.entry(), file)));
        }
        if (ahead && own.isEmpty()) {
            own = bench.judge().explainMove(from, subject);
        }
        if (own.isEmpty()) {
            bench.judge().foreignMove(subject);
        }
        if (from.volume().equals(change.place().volume())) {
            return bench.publish(Draft.moved(change.observedAt(), from, change.place(), shown, false, own));
        }
        bench.publish(Draft.live(change.observedAt(), EventType.MOVED_OUT, from, shown, own));
        return bench.publish(Draft.live(change.observedAt(), EventType.MOVED_IN, change.place(), shown, own));
    }

    /**
     * The id of the file that moved, empty if not known, should what was read under its old name, late, have been another: it
     * came to its new place, or the one that is known is still at the old.
     */
    private Optional<String> anotherThanKnown(Change change, Place from) {
        FileStat now = change.stat();
        Entry known = bench.baseline().find(from).orElse(null);
        if (known == null || (now == null ? bench.isGone(known, from) : known.isFile(now))) {
            return Optional.empty();
        }
        return Optional.of(now == null ? "" : now.fileId());
    }

    private void relink(long id, Place to, Change change, boolean ahead, long nowNanos) {
        Entry entry = bench.baseline().find(id).orElseThrow();
        Entry moved = bench.move(entry, to).without(Flag.SILENT, Flag.IMPLIED);
        bench.baseline().save(moved);
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
        if (moved.is(Flag.SCOPE_OWED)) {
            moved = moved.scopeSettled(now);
            bench.baseline().save(moved);
        }
        if (moved.is(Flag.CONTENT_OWED) && !ahead) { // else the scan that comes upon it compares
            moved = moved.contentSettled(now);
            bench.baseline().save(moved);
        }
        if (moved.is(Flag.ATTRIBUTES_OWED)) {
            states.settleOwed(moved, change, now);
        }
        if (moved.is(Flag.UNSETTLED)) {
            // Perhaps no poll will look at it here.
            states.oweWritten(bench.baseline().find(id).orElseThrow(), now, change.observedAt(), nowNanos);
        }
    }
}
