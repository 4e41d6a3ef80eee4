package io.weir.schemas.topic;

import io.weir.schemas.Volume;
import io.weir.schemas.connect.KafkaConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;

/** Registers volumes. The volume's action topic comes first, so that the filter never routes to a topic that is not there. */
public final class VolumeRegistry {
    private static final Duration POLL = Duration.ofMillis(200);

    private VolumeRegistry() {}

    /**
     * Makes the volume's action topic if it is missing, then writes the volume's record. Idempotent. Who may do neither has
     * the right to use a volume that others have registered.
     *
     * @param volume a valid {@link VolumeName}
     * @param kind {@code mounted} or {@code qumulo}
     * @param by who registers it: a worker's id or a user
     * @throws TopicException if Kafka refuses or does not answer
     * @throws io.weir.schemas.registry.RegistryException if the registry refuses or does not answer
     */
    public static void register(KafkaConnection connection, String volume, String kind, String by) {
        VolumeName.requireValid(volume);
        try {
            write(connection, volume, kind, by);
        } catch (TopicException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
            requireRegistered(connection, volume, e);
        }
    }

    private static void requireRegistered(KafkaConnection connection, String volume, TopicException refused) {
        boolean registered;
        try {
            registered = isRegistered(connection, volume);
        } catch (AuthorizationException e) {
            registered = false;
        }
        if (!registered) {
            throw new TopicException(
                    "volume='" + volume + "' is not registered, and this user may not register it ("
                            + refused.getMessage() + "); have it registered with 'weir volume add " + volume + "'",
                    refused);
        }
    }

    private static boolean isRegistered(KafkaConnection connection, String volume) {
        TopicPartition partition = new TopicPartition(Topics.VOLUMES, 0);
        boolean registered = false;
        try (var consumer = new KafkaConsumer<String, Object>(connection.scanConfig("weir-volumes"))) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, Object> record : consumer.poll(POLL)) {
                    registered = volume.equals(record.key()) ? record.value() != null : registered;
                }
            }
        }
        return registered;
    }

    private static void write(KafkaConnection connection, String volume, String kind, String by) {
        try (TopicAdmin admin = new TopicAdmin(connection)) {
            admin.createVolumeTopic(volume);
        }
        Volume record = Volume.newBuilder()
                .setName(volume)
                .setKind(kind)
                .setRegisteredBy(by)
                .setRegisteredAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .build();
        try (var producer = new KafkaProducer<String, Volume>(connection.producerConfig("weir-volumes"))) {
            KafkaCalls.get(
                    "register volume='" + volume + "'",
                    producer.send(new ProducerRecord<>(Topics.VOLUMES, volume, record)));
        }
    }
}
