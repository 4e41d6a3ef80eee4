package io.weir.schemas.topic;

import io.weir.schemas.ComponentStatus;
import io.weir.schemas.connect.ConnectionFaults;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.RegistryException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;

/**
 * The partition count that {@code weir.file-events} was made with: a record in {@code weir.components} with kind
 * {@code topic}, id {@code weir.file-events} and the figure {@code partitions}. Written once.
 */
final class PartitionRecord {
    static final String KIND = "topic";
    static final String KEY = KIND + "/" + Topics.FILE_EVENTS;
    static final String FIGURE = "partitions";
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConnection connection;

    PartitionRecord(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * @throws io.weir.schemas.registry.RegistryException if the registry is away
     * @throws TopicException if the record is there and not readable
     */
    Optional<Integer> read() {
        Optional<Integer> recorded = Optional.empty();
        TopicPartition partition = new TopicPartition(Topics.COMPONENTS, 0);
        Map<String, Object> config = connection.scanConfig("weir-topics");
        try (var consumer = new KafkaConsumer<String, ComponentStatus>(config)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(partition)).get(partition));
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, ComponentStatus> r : poll(consumer)) {
                    if (KEY.equals(r.key()) && r.value() != null) {
                        recorded = Optional.ofNullable(r.value().getFigures().get(FIGURE))
                                .map(Math::toIntExact);
                    }
                }
            }
        }
        return recorded;
    }

    private static ConsumerRecords<String, ComponentStatus> poll(KafkaConsumer<String, ComponentStatus> consumer) {
        try {
            return consumer.poll(POLL);
        } catch (RecordDeserializationException e) {
            RegistryException.throwIfAway(e);
            if (!KEY.equals(keyOf(e))) {
                consumer.seek(e.topicPartition(), e.offset() + 1);
                return ConsumerRecords.empty();
            }
            throw new TopicException(
                    "cannot read what is recorded of topic='" + Topics.FILE_EVENTS + "': " + ConnectionFaults.root(e)
                            + "; expected the ids that records carry to be those of the registry, which seems to have lost"
                            + " its schemas and been filled again in another order, or is another one; restore its"
                            + " storage, or stop all parts, empty it, and run 'weir topics create' before all others",
                    e);
        }
    }

    private static String keyOf(RecordDeserializationException e) {
        ByteBuffer key = e.keyBuffer();
        return key == null ? "" : StandardCharsets.UTF_8.decode(key.duplicate()).toString();
    }

    void write(int partitions) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        ComponentStatus status = ComponentStatus.newBuilder()
                .setKind(KIND)
                .setId(Topics.FILE_EVENTS)
                .setVersion("1")
                .setHost(host())
                .setStartedAt(now)
                .setReportedAt(now)
                .setState("running")
                .setFigures(Map.of(FIGURE, (long) partitions))
                .build();
        try (var producer = new KafkaProducer<String, ComponentStatus>(connection.producerConfig("weir-topics"))) {
            KafkaCalls.get(
                    "record the partition count of topic='" + Topics.FILE_EVENTS + "'",
                    producer.send(new ProducerRecord<>(Topics.COMPONENTS, KEY, status)));
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
