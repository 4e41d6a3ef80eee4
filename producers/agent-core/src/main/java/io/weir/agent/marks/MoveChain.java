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
        Link last = reached(attempts, from, moved).get(moved.place());
        for (Link link = last; link != null; link = link.before()) {
            link.attempt().places().take(link.leg());
        }
        return Optional.ofNullable(last).map(Link::attempt);
    }

    /** Where the first move leads that has not been seen. */
    static Optional<Place> next(List<Attempt> attempts, Place from, Subject moved) {
        return attempts.stream()
                .flatMap(attempt -> attempt.places().unseenMoves(moved).stream())
                .filter(leg -> leg.from().contains(from))
                .flatMap(leg -> leg.to().stream())
                .findFirst();
    }

    /** The places to which moves that have not been seen lead, nearest first. */
    static List<Place> destinations(List<Attempt> attempts, Place from, Subject moved) {
        return List.copyOf(reached(attempts, from, moved).keySet());
    }

    private static Map<Place, Link> reached(List<Attempt> attempts, Place from, Subject moved) {
        Map<Place, Link> reached = new LinkedHashMap<>();
        Deque<Place> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            Place at = next.remove();
            for (Attempt attempt : attempts) {
                for (AttemptPlaces.Leg leg : attempt.places().unseenMoves(moved)) {
                    if (leg.from().contains(at)) {
                        Link link = new Link(attempt, leg, reached.get(at));
                        leg.to().stream()
                                .filter(to -> reached.putIfAbsent(to, link) == null)
                                .forEach(next::add);
                    }
                }
            }
        }
        return reached;
    }
}
