package io.weir.filter.replay;

import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;

/** Reads a topic of one partition from its beginning to its end. */
final class StateTopic {
    private StateTopic() {}

    /**
     * A record.
     *
     * @param value empty for a tombstone
     * @param fault why the value cannot be decoded; empty if it can
     */
    record Line(
            long offset,
            long timestamp,
            String key,
            Headers headers,
            Optional<SpecificRecord> value,
            Optional<String> fault) {}

    /** Gives all records in their order, those too that are just being committed. */
    static void read(KafkaConnection connection, String topic, java.util.function.Consumer<Line> lines) {
        TopicPartition partition = new TopicPartition(topic, 0);
        long[] ends = offsets(connection, partition);
        try (ConfluentAvroDeserializer<SpecificRecord> values = new ConfluentAvroDeserializer<>()) {
            values.configure(connection.serdeConfig(), false);
            PartitionTask task = new PartitionTask() {
                @Override
                public TopicPartition partition() {
                    return partition;
                }

                @Override
                public long begin() {
                    return ends[0];
                }

                @Override
                public long end() {
                    return ends[1];
                }

                @Override
                public void on(ConsumerRecord<byte[], byte[]> record) {
                    lines.accept(line(values, record));
                }
            };
            new ParallelReader(connection, 1, new ReadProgress()).read(List.of(task));
        }
    }

    private static Line line(ConfluentAvroDeserializer<SpecificRecord> values, ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        Optional<SpecificRecord> value = Optional.empty();
        Optional<String> fault = Optional.empty();
        try {
            value = Optional.ofNullable(values.deserialize(record.topic(), record.value()));
        } catch (SerializationException e) {
            RegistryException.throwIfAway(e);
            fault = Optional.of(String.valueOf(e.getMessage()));
        }
        return new Line(record.offset(), record.timestamp(), key, record.headers(), value, fault);
    }

    private static long[] offsets(KafkaConnection connection, TopicPartition partition) {
        try (Consumer<byte[], byte[]> consumer = uncommitted(connection)) {
            Map<TopicPartition, Long> begin = consumer.beginningOffsets(List.of(partition));
            Map<TopicPartition, Long> end = consumer.endOffsets(List.of(partition));
            return new long[] {begin.getOrDefault(partition, 0L), end.getOrDefault(partition, 0L)};
        }
    }

    /** Its ends are those of all records: reading up to them waits for transactions that are just being committed. */
    static Consumer<byte[], byte[]> uncommitted(KafkaConnection connection) {
        Map<String, Object> config = connection.consumerConfig("weir-replay-ends");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        config.put(
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                org.apache.kafka.common.serialization.ByteArrayDeserializer.class);
        config.put(
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                org.apache.kafka.common.serialization.ByteArrayDeserializer.class);
        return new KafkaConsumer<>(config);
    }
}
