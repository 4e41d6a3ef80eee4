package io.weir.schemas.topic;

import io.weir.schemas.Volume;
import io.weir.schemas.connect.KafkaConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Registers volumes. The volume's action topic comes first, so that the filter never routes to a topic that is not there. */
public final class VolumeRegistry {
    private VolumeRegistry() {}

    /**
     * Makes the volume's action topic if it is missing, then writes the volume's record. Idempotent.
     *
     * @param volume a valid {@link VolumeName}
     * @param kind {@code mounted} or {@code qumulo}
     * @param by who registers it: a worker's id or a user
     * @throws TopicException if Kafka refuses or does not answer
     * @throws io.weir.schemas.registry.RegistryException if the registry refuses or does not answer
     */
    public static void register(KafkaConnection connection, String volume, String kind, String by) {
        VolumeName.requireValid(volume);
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
