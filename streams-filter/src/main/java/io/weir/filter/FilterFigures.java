package io.weir.filter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.weir.schemas.RuleDecision;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the judges of one filter have counted since it started. {@code read = ticks + resets + resent + halves + undecodable +
 * judged}; {@code judged} is derived by that. Counts of an aborted transaction are not taken back. Safe for all threads.
 */
public final class FilterFigures {
    private static final int MOST_RULES = 1_000;
    private static final String OTHERS = "(others)";

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

    private final CompositeMeterRegistry meters = new CompositeMeterRegistry();
    private final Map<String, Map<String, Counter>> byRule = new ConcurrentHashMap<>();

    /** Counts a decision by its outcome, {@code suppressed} has those of exceeded depth too; and by each of its rules. */
    void concluded(String outcome, List<RuleDecision> rules) {
        for (RuleDecision rule : rules) {
            counter(rule.getRule(), rule.getOutcome()).increment();
        }
        switch (outcome) {
            case "matched" -> matched.increment();
            case TripRecords.TRIPPED -> tripped.increment();
            case "shadowed" -> shadowed.increment();
            default -> suppressed.increment();
        }
    }

    private Counter counter(String rule, String outcome) {
        String name = byRule.containsKey(rule) || byRule.size() < MOST_RULES ? rule : OTHERS;
        return byRule.computeIfAbsent(name, r -> new ConcurrentHashMap<>())
                .computeIfAbsent(outcome, o -> Counter.builder("weir.filter.rule.decisions")
                        .description("Decisions by rule.")
                        .tag("rule", name)
                        .tag("outcome", o)
                        .register(meters));
    }

    /** Where decisions are counted by rule; nowhere until a registry is added. Of more than 1,000 rules under one name. */
    public CompositeMeterRegistry meters() {
        return meters;
    }

    /** How many records were read. */
    public long read() {
        return read.sum();
    }

    /** All figures by name. What was read is asked last, and what was judged follows from the others, so that all adds up. */
    public Map<String, Long> snapshot() {
        Map<String, Long> figures = new TreeMap<>();
        figures.put("ticks", ticks.sum());
        figures.put("resets", resets.sum());
        figures.put("resent", resent.sum());
        figures.put("halves", halves.sum());
        figures.put("undecodable", undecodable.sum());
        long others = figures.values().stream().mapToLong(Long::longValue).sum();
        long all = read.sum();
        figures.put("read", all);
        figures.put("judged", all - others);
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
}
