package io.weir.cli.control;

import io.weir.cli.CommandException;
import io.weir.cli.search.TopicReader;
import io.weir.schemas.ControlState;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Reads and writes {@code weir.control}. */
final class ControlLog {
    private static final Duration WRITE = Duration.ofSeconds(10);

    private ControlLog() {}

    /** The stops that hold, by scope. */
    static Map<String, ControlState> stops(KafkaConnection connection) {
        Map<String, ControlState> stops = new TreeMap<>();
        try (TopicReader reader = TopicReader.fromBeginning(connection, Topics.CONTROL)) {
            reader.readToEnd(record -> {
                if (record.value() instanceof ControlState state) {
                    if (state.getStopped()) {
                        stops.put(state.getScope(), state);
                    } else {
                        stops.remove(state.getScope());
                    }
                }
            });
        }
        return stops;
    }

    /**
     * Writes one; returns when all in-sync brokers have it.
     *
     * @throws CommandException if they do not take it
     */
    static RecordMetadata write(KafkaConnection connection, ControlState state) throws InterruptedException {
        Map<String, Object> config = connection.producerConfig("weir-control");
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, WRITE.toMillis());
        try (var producer = new KafkaProducer<String, SpecificRecord>(config)) {
            return producer.send(new ProducerRecord<>(Topics.CONTROL, 0, state.getScope(), state))
                    .get(WRITE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            throw new CommandException(
                    "topic='" + Topics.CONTROL + "' cannot be written: " + e.getMessage()
                            + "; nothing was changed by this command. Workers that cannot reach Kafka change nothing"
                            + " either; to stop a worker at once, end its process",
                    e);
        }
    }
}
