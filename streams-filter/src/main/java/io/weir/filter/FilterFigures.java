package io.weir.filter;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the judges of one filter have counted since it started. {@code read = ticks + resets + resent + halves + undecodable +
 * judged}; {@code judged} is derived by that. Counts of an aborted transaction are not taken back. Safe for all threads.
 */
public final class FilterFigures {
    final LongAdder read = new LongAdder();
    final LongAdder ticks = new LongAdder();
    final LongAdder resets = new LongAdder();
    final LongAdder resent = new LongAdder();
    final LongAdder halves = new LongAdder();
    final LongAdder undecodable = new LongAdder();
    final LongAdder matched = new LongAdder();
    final LongAdder suppressed = new LongAdder();
    final LongAdder shadowed = new LongAdder();
    final LongAdder tripped = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder contributions = new LongAdder();
    final LongAdder deadRequests = new LongAdder();

    /** Counts a decision by its outcome; {@code suppressed} has those of exceeded depth too. */
    void concluded(String outcome) {
        switch (outcome) {
            case "matched" -> matched.increment();
            case TripRecords.TRIPPED -> tripped.increment();
            case "shadowed" -> shadowed.increment();
            default -> suppressed.increment();
        }
    }

    /** How many records were read. */
    public long read() {
        return read.sum();
    }

    /** All figures by name. */
    public Map<String, Long> snapshot() {
        Map<String, Long> figures = new TreeMap<>();
        figures.put("read", read.sum());
        figures.put("ticks", ticks.sum());
        figures.put("resets", resets.sum());
        figures.put("resent", resent.sum());
        figures.put("halves", halves.sum());
        figures.put("undecodable", undecodable.sum());
        figures.put("judged", judged());
        figures.put("matched", matched.sum());
        figures.put("suppressed", suppressed.sum());
        figures.put("shadowed", shadowed.sum());
        figures.put("tripped", tripped.sum());
        figures.put("failed", failed.sum());
        figures.put("requests", requests.sum());
        figures.put("contributions", contributions.sum());
        figures.put("dead-requests", deadRequests.sum());
        return figures;
    }

    private long judged() {
        return read.sum() - ticks.sum() - resets.sum() - resent.sum() - halves.sum() - undecodable.sum();
    }
}
