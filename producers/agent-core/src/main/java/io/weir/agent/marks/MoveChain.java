package io.weir.agent.marks;

import io.weir.agent.source.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
    /** @param length how many moves lead there, with this one */
    private record Link(Attempt attempt, AttemptPlaces.Leg leg, @Nullable Link before, int length) {
        static Link behind(@Nullable Link before, Attempt attempt, AttemptPlaces.Leg leg) {
            return new Link(attempt, leg, before, before == null ? 1 : before.length + 1);
        }
    }

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

    /**
     * A file at a place.
     *
     * @param until by when it was there for the last time, in the order of the stream
     */
    record Stay(Subject file, long until) {}

    /** The file where it is and wherever it was before actions moved it there: what others declared may be of there. */
    static List<Stay> stays(List<Attempt> attempts, Subject file) {
        Map<Place, Stay> stays = new LinkedHashMap<>(Map.of(file.place(), new Stay(file, Attempt.NEVER)));
        Deque<Stay> next = new ArrayDeque<>(stays.values());
        while (!next.isEmpty()) {
            Stay later = next.remove();
            for (Attempt attempt : attempts) {
                for (Place from : attempt.places().movedFrom(later.file())) {
                    Subject was = new Subject(from, file.entry(), file.fileId());
                    Stay stay = new Stay(was, Math.min(later.until(), attempt.endedAt()));
                    if (stays.putIfAbsent(from, stay) == null) {
                        next.add(stay);
                    }
                }
            }
        }
        return List.copyOf(stays.values());
    }

    /**
     * The places that moves can have led to. A file may have been at one several times: the longest way is taken that follows
     * the order of the marks, or else, since that of marks on disk is not known, any.
     */
    private static Map<Place, Link> reached(List<Attempt> attempts, Place from, Subject moved) {
        Map<Place, Link> reached = new LinkedHashMap<>();
        List<Link> moves = new ArrayList<>();
        for (Attempt attempt : attempts) {
            attempt.places().unseenMoves(moved).forEach(leg -> moves.add(Link.behind(null, attempt, leg)));
        }
        moves.forEach(move -> follow(move, from, reached).ifPresent(link -> link.leg()
                .to()
                .forEach(to -> reached.merge(to, link, (a, b) -> a.length() > b.length() ? a : b))));
        for (int before = -1; before < reached.size(); ) {
            before = reached.size();
            moves.forEach(move -> follow(move, from, reached)
                    .ifPresent(link -> link.leg().to().forEach(to -> reached.putIfAbsent(to, link))));
        }
        return reached;
    }

    /** A move behind those that lead to where it begins. */
    private static Optional<Link> follow(Link move, Place from, Map<Place, Link> reached) {
        return move.leg().from().stream()
                .filter(at -> at.equals(from) || reached.containsKey(at))
                .map(at -> Link.behind(reached.get(at), move.attempt(), move.leg()))
                .findFirst();
    }
}
