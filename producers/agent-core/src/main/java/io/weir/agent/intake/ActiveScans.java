package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The scans under way: thousands, when many directories come at once. No question asked of each entry depends on how many. */
final class ActiveScans {
    private final Map<Place, List<Scan>> byPlace = new HashMap<>();
    private final List<Scan> comparing = new ArrayList<>();
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
        byPlace.values().forEach(scans -> scans.remove(scan));
        byPlace.values().removeIf(List::isEmpty);
        comparing.remove(scan);
        revealing -= scan.mode().reveals() ? 1 : 0;
    }

    /** A directory is elsewhere now: what scans of it, or below, still come upon they find there. */
    void moved(Place from, Place to) {
        for (Map.Entry<Place, List<Scan>> scans : List.copyOf(byPlace.entrySet())) {
            Place place = scans.getKey();
            if (Place.isAtOrBelow(place, from)) {
                Place now = new Place(
                        to.volume(),
                        to.path() + place.path().substring(from.path().length()));
                byPlace.computeIfAbsent(now, p -> new ArrayList<>(1)).addAll(scans.getValue());
            }
        }
    }

    boolean isEmpty() {
        return byPlace.isEmpty();
    }

    /** Whether one may reveal what actions did. */
    boolean anyRevealing() {
        return revealing > 0;
    }

    /** An entry is there, or its going has been told. */
    void saw(long entry) {
        comparing.forEach(scan -> scan.seen().add(entry));
    }

    /** Whether what the baseline has at a place may be out of date: a comparison is still to come upon it. */
    boolean isStale(Entry entry, Place place) {
        return comparing.stream()
                .anyMatch(scan -> !scan.seen().contains(entry.id()) && Place.isAtOrBelow(place, scan.place()));
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
