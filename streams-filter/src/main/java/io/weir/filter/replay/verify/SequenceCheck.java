package io.weir.filter.replay.verify;

import io.weir.filter.replay.LogWindow;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Gap;
import io.weir.schemas.topic.EventId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks that each agent's numbers have no holes that no gap explains. Collected are the numbers of all partitions, since one
 * agent's lie in many. Of a hole the events before and after it tell when it came about. Safe for all threads.
 */
final class SequenceCheck {
    /** How many holes of an agent are looked at. */
    private static final int MOST = 1_000;

    private final LogWindow window;
    private final Instant from;
    private final Instant settled;
    private final Map<String, Numbers> numbers = new TreeMap<>();
    private final Map<String, List<Gap>> gaps = new HashMap<>();

    /**
     * An event beside a hole.
     *
     * @param time by the log
     */
    record Neighbour(FileEvent event, Instant time, String place) {}

    /**
     * @param from holes whose end lies before are not told
     * @param settled of holes whose end lies after it, the missing events may still be on their way
     */
    SequenceCheck(LogWindow window, Instant from, Instant settled) {
        this.window = window;
        this.from = from;
        this.settled = settled;
    }

    synchronized void numbers(String agent, long epoch, long[] some, int count) {
        Numbers all = numbers.computeIfAbsent(agent + ":" + epoch, key -> new Numbers());
        for (int i = 0; i < count; i++) {
            all.add(some[i]);
        }
    }

    synchronized void gap(FileEvent event) {
        Gap gap = event.getGap();
        if (gap != null) {
            gaps.computeIfAbsent(event.getAgent(), agent -> new ArrayList<>()).add(gap);
        }
    }

    /** The events before and after each hole. */
    synchronized Set<EventId> neighbours() {
        Set<EventId> ids = new HashSet<>();
        holes().forEach((agent, holes) -> holes.forEach(hole -> {
            ids.add(id(agent, hole.first() - 1));
            ids.add(id(agent, hole.last() + 1));
        }));
        return ids;
    }

    private static EventId id(String agent, long number) {
        return EventId.parse(agent + ":" + number);
    }

    private Map<String, List<Numbers.Hole>> holes() {
        boolean whole = window.partitions().values().stream().noneMatch(partition -> partition.isTrimmed());
        Map<String, List<Numbers.Hole>> holes = new TreeMap<>();
        numbers.forEach((agent, own) -> {
            List<Numbers.Hole> found = own.holes(whole ? 1 : own.lowest(), MOST);
            if (!found.isEmpty()) {
                holes.put(agent, found);
            }
        });
        return holes;
    }

    /** Tells the holes that nothing explains; gives how many may still be filled. */
    synchronized long report(Map<EventId, Neighbour> found, Findings findings) {
        long open = 0;
        for (Map.Entry<String, List<Numbers.Hole>> agent : holes().entrySet()) {
            for (Numbers.Hole hole : agent.getValue()) {
                Neighbour after = found.get(id(agent.getKey(), hole.last() + 1));
                Neighbour before = found.get(id(agent.getKey(), hole.first() - 1));
                if (after == null || after.time().isBefore(from) || isTrimmed(after) || isExplained(before, after)) {
                    continue;
                }
                if (after.time().isAfter(settled)) {
                    open++;
                } else {
                    findings.add(finding(agent.getKey(), hole, before, after));
                }
            }
        }
        return open;
    }

    /** Whether what is missing may have been deleted in another partition, whose records begin later. */
    private boolean isTrimmed(Neighbour after) {
        Optional<Instant> whole = window.wholeFrom();
        return whole.isPresent() && !after.time().isAfter(whole.get());
    }

    private boolean isExplained(@org.jspecify.annotations.Nullable Neighbour before, Neighbour after) {
        Instant begin = before == null ? Instant.MIN : before.event().getObservedAt();
        Instant end = after.event().getObservedAt();
        return gaps.getOrDefault(after.event().getAgent(), List.of()).stream()
                .anyMatch(gap -> !gap.getSince().isAfter(end)
                        && (gap.getUntil() == null || !gap.getUntil().isBefore(begin)));
    }

    private static Finding finding(
            String agent, Numbers.Hole hole, @org.jspecify.annotations.Nullable Neighbour before, Neighbour after) {
        long count = hole.last() - hole.first() + 1;
        String which = count == 1
                ? "number " + hole.first() + " is missing"
                : "numbers " + hole.first() + " to " + hole.last() + " are missing";
        return new Finding(
                Finding.Kind.HOLE,
                after.place(),
                "agent:epoch " + agent + ": " + which + " and no gap of the agent explains it; "
                        + (before == null ? "nothing is there before" : "before: " + shown(before)) + "; after: "
                        + shown(after),
                "",
                "");
    }

    private static String shown(Neighbour neighbour) {
        return EventId.of(neighbour.event()) + " (" + neighbour.place() + ", " + neighbour.time() + ")";
    }
}
