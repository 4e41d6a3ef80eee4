package io.weir.worker.control;

import io.weir.schemas.ControlState;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Writes into {@code weir.control}. */
public final class ControlRecord {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private ControlRecord() {}

    /**
     * Puts a stop in force, or releases it. Returns when all in-sync brokers have it.
     *
     * @throws IOException if they do not take it within 10 seconds, a reason for people
     */
    public static RecordMetadata write(KafkaConnection connection, ControlState state)
            throws IOException, InterruptedException {
        Map<String, Object> config = connection.producerConfig("weir-control");
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LIMIT.toMillis());
        try (var producer = new KafkaProducer<String, SpecificRecord>(config)) {
            return producer.send(new ProducerRecord<>(Topics.CONTROL, 0, state.getScope(), state))
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            throw new IOException("topic='" + Topics.CONTROL + "' cannot be written: " + e.getMessage(), e);
        }
    }
}
