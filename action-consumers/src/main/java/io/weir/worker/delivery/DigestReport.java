package io.weir.worker.delivery;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.topic.Causation;
import io.weir.worker.run.ActionRunner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Tells what became of each request of a digest. They are read again, so that they need not be kept meanwhile. */
final class DigestReport {
    /** Results that Kafka has not acknowledged yet. */
    private static final int MOST_UNACKNOWLEDGED = 1_000;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final KafkaConnection connection;
    private final String clientId;
    private final ActionRunner runner;
    private final Reports reports;
    private final WorkerHealth health;
    private final ConfluentAvroDeserializer<ActionRequest> deserializer;

    DigestReport(
            KafkaConnection connection,
            String clientId,
            ActionRunner runner,
            Reports reports,
            WorkerHealth health,
            ConfluentAvroDeserializer<ActionRequest> deserializer) {
        this.connection = connection;
        this.clientId = clientId;
        this.runner = runner;
        this.reports = reports;
        this.health = health;
        this.deserializer = deserializer;
    }

    /**
     * Writes a result for each request, and a dead letter where it failed. Returns when Kafka has them all.
     *
     * @param result of the first one
     * @throws KafkaException if the requests cannot be read or the results not be written; some may have been
     * @throws InterruptedException if the worker stops
     */
    void write(TopicPartition partition, Digest digest, ActionResult result) throws InterruptedException {
        Semaphore unacknowledged = new Semaphore(MOST_UNACKNOWLEDGED);
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, digest.firstOffset());
            long lastProgress = System.nanoTime();
            while (consumer.position(partition) < digest.end()) {
                var records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (record.offset() < digest.end()) {
                        write(record, digest, result, unacknowledged);
                    }
                }
                lastProgress = records.isEmpty() ? lastProgress : System.nanoTime();
                if (System.nanoTime() - lastProgress > SILENCE.toNanos()) {
                    throw new KafkaException("topic-partition " + partition + " cannot be read from offset "
                            + digest.firstOffset() + " again: nothing came for " + SILENCE.toSeconds() + " s");
                }
            }
        }
        acquire(unacknowledged, MOST_UNACKNOWLEDGED);
    }

    private void write(
            ConsumerRecord<byte[], byte[]> record, Digest digest, ActionResult result, Semaphore unacknowledged)
            throws InterruptedException {
        Optional<ActionRequest> member =
                request(record).filter(r -> DigestKey.of(r).equals(digest.key()));
        if (member.isEmpty()) {
            return;
        }
        ActionRequest request = member.get();
        ActionResult own = request.getId().equals(result.getActionId()) ? result : runner.shared(request, result);
        Causation cause = RequestTask.cause(record, request);
        acquire(unacknowledged, 1);
        reports.result(record, own, String.valueOf(own.getDetail()), cause, () -> {
            health.reported(request, own);
            unacknowledged.release();
        });
    }

    /** Empty if it cannot be decoded: then it is a dead letter already. */
    private Optional<ActionRequest> request(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.ofNullable(deserializer.deserialize(record.topic(), record.value()));
        } catch (SerializationException e) {
            if (e.getCause() instanceof RegistryException away && away.isUnavailable()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** The publisher sends again what Kafka did not take; so this only ends early if that lasts. */
    private static void acquire(Semaphore semaphore, int permits) throws InterruptedException {
        if (!semaphore.tryAcquire(permits, SILENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new KafkaException("results are not acknowledged");
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> config = connection.scanConfig(clientId + "-again");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
