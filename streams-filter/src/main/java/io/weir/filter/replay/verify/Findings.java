package io.weir.filter.replay.verify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects findings: counts all, and keeps the first of each kind. Safe for all threads. */
public final class Findings {
    private final int most;
    private final Map<Finding.Kind, List<Finding>> first = new EnumMap<>(Finding.Kind.class);
    private final Map<Finding.Kind, Long> counts = new EnumMap<>(Finding.Kind.class);

    /** @param most how many of each kind are kept */
    public Findings(int most) {
        this.most = most;
    }

    synchronized void add(Finding finding) {
        counts.merge(finding.kind(), 1L, Long::sum);
        List<Finding> kept = first.computeIfAbsent(finding.kind(), kind -> new ArrayList<>());
        if (kept.size() < most) {
            kept.add(finding);
        }
    }

    /** The first of each kind, by kind. */
    public synchronized List<Finding> shown() {
        return first.values().stream().flatMap(List::stream).toList();
    }

    /** How many of each kind there are. */
    public synchronized Map<Finding.Kind, Long> counts() {
        return new EnumMap<>(counts);
    }

    /** Whether there are none. */
    public synchronized boolean isEmpty() {
        return counts.isEmpty();
    }
}
