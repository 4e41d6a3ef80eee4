package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
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
    private final DuringScans during;

    Scans(Workbench bench, StateChanges states, Roots roots, boolean emitFirst) {
        this.bench = bench;
        this.roots = roots;
        this.emitFirst = emitFirst;
        this.active = bench.scans();
        this.places = new PlaceChanges(bench, states, movedIn::put);
        this.states = new FoundStates(bench, states);
        this.entries = new FoundEntries(bench, places, this.states);
        this.destinations = new Destinations(bench, places);
        this.during = new DuringScans(bench, this, entries, this.states);
    }

    Destinations destinations() {
        return destinations;
    }

    /** Takes what the stream tells meanwhile. */
    DuringScans during() {
        return during;
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

    void found(Found found, long nowNanos) {
        found(found, false, nowNanos);
    }

    /** @param late whether it was read later than the stream has come, so that it may be a file that is still to come there */
    void found(Found found, boolean late, long nowNanos) {
        Scan scan = scanOf(found);
        Entry entry = bench.baseline().find(found.place()).orElse(null);
        if (found.leaving() && entry != null && !entry.is(Flag.IMPLIED)) {
            leaves(entry);
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
            entry = entries.arrived(scan, entry, found, late, nowNanos);
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
    void replaced(Scan scan, Entry entry, Place place, long observedAt, long nowNanos) {
        Optional<Change> left = active.takeAwaited(entry.id());
        if (left.isPresent()) {
            departed(left.get(), place);
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
            departed(left.get(), place);
        } else {
            places.departures().gone(entry, place, finished.observedAt());
        }
    }

    /** @param place where it was; a directory above it may have been renamed since it left */
    void departed(Change left, Place place) {
        places.departures()
                .departed(
                        new Change(left.observedAt(), left.type(), place, null, left.directory(), null, left.order()));
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
                concludeGone(scan, child, place.child(child.name()), finished, nowNanos);
            }
        }
    }

    /** What leaves is what is known at its place. If it is to be compared, then where it goes. */
    private void leaves(Entry entry) {
        if (active.comparingFor(entry, bench.baseline().place(entry)) == null) {
            saw(entry);
        }
    }

    /** An entry is there, or its going has been told. */
    void saw(Entry entry) {
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
