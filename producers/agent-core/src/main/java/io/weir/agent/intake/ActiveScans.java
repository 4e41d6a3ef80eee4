package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The scans under way: thousands, when many directories come at once. No question asked of each entry depends on how many. */
final class ActiveScans {
    private final Map<Place, List<Scan>> byPlace = new HashMap<>();
    private final List<Scan> comparing = new ArrayList<>();
    /** Entries that scans are to come upon, or else are gone. */
    private final Map<Long, Expectation> expected = new LinkedHashMap<>();

    /** @param last whether no other scan is waited for */
    private record Expectation(Scan scan, boolean last) {}

    /** What left its place while a comparison is under way, which may come upon it. */
    private final Map<Long, Change> awaited = new HashMap<>();

    /** Entries that were found or observed since any of the scans began: the stream tells where they go. */
    private EntrySet followed = new EntrySet();

    private int revealing;

    void add(Scan scan) {
        byPlace.computeIfAbsent(scan.place(), p -> new ArrayList<>(1)).add(scan);
        if (scan.mode() == Scan.Mode.COMPARE) {
            comparing.add(scan);
        }
        revealing += scan.mode().reveals() ? 1 : 0;
    }

    void remove(Scan scan) {
        if (!byPlace.getOrDefault(scan.place(), List.of()).contains(scan)) {
            return;
        }
        byPlace.values().forEach(scans -> scans.removeIf(scan::equals));
        byPlace.values().removeIf(List::isEmpty);
        comparing.remove(scan);
        if (comparing.isEmpty()) {
            awaited.clear();
        }
        revealing -= scan.mode().reveals() ? 1 : 0;
        if (byPlace.isEmpty()) {
            followed = new EntrySet();
        }
    }

    /** A directory is elsewhere now: what scans of it, or below, still come upon they find there. */
    void moved(Place from, Place to) {
        Map<Place, List<Scan>> moved = new HashMap<>();
        byPlace.forEach((place, scans) -> {
            if (Place.isAtOrBelow(place, from)) {
                moved.put(Place.relocated(place, from, to), List.copyOf(scans));
            }
        });
        moved.forEach((place, scans) -> {
            List<Scan> there = byPlace.computeIfAbsent(place, p -> new ArrayList<>(1));
            scans.stream().filter(scan -> !there.contains(scan)).forEach(there::add);
        });
    }

    boolean isEmpty() {
        return byPlace.isEmpty();
    }

    /** Whether one may reveal what actions did. */
    boolean anyRevealing() {
        return revealing > 0;
    }

    /** An entry was moved to where a scan is still to come upon it. */
    void expect(long entry, Scan scan) {
        if (scan.mode() != Scan.Mode.COMPARE) { // else what is not found is gone anyway
            expected.put(entry, new Expectation(scan, false));
        }
    }

    /** An entry was not found where it was expected: it may have gone to where another scan is under way. */
    boolean expectElsewhere(long entry) {
        Optional<Scan> other = byPlace.values().stream()
                .flatMap(List::stream)
                .filter(scan -> scan.mode() != Scan.Mode.COMPARE)
                .findFirst();
        other.ifPresent(scan -> expected.put(entry, new Expectation(scan, true)));
        return other.isPresent();
    }

    /** Something left its place, and a comparison may still come upon it elsewhere; whether there is one. */
    boolean await(long entry, Change left) {
        if (isComparing()) {
            awaited.put(entry, left);
        }
        return isComparing();
    }

    /** Whether a comparison is under way that concludes what is gone. */
    boolean isComparing() {
        return comparing.stream().anyMatch(scan -> scan.reason() != ScanReason.POLL);
    }

    boolean anyAwaited() {
        return !awaited.isEmpty();
    }

    /** What left and was to be found elsewhere; not any more. */
    Optional<Change> takeAwaited(long entry) {
        return Optional.ofNullable(awaited.remove(entry));
    }

    void forgetSeen(long entry) {
        followed.remove(entry);
        comparing.forEach(scan -> scan.seen().remove(entry));
    }

    /** Whether another scan is to come upon an entry. */
    boolean isExpected(long entry) {
        return expected.containsKey(entry);
    }

    /** Takes what a scan did not come upon, though it was expected; and whether no other scan is to be waited for. */
    Map<Long, Boolean> takeExpected(Scan scan) {
        Map<Long, Boolean> missing = new LinkedHashMap<>();
        expected.forEach((entry, expectation) -> {
            if (expectation.scan().equals(scan)) {
                missing.put(entry, expectation.last());
            }
        });
        expected.keySet().removeAll(missing.keySet());
        return missing;
    }

    /** An entry is there, or its going has been told. Returns the scan that was expected to come upon it. */
    Optional<Scan> saw(long entry) {
        if (!byPlace.isEmpty()) {
            followed.add(entry);
        }
        comparing.forEach(scan -> scan.seen().add(entry));
        awaited.remove(entry);
        return Optional.ofNullable(expected.remove(entry)).map(Expectation::scan);
    }

    /** Whether what the baseline has at a place may be out of date: a scan that compares is still to come upon it. */
    boolean isStale(Entry entry, Place place) {
        return isExpected(entry.id()) || isUnseen(entry, place);
    }

    /** Whether a scan that compares has not come upon what the baseline has at a place, nor the stream told of it since. */
    boolean isUnseen(Entry entry, Place place) {
        return comparing.stream()
                .anyMatch(scan -> !scan.seen().contains(entry.id()) && Place.isAtOrBelow(place, scan.place()));
    }

    /** A scan after a time in which nobody watched, that has not come upon an entry. */
    @Nullable
    Scan comparingFor(Entry entry, Place place) {
        for (Scan scan : comparing) {
            if (scan.reason() != ScanReason.POLL
                    && !scan.seen().contains(entry.id())
                    && Place.isAtOrBelow(place, scan.place())) {
                return scan;
            }
        }
        return null;
    }

    /** Whether the stream tells where an entry goes. */
    boolean isFollowed(Entry entry) {
        return followed.contains(entry.id());
    }

    /** Whether an entry may have left unseen: a scan is under way where it was, and has not come upon it. */
    boolean isUnfollowed(Entry entry, Place place) {
        return !isFollowed(entry) && innermost(place, scan -> true) != null;
    }

    /** The one that was begun first. */
    Optional<Scan> find(Place place, ScanReason reason) {
        return byPlace.getOrDefault(place, List.of()).stream()
                .filter(scan -> scan.reason() == reason)
                .findFirst();
    }

    /** The innermost one of these that covers a place. */
    @Nullable
    Scan innermost(Place place, Predicate<Scan> which) {
        if (byPlace.isEmpty()) {
            return null;
        }
        for (String path = place.path(); ; path = path.substring(0, Math.max(1, path.lastIndexOf('/')))) {
            for (Scan scan : byPlace.getOrDefault(new Place(place.volume(), path), List.of())) {
                if (which.test(scan)) {
                    return scan;
                }
            }
            if (path.equals("/")) {
                return null;
            }
        }
    }
}
