package io.weir.cli.search;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Where stretches of log time begin and end in partitions, by Kafka's own index. */
public final class PartitionOffsets {
    private PartitionOffsets() {}

    /** Of the first records of a range; where there are none, the ends. */
    public static Map<TopicPartition, Long> begins(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions, TimeRange range) {
        return range.since().isPresent()
                ? at(consumer, partitions, range.since().get().toEpochMilli())
                : consumer.beginningOffsets(partitions);
    }

    /** Of the first records behind a range; where there are none, the ends. */
    public static Map<TopicPartition, Long> ends(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions, TimeRange range) {
        return range.until().isPresent()
                ? at(consumer, partitions, range.until().get().toEpochMilli())
                : consumer.endOffsets(partitions);
    }

    /** That of one partition. */
    public static long of(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition), "no offset of " + partition);
    }

    private static Map<TopicPartition, Long> at(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions, long millis) {
        Map<TopicPartition, Long> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, Math.max(0, millis)));
        Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions));
        consumer.offsetsForTimes(asked).forEach((partition, found) -> put(offsets, partition, found));
        return offsets;
    }

    private static void put(
            Map<TopicPartition, Long> offsets, TopicPartition partition, @Nullable OffsetAndTimestamp found) {
        if (found != null) {
            offsets.put(partition, found.offset());
        }
    }
}
