package io.weir.cli.search;

import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.RegistryException;
import java.io.Closeable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;

/** Reads one topic with committed records, from its beginning. Belongs to one thread. */
public final class TopicReader implements Closeable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, SpecificRecord> consumer;
    private final List<TopicPartition> partitions;
    private final KafkaConnection connection;

    private TopicReader(KafkaConnection connection, String topic) {
        this.connection = connection;
        consumer = new KafkaConsumer<>(connection.scanConfig("weir-command"));
        partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /** Positions at the beginning of the topic, which must exist. */
    public static TopicReader fromBeginning(KafkaConnection connection, String topic) {
        TopicReader reader = new TopicReader(connection, topic);
        reader.consumer.seekToBeginning(reader.partitions);
        return reader;
    }

    /**
     * Reads on to what is the end at the time of the call; gives that end, by partition. Waits for a transaction that is
     * just being committed: its producer is told so before the broker has marked the records as committed.
     */
    public Map<Integer, Long> readToEnd(Consumer<ConsumerRecord<String, SpecificRecord>> handler) {
        Map<TopicPartition, Long> ends = endOfAllRecords();
        while (left(ends) > 0) {
            poll().forEach(handler);
        }
        Map<Integer, Long> byPartition = new HashMap<>();
        ends.forEach((partition, end) -> byPartition.put(partition.partition(), end));
        return byPartition;
    }

    /**
     * Reads on, also what comes yet, until there is nothing to wait for any more or the time is over.
     *
     * @param done asked after each reading
     */
    public void readUntil(
            BooleanSupplier done, Duration atMost, Consumer<ConsumerRecord<String, SpecificRecord>> handler) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!done.getAsBoolean() && System.nanoTime() - end < 0) {
            poll().forEach(handler);
        }
    }

    private long left(Map<TopicPartition, Long> ends) {
        long left = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            left += Math.max(0, end.getValue() - consumer.position(end.getKey()));
        }
        return left;
    }

    /** Passes over a record that cannot be decoded, as all who read these topics do, unless the registry is away. */
    private ConsumerRecords<String, SpecificRecord> poll() {
        try {
            return consumer.poll(POLL);
        } catch (RecordDeserializationException e) {
            RegistryException.throwIfAway(e);
            consumer.seek(e.topicPartition(), e.offset() + 1);
            return ConsumerRecords.empty();
        }
    }

    /** Of all records, also of those that are not yet known to be committed. */
    private Map<TopicPartition, Long> endOfAllRecords() {
        Map<String, Object> config = connection.consumerConfig("weir-command-end");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        try (KafkaConsumer<String, SpecificRecord> all = new KafkaConsumer<>(config)) {
            return all.endOffsets(partitions);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
