package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;

/**
 * What the stream tells while scans are under way: of files that they have not come upon yet, what a scan would tell comes
 * first, and what it would compare is compared.
 */
final class DuringScans {
    private final Workbench bench;
    private final ActiveScans active;
    private final Scans scans;
    private final FoundEntries entries;
    private final FoundStates states;

    DuringScans(Workbench bench, Scans scans, FoundEntries entries, FoundStates states) {
        this.bench = bench;
        this.active = bench.scans();
        this.scans = scans;
        this.entries = entries;
        this.states = states;
    }

    /** Something is about to happen to what scans under way know nothing of yet, or believe to be on its way. */
    void before(Change change, long nowNanos) {
        if (!active.isEmpty()) {
            comes(change);
            comesAhead(change, nowNanos);
        }
    }

    /** It has happened. */
    void after(Change change, long nowNanos) {
        FileStat now = change.stat();
        if (active.isEmpty() || now == null || !PlaceChanges.isMove(change.type())) {
            return;
        }
        Found found = new Found(change.observedAt(), change.place(), now, ScanReason.REPAIR);
        bench.baseline()
                .find(change.place())
                .filter(entry -> entry.known() != null)
                .ifPresent(entry -> {
                    if (change.previous() == null) {
                        cameIn(entry, found, nowNanos);
                    } else {
                        wentOn(entry, found, change.previous(), nowNanos);
                    }
                });
    }

    /** A live event was about this place: it is there, or its going has been told. */
    void observed(Place place) {
        if (!active.isEmpty()) {
            bench.baseline().find(place).ifPresent(scans::saw);
        }
    }

    /**
     * The stream tells something of a file that a scan under way is still to come upon: what the scan would tell of it comes
     * first, so that each file is told once, and before anything else about it.
     */
    private void comesAhead(Change change, long nowNanos) {
        if (PlaceChanges.isArrivalOrDeparture(change.type())) {
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
            scans.replaced(scan, known, place, change.observedAt(), nowNanos);
            known = null;
        }
        if (known != null && !known.is(Flag.IMPLIED)) {
            return;
        }
        if (now != null) {
            scans.found(new Found(change.observedAt(), place, now, scan.reason()), true, nowNanos);
        } else if (known == null) {
            scans.saw(entries.gone(scan, place, change.observedAt()));
        }
    }

    /** What was read, late, may be of a later file; that one is a directory and the other is not, is sure. */
    private static boolean isSurelyAnother(Entry known, Change change) {
        return known.known() != null && known.isDirectory() != change.directory();
    }

    /** A file came in; if it was known elsewhere, what has changed since is still to be told. */
    private void cameIn(Entry entry, Found found, long nowNanos) {
        if (!found.stat().equals(entry.known())) {
            states.compareMoved(entry, found, nowNanos);
        }
    }

    /** A file that was to be compared at its place is compared where it went. */
    private void wentOn(Entry entry, Found found, Place from, long nowNanos) {
        Scan scan = active.comparingFor(entry, from);
        if (scan != null && entry.isFile(found.stat())) {
            states.compare(scan, entry, found, from, nowNanos);
        }
    }

    /** Something comes to a place: what left it and was still to be found elsewhere, is told before. It may be the same. */
    private void comes(Change change) {
        if (PlaceChanges.isArrival(change.type()) && active.anyAwaited()) {
            bench.baseline()
                    .find(change.place())
                    .flatMap(there -> active.takeAwaited(there.id()))
                    .ifPresent(left -> scans.departed(left, change.place()));
        }
    }
}
