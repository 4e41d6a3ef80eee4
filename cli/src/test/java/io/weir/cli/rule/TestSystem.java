package io.weir.cli.rule;

import io.weir.cli.CommandRun;
import io.weir.cli.embedded.EmbeddedBroker;
import io.weir.cli.embedded.EmbeddedRegistry;
import io.weir.cli.search.TopicReader;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.TopicAdmin;
import io.weir.schemas.topic.TopicSettings;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** A real broker and registry with all topics, and commands that talk to them. */
public final class TestSystem implements Closeable {
    private final Path directory;
    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;

    private TestSystem(Path directory, EmbeddedBroker broker, EmbeddedRegistry registry) {
        this.directory = directory;
        this.broker = broker;
        this.registry = registry;
    }

    /**
     * Starts a broker and a registry, and makes the topics.
     *
     * @param directory the commands' working directory
     */
    public static TestSystem start(Path directory) {
        EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        EmbeddedRegistry registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
        TestSystem system = new TestSystem(directory, broker, registry);
        try (TopicAdmin topics = new TopicAdmin(system.connection())) {
            topics.create(TopicSettings.embedded());
        }
        return system;
    }

    public KafkaConnection connection() {
        return KafkaConnection.of(broker.bootstrapServers(), registry.url());
    }

    public String registryUrl() {
        return registry.url();
    }

    public CommandRun weir(String... arguments) {
        String[] connection = {"--bootstrap-servers", broker.bootstrapServers(), "--schema-registry", registry.url()};
        return CommandRun.in(
                directory,
                Stream.concat(Stream.of(arguments), Stream.of(connection)).toArray(String[]::new));
    }

    /** Writes {@code NAME.yaml} with these rules. */
    public void file(String name, String rules) {
        try {
            Files.writeString(directory.resolve(name + ".yaml"), "rules:\n" + rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<ConsumerRecord<String, SpecificRecord>> records(String topic) {
        List<ConsumerRecord<String, SpecificRecord>> records = new ArrayList<>();
        try (TopicReader reader = TopicReader.fromBeginning(connection(), topic)) {
            reader.readToEnd(records::add);
        }
        return records;
    }

    public RecordMetadata send(String topic, String key, @Nullable SpecificRecord value) {
        return send(new ProducerRecord<>(topic, key, value));
    }

    public RecordMetadata send(ProducerRecord<String, SpecificRecord> record) {
        return send(List.of(record)).get(0);
    }

    /** Writes records in their order. */
    public List<RecordMetadata> send(List<ProducerRecord<String, SpecificRecord>> records) {
        List<RecordMetadata> written = new ArrayList<>();
        try (KafkaProducer<String, SpecificRecord> producer =
                new KafkaProducer<>(connection().producerConfig("test"))) {
            for (ProducerRecord<String, SpecificRecord> record : records) {
                written.add(producer.send(record).get());
            }
            return written;
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
