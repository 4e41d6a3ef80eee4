package io.weir.cli.trace;

import io.weir.schemas.Contribution;
import io.weir.schemas.topic.EventId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The newest values of a window, as a rule counts them: each once, at most as many as the rule counts to. */
final class CountedValues {
    private static final int MOST_SHOWN = 100;

    private final Duration within;
    private final int count;
    private final Map<String, Value> values = new HashMap<>();

    private record Value(Instant time, String event) {}

    CountedValues(Duration within, int count) {
        this.within = within;
        this.count = count;
    }

    void add(Contribution contribution) {
        String event = EventId.of(contribution.getEvent()).toString();
        String distinct = contribution.getDistinct();
        Value value = new Value(contribution.getEvent().getObservedAt(), event);
        values.merge(
                distinct == null ? event : distinct, value, (a, b) -> a.time().isAfter(b.time()) ? a : b);
        if (values.size() >= 2 * count) {
            values.values().retainAll(newest());
        }
    }

    private List<Value> newest() {
        Instant end = values.values().stream()
                .map(Value::time)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return values.values().stream()
                .filter(value -> value.time().isAfter(end.minus(within)))
                .sorted(Comparator.comparing(Value::time)
                        .thenComparing(Value::event)
                        .reversed())
                .limit(count)
                .toList();
    }

    /** The events in the order of their agents' clocks. */
    Counted counted() {
        List<Value> newest = newest();
        List<String> events = newest.stream()
                .limit(MOST_SHOWN)
                .sorted(Comparator.comparing(Value::time).thenComparing(Value::event))
                .map(Value::event)
                .toList();
        return new Counted(newest.size(), events);
    }
}
