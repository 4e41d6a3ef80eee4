package io.weir.filter.replay.backtest;

import io.weir.filter.replay.backtest.BacktestReport.Change;
import io.weir.filter.replay.backtest.BacktestReport.Example;
import io.weir.schemas.Decision;
import io.weir.schemas.RuleDecision;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which events one side matches and the other does not. What takes effect at once is settled with each event; what waits may
 * do so with different ones, and is held until the other side has come to it. For one thread.
 */
final class Changes {
    static final int EXAMPLES = 5;
    /** How many hits may wait for the other side. */
    private static final int MOST = 100_000;

    private final SortedMap<String, Change> changes = new TreeMap<>();
    private final Map<Hit, Example> now = new HashMap<>();
    private final Map<Hit, Example> late = new HashMap<>();

    private record Hit(boolean tried, String rule, String event) {
        Hit counterpart() {
            return new Hit(!tried, rule, event);
        }
    }

    void hit(boolean tried, Instant time, Decision decision) {
        for (RuleDecision rule : decision.getRules()) {
            if (Hits.acts(rule)) {
                Hit hit = new Hit(tried, rule.getRule(), decision.getEventId());
                Map<Hit, Example> waiting = decision.getDecidedAt() == null ? now : late;
                if (waiting.remove(hit.counterpart()) == null) {
                    String file = decision.getVolume() + ":" + decision.getPath();
                    waiting.put(hit, new Example(time, decision.getEventId(), decision.getType(), file));
                }
            }
        }
    }

    /** Both sides have judged an event. */
    void settle() {
        if (!now.isEmpty()) {
            settle(now);
        }
        if (late.size() > MOST) {
            settle(late);
        }
    }

    private void settle(Map<Hit, Example> waiting) {
        waiting.forEach((hit, example) -> {
            Change one = hit.tried()
                    ? new Change(1, 0, List.of(example), List.of())
                    : new Change(0, 1, List.of(), List.of(example));
            changes.merge(hit.rule(), one, (sum, more) -> sum.with(more, EXAMPLES));
        });
        waiting.clear();
    }

    /** Adds what differs to others'. */
    void addTo(SortedMap<String, Change> all) {
        settle(now);
        settle(late);
        changes.forEach((rule, change) -> all.merge(rule, change, (sum, more) -> sum.with(more, EXAMPLES)));
    }
}
