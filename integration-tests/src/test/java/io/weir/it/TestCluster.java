package io.weir.it;

import io.weir.cli.embedded.EmbeddedBroker;
import io.weir.cli.embedded.EmbeddedRegistry;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.TopicAdmin;
import io.weir.schemas.topic.TopicSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A real broker and a real registry for tests, on loopback and free ports, over a directory of their own under the
 * temporary directory. The kit that all integration tests share.
 *
 * <p>Weir's topic names are fixed, so tests that use them want a cluster of their own, which takes about two seconds: one
 * per test class, {@code @AutoClose static final TestCluster CLUSTER = TestCluster.start().withTopics();}. Tests with topic
 * names of their own share {@link #shared()}. Never make a topic anew under a name that has just been deleted: Kafka can
 * take minutes over it.
 */
public final class TestCluster implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration READ_LIMIT = Duration.ofSeconds(60);
    private static @Nullable TestCluster shared;

    private final Path directory;
    private EmbeddedBroker broker;
    private EmbeddedRegistry registry;

    private TestCluster(Path directory) {
        this.directory = directory;
        this.broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        this.registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
    }

    /** A cluster of the caller's own, without Weir's topics. To be closed, which deletes its data. */
    public static TestCluster start() {
        try {
            return new TestCluster(Files.createTempDirectory("weir-it-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cluster of this JVM, without Weir's topics; stopped when the JVM ends. Use topic names of your own. */
    public static synchronized TestCluster shared() {
        if (shared == null) {
            TestCluster cluster = start();
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "test-cluster-stop"));
            shared = cluster;
        }
        return shared;
    }

    /** Makes Weir's topics and registers their schemas; 4 partitions, 30 days. */
    public TestCluster withTopics() {
        try (TopicAdmin admin = new TopicAdmin(connection())) {
            admin.create(TopicSettings.embedded());
        }
        return this;
    }

    /** How components reach this cluster. Changes with {@link #restart()}. */
    public KafkaConnection connection() {
        return KafkaConnection.of(bootstrapServers(), registryUrl());
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public String registryUrl() {
        return registry.url();
    }

    /** Stops both cleanly and starts them over the same data and, if nobody has taken them, on the same ports. */
    public void restart() {
        restart(kafka -> {});
    }

    /**
     * The same, with something done to the broker's files in between.
     *
     * @param meanwhile is given the broker's data directory
     */
    public void restart(Consumer<Path> meanwhile) {
        int brokerPort = broker.port();
        int registryPort = registry.port();
        registry.close();
        broker.close();
        meanwhile.accept(directory.resolve("kafka"));
        broker = EmbeddedBroker.start(directory.resolve("kafka"), brokerPort);
        registry = EmbeddedRegistry.start(broker.bootstrapServers(), registryPort);
    }

    /** Writes records in their order and waits until they are acknowledged. A value of null is a tombstone. */
    public <V> void send(List<ProducerRecord<String, V>> records) {
        send(connection().producerConfig("it-writer"), records);
    }

    /** Writes one record and waits until it is acknowledged. */
    public <V> void send(ProducerRecord<String, V> record) {
        send(List.of(record));
    }

    /** Writes records whose schemas are registered first, for topics that are not Weir's. */
    public <V extends SpecificRecord> void sendRegistering(List<ProducerRecord<String, V>> records) {
        Map<String, Object> config = connection().producerConfig("it-writer");
        config.put("auto.register.schemas", true);
        send(config, records);
    }

    private static <V> void send(Map<String, Object> config, List<ProducerRecord<String, V>> records) {
        try (KafkaProducer<String, V> producer = new KafkaProducer<>(config)) {
            List<Future<RecordMetadata>> answers = new ArrayList<>();
            for (ProducerRecord<String, V> record : records) {
                answers.add(producer.send(record));
            }
            for (Future<RecordMetadata> answer : answers) {
                answer.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All records of a topic up to its end now, committed ones only, partition by partition, values as Avro records. */
    public <V> List<ConsumerRecord<String, V>> read(String topic) {
        return read(connection(), topic);
    }

    /** The same of another cluster. */
    public static <V> List<ConsumerRecord<String, V>> read(KafkaConnection at, String topic) {
        try (KafkaConsumer<String, V> consumer = new KafkaConsumer<>(at.consumerConfig("it-reader"))) {
            return toEnd(consumer, topic);
        }
    }

    /** The same with values as bytes. */
    public List<ConsumerRecord<String, byte[]>> readBytes(String topic) {
        Map<String, Object> config = connection().consumerConfig("it-reader");
        config.remove("key.deserializer");
        config.remove("value.deserializer");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            return toEnd(consumer, topic);
        }
    }

    /**
     * Reads a topic from its beginning until its records fulfil a condition, and returns them in the order of arrival.
     *
     * @throws AssertionError if they do not within the limit
     */
    public <V> List<ConsumerRecord<String, V>> readUntil(
            String topic, Duration limit, Predicate<List<ConsumerRecord<String, V>>> condition) {
        List<ConsumerRecord<String, V>> records = new ArrayList<>();
        Instant end = Instant.now().plus(limit);
        try (KafkaConsumer<String, V> consumer =
                new KafkaConsumer<>(connection().consumerConfig("it-reader"))) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!condition.test(records)) {
                if (Instant.now().isAfter(end)) {
                    throw new AssertionError("topic " + topic + " did not come to what was expected within " + limit
                            + "; its records: " + records);
                }
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }

    private static <V> List<ConsumerRecord<String, V>> toEnd(KafkaConsumer<String, V> consumer, String topic) {
        List<TopicPartition> partitions = partitions(consumer, topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<ConsumerRecord<String, V>> records = new ArrayList<>();
        Instant limit = Instant.now().plus(READ_LIMIT);
        while (partitions.stream().anyMatch(p -> consumer.position(p) < Objects.requireNonNull(ends.get(p)))) {
            if (Instant.now().isAfter(limit)) {
                throw new AssertionError(
                        "topic " + topic + " could not be read to its end " + ends + " within " + READ_LIMIT);
            }
            consumer.poll(POLL).forEach(records::add);
        }
        records.sort(Comparator.comparingInt((ConsumerRecord<String, V> r) -> r.partition())
                .thenComparingLong(ConsumerRecord::offset));
        return records;
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
    }

    /** Stops both and deletes their data. */
    @Override
    public void close() {
        if (!Files.exists(directory)) {
            return;
        }
        registry.close();
        broker.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
