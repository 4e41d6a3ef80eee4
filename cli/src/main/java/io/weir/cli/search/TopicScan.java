package io.weir.cli.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.cli.CommandOutput;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.Keys;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Passes over committed records of partitions, once each, in bounded memory. It goes to what is the end when it begins, and
 * does not wait for transactions that are open then. Belongs to one thread.
 */
public final class TopicScan implements Closeable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ConfluentAvroDeserializer<SpecificRecord> values = new ConfluentAvroDeserializer<>();
    private final ScanProgress progress;

    /** @param output is told how far it is, if it takes long */
    public TopicScan(KafkaConnection connection, CommandOutput output) {
        consumer = consumer(connection);
        values.configure(connection.serdeConfig(), false);
        progress = new ScanProgress(output);
    }

    /** A consumer of committed records as they are, in no group, for reading much. */
    public static KafkaConsumer<byte[], byte[]> consumer(KafkaConnection connection) {
        Map<String, Object> config = connection.scanConfig("weir-command");
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        return new KafkaConsumer<>(config);
    }

    /** All topics there are. */
    public Set<String> topics() {
        return consumer.listTopics().keySet();
    }

    /** All partitions of a topic, which must exist. */
    public List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** The first record that has a key; reads only the partition that such records are in. */
    public Optional<FoundRecord> findKey(String topic, String key, TimeRange range) {
        TopicPartition partition =
                new TopicPartition(topic, Keys.partition(key, partitions(topic).size()));
        byte[] bytes = key.getBytes(UTF_8);
        return find(List.of(partition), range, record -> Arrays.equals(record.key(), bytes))
                .map(this::decode);
    }

    /** The first record that has a text in its value, and is wanted; those without it are not decoded. */
    public Optional<FoundRecord> findText(
            Collection<TopicPartition> partitions, TimeRange range, String text, Predicate<FoundRecord> wanted) {
        byte[] bytes = text.getBytes(UTF_8);
        return find(
                        partitions,
                        range,
                        record -> record.value() != null
                                && RecordBytes.isIn(record.value(), bytes)
                                && wanted.test(decode(record)))
                .map(this::decode);
    }

    /** Passes over all records, in the order of each partition. */
    public void forEach(
            Collection<TopicPartition> partitions, TimeRange range, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        find(partitions, range, record -> {
            handler.accept(record);
            return false;
        });
    }

    /** Passes over records, in the order of each partition, until one is wanted. */
    public Optional<ConsumerRecord<byte[], byte[]>> find(
            Collection<TopicPartition> partitions, TimeRange range, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        Map<TopicPartition, Long> ends = PartitionOffsets.ends(consumer, partitions, range);
        assign(partitions);
        PartitionOffsets.begins(consumer, partitions, range).forEach(consumer::seek);
        Set<TopicPartition> open = new HashSet<>(partitions);
        long all = close(open, ends);
        Patience patience = new Patience(partitions);
        for (long left = all; left > 0; left = close(open, ends)) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() < PartitionOffsets.of(ends, partitionOf(record)) && wanted.test(record)) {
                    return Optional.of(record);
                }
            }
            progress.read(records.count());
            progress.reached(partitions, left, all);
            patience.require(left);
        }
        return Optional.empty();
    }

    /** A partition that an earlier pass has read to its end stays paused where it is assigned again. */
    private void assign(Collection<TopicPartition> partitions) {
        consumer.assign(partitions);
        consumer.resume(partitions);
    }

    /** Fetches nothing more of those that are read to their ends; gives how many offsets are left of the others. */
    private long close(Set<TopicPartition> open, Map<TopicPartition, Long> ends) {
        long left = 0;
        List<TopicPartition> done = new ArrayList<>();
        for (TopicPartition partition : open) {
            long more = PartitionOffsets.of(ends, partition) - consumer.position(partition);
            left += Math.max(0, more);
            if (more <= 0) {
                done.add(partition);
            }
        }
        consumer.pause(done);
        done.forEach(open::remove);
        return left;
    }

    /** The record at a position; empty if it is not kept any more. */
    public Optional<ConsumerRecord<byte[], byte[]>> at(TopicPartition partition, long offset) {
        long first = PartitionOffsets.of(consumer.beginningOffsets(List.of(partition)), partition);
        long end = PartitionOffsets.of(consumer.endOffsets(List.of(partition)), partition);
        if (offset < first || offset >= end) {
            return Optional.empty();
        }
        assign(List.of(partition));
        consumer.seek(partition, offset);
        Patience patience = new Patience(List.of(partition));
        while (consumer.position(partition) <= offset) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                return Optional.of(records.iterator().next()).filter(record -> record.offset() == offset);
            }
            patience.require(offset - consumer.position(partition));
        }
        return Optional.empty();
    }

    /** The log time of the oldest record of a topic; empty if it has none. */
    public Optional<Instant> oldest(String topic) {
        Map<TopicPartition, Long> asked =
                partitions(topic).stream().collect(Collectors.toMap(Function.identity(), p -> 0L));
        return consumer.offsetsForTimes(asked).values().stream()
                .filter(Objects::nonNull)
                .map(found -> Instant.ofEpochMilli(found.timestamp()))
                .min(Instant::compareTo);
    }

    private static TopicPartition partitionOf(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** Decodes a record. */
    public FoundRecord decode(ConsumerRecord<byte[], byte[]> record) {
        return new FoundRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                Causation.read(record.headers()),
                DeadLetter.read(record.headers()),
                value(record));
    }

    private Optional<SpecificRecord> value(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.ofNullable(values.deserialize(record.topic(), record.headers(), record.value()));
        } catch (SerializationException e) {
            RegistryException.throwIfAway(e);
            return Optional.empty();
        }
    }

    /** Also says what was read, if that took long. */
    @Override
    public void close() {
        progress.end();
        consumer.close();
        values.close();
    }
}
