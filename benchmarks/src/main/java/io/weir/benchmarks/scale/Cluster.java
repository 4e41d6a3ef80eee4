package io.weir.benchmarks.scale;

import io.weir.cli.embedded.EmbeddedBroker;
import io.weir.cli.embedded.EmbeddedRegistry;
import io.weir.schemas.FileEvent;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.TopicAdmin;
import io.weir.schemas.topic.TopicSettings;
import io.weir.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Broker and registry in this process, and what came into the event log since the last look. */
final class Cluster implements AutoCloseable {
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final KafkaConsumer<String, FileEvent> consumer;

    Cluster(Path directory) {
        broker = EmbeddedBroker.start(directory, 0);
        registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
        KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers(), registry.url());
        try (TopicAdmin admin = new TopicAdmin(connection)) {
            admin.create(TopicSettings.embedded());
        }
        consumer = new KafkaConsumer<>(connection.consumerConfig("agent-scale"));
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.FILE_EVENTS).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    List<String> options() {
        return List.of("--bootstrap-servers", broker.bootstrapServers(), "--schema-registry", registry.url());
    }

    /** Events by type, until none has come for a while; gaps are not counted. */
    Map<String, Integer> events() {
        Map<String, Integer> types = new TreeMap<>();
        long last = System.nanoTime();
        while (System.nanoTime() - last < QUIET.toNanos()) {
            for (ConsumerRecord<String, FileEvent> record : consumer.poll(Duration.ofMillis(100))) {
                FileEvent event = record.value();
                last = System.nanoTime();
                if (event.getHalf() == null && event.getGap() == null) {
                    types.merge(event.getType(), 1, Integer::sum);
                }
            }
        }
        return types;
    }

    @Override
    public void close() {
        consumer.close();
        registry.close();
        broker.close();
    }
}
