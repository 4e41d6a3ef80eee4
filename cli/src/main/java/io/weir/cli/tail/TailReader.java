package io.weir.cli.tail;

import io.weir.cli.search.PartitionOffsets;
import io.weir.cli.search.TimeRange;
import io.weir.cli.search.TopicScan;
import io.weir.schemas.connect.KafkaConnection;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic in the order of log time, over all its partitions. Belongs to one thread. */
final class TailReader implements Closeable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MOST_WAITING = 20_000;
    private static final int WIDER = 10;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final BooleanSupplier stopped;

    /** @param stopped asked again and again: whether to end */
    TailReader(KafkaConnection connection, String topic, BooleanSupplier stopped) {
        this.consumer = TopicScan.consumer(connection);
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        this.stopped = stopped;
        consumer.assign(partitions);
    }

    /** Gives all of a range, and where it ends. */
    Map<TopicPartition, Long> all(TimeRange range, Consumer<List<ConsumerRecord<byte[], byte[]>>> handler) {
        Map<TopicPartition, Long> begins = PartitionOffsets.begins(consumer, partitions, range);
        Map<TopicPartition, Long> ends = PartitionOffsets.ends(consumer, partitions, range);
        read(begins, ends, handler);
        return ends;
    }

    /** Gives the last records of a range that are wanted, and where it ends; looks back as far as it must. */
    Map<TopicPartition, Long> last(
            int count,
            TimeRange range,
            Predicate<ConsumerRecord<byte[], byte[]>> wanted,
            Consumer<List<ConsumerRecord<byte[], byte[]>>> handler) {
        Map<TopicPartition, Long> first = PartitionOffsets.begins(consumer, partitions, range);
        Map<TopicPartition, Long> ends = PartitionOffsets.ends(consumer, partitions, range);
        Deque<ConsumerRecord<byte[], byte[]>> found = new ArrayDeque<>();
        boolean all = count == 0;
        for (long span = Math.max(count, 1); !all && !stopped.getAsBoolean(); span *= WIDER) {
            found.clear();
            Map<TopicPartition, Long> begins = new HashMap<>();
            all = true;
            for (TopicPartition partition : partitions) {
                long oldest = PartitionOffsets.of(first, partition);
                long begin = Math.max(oldest, PartitionOffsets.of(ends, partition) - span);
                begins.put(partition, begin);
                all &= begin == oldest;
            }
            read(begins, ends, records -> keep(records, wanted, count, found));
            all |= found.size() == count && isCovered(found.element(), begins);
        }
        handler.accept(new ArrayList<>(found));
        return ends;
    }

    private static void keep(
            List<ConsumerRecord<byte[], byte[]>> records,
            Predicate<ConsumerRecord<byte[], byte[]>> wanted,
            int count,
            Deque<ConsumerRecord<byte[], byte[]>> found) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (wanted.test(record)) {
                found.add(record);
                if (found.size() > count) {
                    found.remove();
                }
            }
        }
    }

    /** Whether what was not read is older than what was found, in each partition. */
    private boolean isCovered(ConsumerRecord<byte[], byte[]> oldest, Map<TopicPartition, Long> begins) {
        Map<TopicPartition, Long> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, oldest.timestamp()));
        return consumer.offsetsForTimes(asked).entrySet().stream()
                .allMatch(at ->
                        at.getValue() == null || at.getValue().offset() >= PartitionOffsets.of(begins, at.getKey()));
    }

    /** Gives what is committed from there on, until it is stopped. */
    void follow(Map<TopicPartition, Long> from, Consumer<List<ConsumerRecord<byte[], byte[]>>> handler) {
        consumer.resume(partitions);
        from.forEach(consumer::seek);
        while (!stopped.getAsBoolean()) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            consumer.poll(POLL).forEach(records::add);
            records.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
            if (!records.isEmpty()) {
                handler.accept(records);
            }
        }
    }

    private void read(
            Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> ends,
            Consumer<List<ConsumerRecord<byte[], byte[]>>> handler) {
        TimeMerge merge = new TimeMerge(partitions, MOST_WAITING);
        Set<TopicPartition> open = new HashSet<>(partitions);
        begins.forEach(consumer::seek);
        end(open, ends, merge);
        while (!open.isEmpty() && !stopped.getAsBoolean()) {
            Set<TopicPartition> paused = merge.full();
            partitions.stream().filter(partition -> !open.contains(partition)).forEach(paused::add);
            consumer.resume(partitions);
            consumer.pause(paused);
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset()
                        < PartitionOffsets.of(ends, new TopicPartition(record.topic(), record.partition()))) {
                    merge.add(record);
                }
            }
            end(open, ends, merge);
            List<ConsumerRecord<byte[], byte[]>> ready = merge.ready();
            if (!ready.isEmpty()) {
                handler.accept(ready);
            }
        }
    }

    private void end(Set<TopicPartition> open, Map<TopicPartition, Long> ends, TimeMerge merge) {
        open.removeIf(partition -> {
            boolean ended = consumer.position(partition) >= PartitionOffsets.of(ends, partition);
            if (ended) {
                merge.ended(partition);
            }
            return ended;
        });
    }

    @Override
    public void close() {
        consumer.close();
    }
}
