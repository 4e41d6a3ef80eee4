package io.weir.filter.replay.backtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts texts and knows the most frequent, in bounded memory: of too many different ones the rarest are forgotten. Then a
 * count may be too low by at most {@link #error}. For one thread.
 */
final class TopCounter {
    private final int most;
    private final Map<String, Long> counts = new HashMap<>();
    private long error;

    /**
     * A text and how often it came.
     */
    record Count(String text, long count) {}

    /** @param most how many texts are kept at least */
    TopCounter(int most) {
        this.most = most;
    }

    void add(String text, long count) {
        counts.merge(text, count, Long::sum);
        if (counts.size() > 2 * most) {
            forgetTheRarest();
        }
    }

    private void forgetTheRarest() {
        long[] sorted =
                counts.values().stream().mapToLong(Long::longValue).sorted().toArray();
        long limit = sorted[sorted.length - most];
        error += limit;
        counts.values().removeIf(count -> count <= limit);
    }

    void addAll(TopCounter other) {
        other.counts.forEach(this::add);
        error += other.error;
    }

    /** The most frequent, the first first. */
    List<Count> top(int count) {
        List<Count> all = new ArrayList<>();
        counts.forEach((text, times) -> all.add(new Count(text, times)));
        all.sort(Comparator.comparingLong((Count one) -> -one.count()).thenComparing(Count::text));
        return all.subList(0, Math.min(count, all.size()));
    }

    /** By how much a count may be too low. */
    long error() {
        return error;
    }
}
