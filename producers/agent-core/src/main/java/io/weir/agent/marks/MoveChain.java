package io.weir.agent.marks;

import io.weir.agent.source.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Several declared moves of one file, one after another, where only the ends were seen: the stream lost what lies between,
 * or it happened in directories that were not watched yet.
 */
final class MoveChain {
    private record Link(Attempt attempt, AttemptPlaces.Leg leg, @Nullable Link before) {}

    private MoveChain() {}

    /** The attempt that made the last of the moves which lead from one place to the other; they count as seen then. */
    static Optional<Attempt> explain(List<Attempt> attempts, Place from, Subject moved) {
        Link last = reached(attempts, from, moved).get(moved.place().path());
        for (Link link = last; link != null; link = link.before()) {
            link.attempt().places().take(link.leg());
        }
        return Optional.ofNullable(last).map(Link::attempt);
    }

    /** The places to which moves that have not been seen lead, nearest first. */
    static List<Place> destinations(List<Attempt> attempts, Place from, Subject moved) {
        return reached(attempts, from, moved).keySet().stream()
                .map(path -> new Place(from.volume(), path))
                .toList();
    }

    private static Map<String, Link> reached(List<Attempt> attempts, Place from, Subject moved) {
        Map<String, Link> reached = new LinkedHashMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(from.path()));
        while (!next.isEmpty()) {
            String at = next.remove();
            for (Attempt attempt : attempts) {
                for (AttemptPlaces.Leg leg : attempt.places().unseenMoves(moved)) {
                    if (leg.from().equals(at) && !reached.containsKey(leg.to())) {
                        reached.put(leg.to(), new Link(attempt, leg, reached.get(at)));
                        next.add(leg.to());
                    }
                }
            }
        }
        return reached;
    }
}
