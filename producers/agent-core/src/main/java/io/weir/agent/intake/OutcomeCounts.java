package io.weir.agent.intake;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How many changes became what. All threads. */
public final class OutcomeCounts {
    private final Map<Outcome, LongAdder> counts = Arrays.stream(Outcome.values())
            .collect(Collectors.toMap(o -> o, o -> new LongAdder(), (a, b) -> a, () -> new EnumMap<>(Outcome.class)));

    private final LongAdder taken = new LongAdder();

    /** A change comes. */
    public void take() {
        taken.increment();
    }

    /** How many have come. */
    public long taken() {
        return taken.sum();
    }

    /** It became this. */
    public void add(Outcome outcome) {
        adder(outcome).increment();
    }

    /** How many became what. */
    public Map<Outcome, Long> counts() {
        Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
        counts.forEach((outcome, adder) -> sums.put(outcome, adder.sum()));
        return sums;
    }

    private LongAdder adder(Outcome outcome) {
        LongAdder adder = counts.get(outcome);
        if (adder == null) {
            throw new IllegalStateException("no count of " + outcome);
        }
        return adder;
    }
}
