package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.marks.Subject;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Place;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a file went that left its place, should a scan be under way that has come, or is to come, upon it. Taken to be where
 * an action declares, it is looked for there: what the scan does not find is gone.
 */
final class Destinations {
    private final Workbench bench;
    private final ActiveScans active;
    private final PlaceChanges places;

    Destinations(Workbench bench, PlaceChanges places) {
        this.bench = bench;
        this.active = bench.scans();
        this.places = places;
    }

    /**
     * Where a file went that left its place: to where a scan came upon it, or is still to come upon it; or out of sight.
     *
     * @param left moved out
     * @param maybe what was found and is still to be told
     * @return empty if a comparison under way may still come upon it; at its end it is told
     */
    Optional<Change> whereTo(Change left, List<Found> maybe) {
        Place from = left.place();
        @Nullable Entry entry = bench.baseline().find(from).orElse(null);
        if (entry == null) {
            return Optional.of(left);
        }
        return maybe.stream()
                .filter(found -> isSame(entry, found))
                .findFirst()
                .map(found -> moved(left, found))
                .or(() -> supposed(entry, from)
                        .map(to -> new Change(left.observedAt(), EventType.MOVED, to, from, left.directory(), null)))
                .or(() -> ahead(entry, from, left.observedAt(), null).map(found -> moved(left, found)))
                .or(() -> awaits(entry, left) ? Optional.<Change>empty() : Optional.of(left));
    }

    /** Which directory left the source knows; of a file only the baseline does. */
    private boolean isSame(Entry entry, Found found) {
        return found.stat().isDirectory()
                ? entry.isDirectory()
                : entry.known() != null && entry.isFile(found.stat()) && !isTaken(found.place());
    }

    private static Change moved(Change left, Found found) {
        FileStat now = found.stat();
        return new Change(left.observedAt(), EventType.MOVED, found.place(), left.place(), now.isDirectory(), now);
    }

    private boolean isTaken(Place place) {
        return bench.baseline().find(place).filter(e -> !e.is(Flag.IMPLIED)).isPresent();
    }

    /** Whether a comparison under way may come upon what left: it is not known to be anywhere then, nor what is below it. */
    private boolean awaits(Entry entry, Change left) {
        boolean awaits = active.await(entry.id(), left);
        if (awaits) {
            forgetSeen(entry);
        }
        return awaits;
    }

    private void forgetSeen(Entry entry) {
        active.forgetSeen(entry.id());
        if (entry.isDirectory()) {
            bench.baseline().children(entry.id()).forEach(this::forgetSeen);
        }
    }

    /**
     * Where an action whose window is open was to move a file that left its place, if a scan is still to come upon it there.
     * Whoever took it away from there before that was watched, the scan finds that it is not there.
     */
    private Optional<Place> supposed(Entry entry, Place from) {
        if (active.isEmpty()) {
            return Optional.empty();
        }
        return expected(entry, bench.judge().ownDestination(from, Subject.of(from, entry, null)));
    }

    private Optional<Place> expected(Entry entry, Optional<Place> to) {
        Optional<Place> free = to.filter(place -> bench.baseline().find(place).isEmpty());
        Optional<Scan> scan = free.map(place -> active.innermost(place, s -> true));
        scan.ifPresent(s -> active.expect(entry.id(), s));
        return scan.isPresent() ? free : Optional.empty();
    }

    /** Where an action has moved a file, if a scan is still to come upon it there. */
    Optional<Found> ahead(Entry entry, Place from, long observedAt, @Nullable Scan but) {
        if (active.isEmpty()) {
            return Optional.empty();
        }
        for (Place to : bench.judge().destinations(from, Subject.of(from, entry, null))) {
            Scan scan = active.innermost(to, s -> !s.equals(but));
            Optional<FileStat> now = bench.stat().apply(to).filter(entry::isFile);
            if (scan != null && now.isPresent() && bench.baseline().find(to).isEmpty()) {
                return now.map(stat -> new Found(observedAt, to, stat, scan.reason()));
            }
        }
        return Optional.empty();
    }

    /** Whether a file is only taken to be where it is; an action has moved it on, to where a scan is still to come upon it. */
    boolean isExpectedAndWentOn(Entry entry, Place from, long observedAt) {
        return active.isExpected(entry.id()) && wentOn(entry, from, observedAt);
    }

    /** Whether an action has moved it on before it was watched, to where a scan is still to come upon it. */
    boolean wentOn(Entry entry, Place from, long observedAt) {
        Optional<Place> to = expected(entry, bench.judge().begunDestination(from, Subject.of(from, entry, null)));
        to.ifPresent(place -> {
            Change move = new Change(observedAt, EventType.MOVED, place, from, entry.isDirectory(), null);
            places.moved(move, from, true, 0); // nothing was read, so nothing falls due
        });
        return to.isPresent();
    }

    /** Whether an action may have moved it to where another scan is under way. */
    boolean mayBeElsewhere(Entry entry, Place place) {
        return !bench.judge()
                        .destinations(place, Subject.of(place, entry, null))
                        .isEmpty()
                && active.expectElsewhere(entry.id());
    }
}
