package io.weir.cli.rule;

import io.weir.schemas.connect.KafkaConnection;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads one topic with committed records, from its beginning or from now on. Belongs to one thread. */
final class TopicReader implements Closeable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, SpecificRecord> consumer;
    private final List<TopicPartition> partitions;
    private final KafkaConnection connection;

    private TopicReader(KafkaConnection connection, String topic) {
        this.connection = connection;
        consumer = new KafkaConsumer<>(connection.consumerConfig("weir-command"));
        partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /** Positions at the beginning of the topic, which must exist. */
    static TopicReader fromBeginning(KafkaConnection connection, String topic) {
        TopicReader reader = new TopicReader(connection, topic);
        reader.consumer.seekToBeginning(reader.partitions);
        return reader;
    }

    /** Positions at the end of the topic as it is now. */
    static TopicReader fromNow(KafkaConnection connection, String topic) {
        TopicReader reader = new TopicReader(connection, topic);
        reader.consumer.endOffsets(reader.partitions).forEach(reader.consumer::seek);
        return reader;
    }

    /**
     * Reads on to what is the end at the time of the call; gives that end, by partition. Waits for a transaction that is
     * just being committed: its producer is told so before the broker has marked the records as committed.
     */
    Map<Integer, Long> readToEnd(Consumer<ConsumerRecord<String, SpecificRecord>> handler) {
        Map<TopicPartition, Long> ends = endOfAllRecords();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(handler);
        }
        Map<Integer, Long> byPartition = new HashMap<>();
        ends.forEach((partition, end) -> byPartition.put(partition.partition(), end));
        return byPartition;
    }

    /** Of all records, also of those that are not yet known to be committed. */
    private Map<TopicPartition, Long> endOfAllRecords() {
        Map<String, Object> config = connection.consumerConfig("weir-command-end");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        try (KafkaConsumer<String, SpecificRecord> all = new KafkaConsumer<>(config)) {
            return all.endOffsets(partitions);
        }
    }

    /** Reads on until the handler says that it has what it wants; whether it did so in time. */
    boolean readUntil(Predicate<ConsumerRecord<String, SpecificRecord>> handler, Duration atMost) {
        Instant deadline = Instant.now().plus(atMost);
        while (Instant.now().isBefore(deadline)) {
            for (ConsumerRecord<String, SpecificRecord> record : consumer.poll(POLL)) {
                if (handler.test(record)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
