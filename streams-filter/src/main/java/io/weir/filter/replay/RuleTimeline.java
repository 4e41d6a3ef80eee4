package io.weir.filter.replay;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Which rules judge which records of {@code weir.file-events} and {@code weir.aggregates}. Immutable; {@link Cursor}s are for
 * one thread each.
 */
public final class RuleTimeline {
    private final Map<TopicPartition, NavigableMap<Long, InForce>> changes;
    private final InForce otherwise;
    private final List<String> faults;

    private RuleTimeline(
            Map<TopicPartition, NavigableMap<Long, InForce>> changes, InForce otherwise, List<String> faults) {
        this.changes = changes;
        this.otherwise = otherwise;
        this.faults = List.copyOf(faults);
    }

    /** The same for all records. */
    public static RuleTimeline fixed(InForce inForce) {
        return new RuleTimeline(Map.of(), inForce, List.of());
    }

    /**
     * As it was recorded.
     *
     * @param changes by partition and offset of the first record judged so
     * @param faults what does not fit: sets that are not those which judged
     */
    static RuleTimeline recorded(Map<TopicPartition, NavigableMap<Long, InForce>> changes, List<String> faults) {
        return new RuleTimeline(new HashMap<>(changes), InForce.NONE, faults);
    }

    /** What was found amiss with the rules of the past, for people. */
    public List<String> faults() {
        return faults;
    }

    /** What a record is judged under. */
    public InForce at(TopicPartition partition, long offset) {
        Map.Entry<Long, InForce> entry = of(partition).floorEntry(offset);
        return entry == null ? otherwise : entry.getValue();
    }

    /** All that it has, in no order. */
    public Collection<InForce> all() {
        Map<Long, InForce> all = new TreeMap<>();
        all.put(otherwise.rules().offset(), otherwise);
        changes.values().forEach(ofOne -> ofOne.values()
                .forEach(each -> all.put(each.rules().offset(), each)));
        return Collections.unmodifiableCollection(all.values());
    }

    private NavigableMap<Long, InForce> of(TopicPartition partition) {
        NavigableMap<Long, InForce> own = changes.get(partition);
        return own == null ? Collections.emptyNavigableMap() : own;
    }

    /** Passes along a partition. */
    Cursor cursor(TopicPartition partition) {
        return new Cursor(of(partition), otherwise);
    }

    /** What is in force at a place that only moves on. */
    static final class Cursor {
        private final Iterator<Map.Entry<Long, InForce>> rest;
        private InForce current;
        private InForce next;
        private long nextFrom;

        private Cursor(NavigableMap<Long, InForce> changes, InForce first) {
            this.rest = changes.entrySet().iterator();
            this.current = first;
            this.next = first;
            take();
        }

        private void take() {
            if (rest.hasNext()) {
                Map.Entry<Long, InForce> entry = rest.next();
                nextFrom = entry.getKey();
                next = entry.getValue();
            } else {
                nextFrom = Long.MAX_VALUE;
            }
        }

        /** Moves on to an offset. */
        void moveTo(long offset) {
            while (offset >= nextFrom) {
                current = next;
                take();
            }
        }

        InForce current() {
            return current;
        }
    }
}
