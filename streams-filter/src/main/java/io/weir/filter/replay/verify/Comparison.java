package io.weir.filter.replay.verify;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Where what is derived and what is recorded meet. A claim waits for its counterpart no longer than the other side needs to
 * get there. Safe for all threads.
 */
final class Comparison {
    /** How many claims of a source or a sink may wait before it is full. */
    static final int MOST = 50_000;

    private final Findings findings;
    private final Consumer<Claim> unexpected;
    private final Map<TopicPartition, Source> sources = new HashMap<>();
    private final Map<TopicPartition, Sink> sinks = new HashMap<>();
    private long identical;

    /**
     * @param sources partitions whose records are judged anew
     * @param sinks partitions that have what was recorded
     * @param unexpected told what is recorded and does not follow
     */
    Comparison(
            Collection<TopicPartition> sources,
            Collection<TopicPartition> sinks,
            Findings findings,
            Consumer<Claim> unexpected) {
        this.findings = findings;
        this.unexpected = unexpected;
        sources.forEach(partition -> this.sources.put(partition, new Source()));
        sinks.forEach(partition -> this.sinks.put(partition, new Sink()));
    }

    private static final class Source {
        private final Map<Claim.Key, Deque<Claim>> derived = new HashMap<>();
        private final NavigableMap<Long, Deque<Recorded>> recorded = new TreeMap<>();
        private int waiting;
        private int allowed = MOST;
        /** All that records before it lead to has been given. */
        private long reached;
    }

    private static final class Sink {
        private final Map<TopicPartition, Long> furthest = new HashMap<>();
        private int waiting;
        private int allowed = MOST;
    }

    /**
     * @param behind whether it stands behind what a later record led to
     */
    private record Recorded(Claim claim, Sink sink, boolean behind) {}

    /** Something follows from a record. */
    synchronized void derived(Claim claim) {
        Source source = source(claim.source());
        Recorded recorded = take(source, claim);
        if (recorded != null) {
            recorded.sink().waiting--;
            match(claim, recorded);
        } else {
            source.derived
                    .computeIfAbsent(claim.key(), key -> new ArrayDeque<>())
                    .add(claim);
            source.waiting++;
        }
    }

    /** What waits for this claim: the one that says the same, else the first. */
    private static @Nullable Recorded take(Source source, Claim claim) {
        Deque<Recorded> there = source.recorded.get(claim.trigger());
        if (there == null) {
            return null;
        }
        Recorded found = there.stream()
                .filter(recorded -> recorded.claim().key().equals(claim.key()))
                .reduce((one, other) ->
                        one.claim().says(claim) ? one : other.claim().says(claim) ? other : one)
                .orElse(null);
        if (found != null) {
            there.remove(found);
            if (there.isEmpty()) {
                source.recorded.remove(claim.trigger());
            }
        }
        return found;
    }

    /** Something is recorded. */
    synchronized void recorded(TopicPartition in, Claim claim) {
        Source source = source(claim.source());
        Sink sink = sink(in);
        boolean behind = claim.trigger() < sink.furthest.getOrDefault(claim.source(), Long.MIN_VALUE);
        sink.furthest.merge(claim.source(), claim.trigger(), Math::max);
        Recorded recorded = new Recorded(claim, sink, behind);
        Deque<Claim> derived = source.derived.get(claim.key());
        if (derived != null) {
            Claim counterpart = derived.stream().filter(claim::says).findFirst().orElseGet(derived::element);
            derived.remove(counterpart);
            if (derived.isEmpty()) {
                source.derived.remove(claim.key());
            }
            source.waiting--;
            match(counterpart, recorded);
        } else if (claim.trigger() < source.reached) {
            unexpected.accept(claim);
        } else {
            source.recorded
                    .computeIfAbsent(claim.trigger(), trigger -> new ArrayDeque<>())
                    .add(recorded);
            sink.waiting++;
        }
    }

    private void match(Claim derived, Recorded recorded) {
        Claim claim = recorded.claim();
        if (!derived.says(claim)) {
            findings.add(new Finding(
                    Finding.Kind.WRONG,
                    claim.place(),
                    claim.shown() + " is not what follows from " + derived.place(),
                    Differences.of(derived, claim),
                    Differences.of(claim, derived)));
        } else if (recorded.behind()) {
            findings.add(new Finding(
                    Finding.Kind.ORDER,
                    claim.place(),
                    claim.shown() + " stands behind what a later record of " + claim.source() + " led to",
                    "",
                    ""));
        } else {
            identical++;
        }
    }

    /** All that records of a source before an offset lead to has been given. */
    synchronized void reached(TopicPartition partition, long offset) {
        Source source = source(partition);
        source.reached = Math.max(source.reached, offset);
        Map<Long, Deque<Recorded>> settled = source.recorded.headMap(source.reached, false);
        settled.values()
                .forEach(there -> there.forEach(recorded -> {
                    recorded.sink().waiting--;
                    unexpected.accept(recorded.claim());
                }));
        settled.clear();
    }

    synchronized boolean isSourceFull(TopicPartition partition) {
        return source(partition).waiting >= source(partition).allowed;
    }

    synchronized boolean isSinkFull(TopicPartition partition) {
        return sink(partition).waiting >= sink(partition).allowed;
    }

    synchronized void giveWay(TopicPartition partition) {
        Source source = sources.get(partition);
        if (source != null) {
            source.allowed *= 2;
        }
        Sink sink = sinks.get(partition);
        if (sink != null) {
            sink.allowed *= 2;
        }
    }

    /** Both sides have been given as a whole: what still waits has no counterpart. */
    synchronized void end() {
        for (Source source : sources.values()) {
            List<Claim> lost = source.derived.values().stream()
                    .flatMap(Deque::stream)
                    .sorted(java.util.Comparator.comparingLong(Claim::trigger))
                    .toList();
            for (Claim claim : lost) {
                findings.add(new Finding(
                        Finding.Kind.MISSING,
                        claim.place(),
                        claim.shown() + " is not recorded",
                        Differences.shortened(claim.value().toString()),
                        ""));
            }
            source.recorded.values().forEach(there -> there.forEach(recorded -> unexpected.accept(recorded.claim())));
        }
    }

    /** How many are recorded as they follow. */
    synchronized long identical() {
        return identical;
    }

    private Source source(TopicPartition partition) {
        Source source = sources.get(partition);
        if (source == null) {
            throw new IllegalArgumentException("partition='" + partition + "': is none that is judged anew");
        }
        return source;
    }

    private Sink sink(TopicPartition partition) {
        Sink sink = sinks.get(partition);
        if (sink == null) {
            throw new IllegalArgumentException("partition='" + partition + "': is none that has been recorded in");
        }
        return sink;
    }
}
