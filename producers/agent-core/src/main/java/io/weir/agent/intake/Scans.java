package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Closing;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.ScanFinished;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Place;
import io.weir.schemas.topic.Causation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tree against the baseline. Several scans may be under way, one within the other or side by side. */
final class Scans {
    /** What of the baseline outlives the process. */
    interface Roots {
        /** Whether a scan of this place from start to end is behind the baseline. */
        boolean isKnown(Place place);

        /** The scan of this place has come to its end. */
        void know(Place place);
    }

    private final Workbench bench;
    private final Roots roots;
    private final boolean emitFirst;
    private final ActiveScans active;
    private final Map<Place, Causation> movedIn = new HashMap<>();
    private final PlaceChanges places;
    private final FoundEntries entries;
    private final FoundStates states;
    private final Destinations destinations;

    Scans(Workbench bench, StateChanges states, Roots roots, boolean emitFirst) {
        this.bench = bench;
        this.roots = roots;
        this.emitFirst = emitFirst;
        this.active = bench.scans();
        this.places = new PlaceChanges(bench, states, movedIn::put);
        this.states = new FoundStates(bench, states);
        this.entries = new FoundEntries(bench, places, this.states);
        this.destinations = new Destinations(bench, places);
    }

    Destinations destinations() {
        return destinations;
    }

    PlaceChanges places() {
        return places;
    }

    /** Whether a scan is under way that may reveal what actions did. */
    boolean anyRevealing() {
        return active.anyRevealing();
    }

    Scan.Mode started(ScanStarted started) {
        Scan scan = scan(started);
        active.add(scan);
        return scan.mode();
    }

    private Scan scan(ScanStarted started) {
        Optional<Causation> cause = Optional.ofNullable(movedIn.remove(started.place()));
        return new Scan(started.place(), started.reason(), modeOf(started), cause, new HashMap<>(), new EntrySet());
    }

    private Scan.Mode modeOf(ScanStarted started) {
        return switch (started.reason()) {
            case CREATED_DIRECTORY -> Scan.Mode.CREATED;
            case MOVED_IN_DIRECTORY -> Scan.Mode.MOVED_IN;
            case REPAIR, POLL -> Scan.Mode.COMPARE;
            case START ->
                roots.isKnown(started.place()) ? Scan.Mode.COMPARE : emitFirst ? Scan.Mode.EMIT : Scan.Mode.RECORD;
        };
    }

    /** A live event was about this place: it is there, or its going has been told. */
    void observed(Place place) {
        if (!active.isEmpty()) {
            bench.baseline().find(place).ifPresent(this::saw);
        }
    }

    /**
     * The stream tells something of a file that a scan under way is still to come upon: what the scan would tell of it comes
     * first, so that each file is told once, and before anything else about it.
     */
    void comesAhead(Change change, long nowNanos) {
        if (active.isEmpty() || PlaceChanges.isArrivalOrDeparture(change.type())) {
            return;
        }
        FileStat now = change.stat();
        Place place = change.place();
        if (change.previous() != null) {
            if (bench.baseline().find(place).filter(e -> e.isFile(now)).isPresent()) {
                return; // the scan has come upon it where it is now
            }
            place = change.previous();
        }
        Scan scan = active.innermost(place, s -> true);
        if (scan == null) {
            return;
        }
        Entry known = bench.baseline().find(place).orElse(null);
        if (known != null && isSurelyAnother(known, change) && active.isUnseen(known, place)) {
            replaced(scan, known, place, change.observedAt(), nowNanos);
            known = null;
        }
        if (known != null && !known.is(Flag.IMPLIED)) {
            return;
        }
        if (now != null) {
            found(new Found(change.observedAt(), place, now, scan.reason()), nowNanos);
        } else if (known == null) {
            saw(entries.gone(scan, place, change.observedAt()));
        }
    }

    /** What was read, late, may be of a later file; that one is a directory and the other is not, is sure. */
    private static boolean isSurelyAnother(Entry known, Change change) {
        return known.known() != null && known.isDirectory() != change.directory();
    }

    /** A file came in while a scan goes on; if it was known elsewhere, what has changed since is still to be told. */
    void cameIn(Change change, long nowNanos) {
        FileStat now = change.stat();
        boolean moved = change.type().equals(EventType.MOVED_IN) && change.previous() == null;
        if (active.isEmpty() || !moved || now == null) {
            return;
        }
        Found found = new Found(change.observedAt(), change.place(), now, ScanReason.REPAIR);
        bench.baseline()
                .find(change.place())
                .filter(entry -> entry.known() != null && !entry.known().equals(now))
                .ifPresent(entry -> states.compareMoved(entry, found, nowNanos));
    }

    /** Something comes to a place: what left it and was still to be found elsewhere, is told before. */
    void comes(Change change) {
        boolean comes = PlaceChanges.isArrival(change.type());
        if (comes && active.anyAwaited()) {
            bench.baseline()
                    .find(change.place())
                    .filter(there -> !there.isFile(change.stat()))
                    .flatMap(there -> active.takeAwaited(there.id()))
                    .ifPresent(places.departures()::departed);
        }
    }

    void found(Found found, long nowNanos) {
        Scan scan = scanOf(found);
        Entry entry = bench.baseline().find(found.place()).orElse(null);
        if (found.leaving() && entry != null && !entry.is(Flag.IMPLIED)) {
            saw(entry);
            return;
        }
        if (entry != null && !entry.isFile(found.stat())) {
            if (!scan.mode().concludesGone() && !active.isStale(entry, found.place())) {
                return; // Replaced since the directory was watched: the stream is about to tell.
            }
            replaced(scan, entry, found.place(), found.observedAt(), nowNanos);
            entry = null;
        }
        if (entry == null || entry.is(Flag.IMPLIED)) {
            entry = entries.arrived(scan, entry, found, nowNanos);
        } else if (entry.known() == null) {
            states.readAtLast(scan, entry, found, nowNanos);
        } else if (scan.mode() == Scan.Mode.COMPARE) {
            if (!toldSince(scan, entry)) {
                states.compare(scan, entry, found, found.place(), nowNanos);
            }
        } else {
            states.compareMoved(entry, found, nowNanos);
            entry = bench.baseline().find(entry.id()).orElseThrow();
            if (isOwedWritten(scan, entry, found)) {
                states.oweWrittenAsItIs(entry, found, nowNanos);
            }
        }
        saw(entry);
    }

    /** Another file is where the baseline has one, which an action may have moved to where a scan is still to come upon it. */
    private void replaced(Scan scan, Entry entry, Place place, long observedAt, long nowNanos) {
        Optional<Change> left = active.takeAwaited(entry.id());
        if (left.isPresent()) {
            places.departures().departed(left.get());
            return;
        }
        Optional<Found> ahead = destinations.ahead(entry, place, observedAt, null);
        if (ahead.isPresent()) {
            saw(entries.moved(scan, entry, ahead.get(), nowNanos));
        } else {
            entries.replaced(scan, entry, place, observedAt);
        }
    }

    /** Whether nothing else will tell that a file which was known already is written; it may be watched only since now. */
    private static boolean isOwedWritten(Scan scan, Entry entry, Found found) {
        boolean unwatched = found.closing() == Closing.UNKNOWN || scan.mode() == Scan.Mode.MOVED_IN;
        return (unwatched && entry.is(Flag.UNCLOSED))
                || (found.closing() != Closing.BY_POLL && entry.is(Flag.UNSETTLED));
    }

    /** What a poll read may be older than what the stream has told of the file meanwhile; the next poll compares it. */
    private static boolean toldSince(Scan scan, Entry entry) {
        return scan.reason() == ScanReason.POLL && scan.seen().contains(entry.id());
    }

    void finished(ScanFinished finished, long nowNanos) {
        Scan scan = active.find(finished.place(), finished.reason()).orElse(null);
        if (scan == null) {
            return;
        }
        if (scan.mode() == Scan.Mode.COMPARE) {
            bench.baseline()
                    .find(scan.place())
                    .ifPresent(root -> concludeGone(scan, root, scan.place(), finished, nowNanos));
        }
        active.remove(scan);
        active.takeExpected(scan)
                .forEach((id, last) ->
                        bench.baseline().find(id).ifPresent(entry -> conclude(entry, scan, last, finished, nowNanos)));
        movedIn.remove(scan.place());
        if (scan.reason() == ScanReason.START) {
            roots.know(scan.place());
        }
    }

    /**
     * A file was expected where the scan was, and not found.
     *
     * @param last whether it is gone if nothing tells where it went
     */
    private void conclude(Entry entry, Scan scan, boolean last, ScanFinished finished, long nowNanos) {
        Place place = bench.baseline().place(entry);
        Scan other = active.innermost(place, s -> true);
        boolean unread = finished.unread().stream().anyMatch(part -> Place.isAtOrBelow(place, part));
        if (other != null && !last) {
            active.expect(entry.id(), other);
        } else if (!unread && bench.isGone(entry, place) && !destinations.wentOn(entry, place, finished.observedAt())) {
            if (last || !active.expectElsewhere(entry.id())) {
                isGone(scan, entry, place, finished, nowNanos);
            }
        }
    }

    private void isGone(Scan scan, Entry entry, Place place, ScanFinished finished, long nowNanos) {
        Optional<Found> ahead = destinations.ahead(entry, place, finished.observedAt(), scan);
        Optional<Change> left = active.takeAwaited(entry.id());
        if (ahead.isPresent()) {
            entries.moved(scan, entry, ahead.get(), nowNanos);
        } else if (left.isPresent()) {
            places.departures().departed(left.get());
        } else {
            places.departures().gone(entry, place, finished.observedAt());
        }
    }

    private void concludeGone(Scan scan, Entry entry, Place place, ScanFinished finished, long nowNanos) {
        if (finished.unread().contains(place) || active.isExpected(entry.id())) {
            return;
        }
        if (!scan.seen().contains(entry.id()) && !entry.is(Flag.IMPLIED) && bench.isGone(entry, place)) {
            if (!destinations.mayBeElsewhere(entry, place)) {
                isGone(scan, entry, place, finished, nowNanos);
            }
            return;
        }
        if (entry.isDirectory()) {
            for (Entry child : bench.baseline().children(entry.id())) {
                concludeGone(scan, child, PlaceChanges.below(place, child.name()), finished, nowNanos);
            }
        }
    }

    private void saw(Entry entry) {
        Optional<Scan> expecting = active.saw(entry.id());
        if (expecting.isPresent() && entry.isDirectory()) {
            bench.baseline().children(entry.id()).forEach(child -> active.expect(child.id(), expecting.get()));
        }
    }

    /** The innermost scan of this reason that covers the place. */
    private Scan scanOf(Found found) {
        Scan innermost = active.innermost(found.place(), s -> s.reason() == found.reason());
        if (innermost != null) {
            return innermost;
        }
        // What was moved into a new directory; or a source found something without saying that it scans.
        Scan alone = scan(new ScanStarted(found.observedAt(), found.place(), found.reason()));
        Scan around = active.innermost(found.place(), s -> true);
        return around == null ? alone : alone.within(around);
    }
}
