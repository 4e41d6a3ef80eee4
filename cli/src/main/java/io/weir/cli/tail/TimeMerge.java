package io.weir.cli.tail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Brings the records of several partitions into the order of their log times; within a partition they keep theirs. A record
 * is given once no partition that is still being read can have an earlier one. For one thread.
 */
final class TimeMerge {
    private static final Comparator<Source> BY_TIME = Comparator.<Source>comparingLong(
                    source -> source.records.element().timestamp())
            .thenComparingInt(source -> source.partition.partition());

    private static final class Source {
        private final TopicPartition partition;
        private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
        private boolean ended;

        Source(TopicPartition partition) {
            this.partition = partition;
        }

        boolean holdsUp() {
            return !ended && records.isEmpty();
        }
    }

    private final int most;
    private final Map<TopicPartition, Source> sources = new HashMap<>();
    /** Those that have records. */
    private final PriorityQueue<Source> heads = new PriorityQueue<>(BY_TIME);

    private int holdingUp;

    /** @param most how many records of a partition may wait before it is {@link #full} */
    TimeMerge(Collection<TopicPartition> partitions, int most) {
        this.most = most;
        partitions.forEach(partition -> sources.put(partition, new Source(partition)));
        holdingUp = sources.size();
    }

    /** Of one of the partitions, in their order. */
    void add(ConsumerRecord<byte[], byte[]> record) {
        Source source = source(new TopicPartition(record.topic(), record.partition()));
        boolean first = source.records.isEmpty();
        holdingUp -= source.holdsUp() ? 1 : 0;
        source.records.add(record);
        if (first) {
            heads.add(source);
        }
    }

    /** Nothing more comes from a partition. */
    void ended(TopicPartition partition) {
        Source source = source(partition);
        holdingUp -= source.holdsUp() ? 1 : 0;
        source.ended = true;
    }

    /** Partitions of which no more should be read before the others have caught up. */
    Set<TopicPartition> full() {
        return sources.values().stream()
                .filter(source -> source.records.size() >= most)
                .map(source -> source.partition)
                .collect(Collectors.toSet());
    }

    /** Takes what can be given now. */
    List<ConsumerRecord<byte[], byte[]>> ready() {
        List<ConsumerRecord<byte[], byte[]>> ready = new ArrayList<>();
        while (holdingUp == 0) {
            Source first = heads.poll();
            if (first == null) {
                break;
            }
            ready.add(first.records.remove());
            if (!first.records.isEmpty()) {
                heads.add(first);
            }
            holdingUp += first.holdsUp() ? 1 : 0;
        }
        return ready;
    }

    private Source source(TopicPartition partition) {
        Source source = sources.get(partition);
        if (source == null) {
            throw new IllegalArgumentException("partition='" + partition + "': is not one of those that are merged");
        }
        return source;
    }
}
