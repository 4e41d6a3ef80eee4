package io.weir.filter;

import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.Uncounted;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes ticks into partitions, so that time passes there although nothing happens. Beside all transactions: a
 * tick says only that time has passed, and one more or less makes no difference. Safe for all threads.
 */
final class Ticker {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final Producer<byte[], byte[]> producer;
    private final Serializer<Object> serializer;
    private final String filter;
    private final String host;
    private final Clock clock;
    private final AtomicLong sequence = new AtomicLong();

    /** @param filter id of the filter, which stands for the agent */
    Ticker(Producer<byte[], byte[]> producer, Serializer<Object> serializer, String filter, String host, Clock clock) {
        this.producer = producer;
        this.serializer = serializer;
        this.filter = filter;
        this.host = host;
        this.clock = clock;
    }

    /** Never waits for the broker but where its metadata is not known yet. */
    void tick(int partition) {
        send(Topics.FILE_EVENTS, partition, event());
    }

    /** The same for the contributions to rules that count. */
    void tickAggregates(int partition) {
        send(Topics.AGGREGATES, partition, Uncounted.contribution("-", event()));
    }

    private FileEvent event() {
        return FileEvent.newBuilder()
                .setType("tick")
                .setVolume("-")
                .setPath("/")
                .setAgent(filter)
                .setEpoch(0)
                .setSequence(sequence.incrementAndGet())
                .setObservedAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setHost(host)
                .build();
    }

    private void send(String topic, int partition, SpecificRecord tick) {
        try {
            byte[] value = serializer.serialize(topic, tick);
            Future<RecordMetadata> unused =
                    producer.send(new ProducerRecord<>(topic, partition, null, value), (metadata, e) -> {
                        if (e != null) {
                            notWritten(topic, partition, e);
                        }
                    });
        } catch (KafkaException e) {
            notWritten(topic, partition, e);
        }
    }

    private static void notWritten(String topic, int partition, Exception cause) {
        LOG.atWarn()
                .addKeyValue("topic", topic)
                .addKeyValue("partition", partition)
                .setCause(cause)
                .log("A tick was not written; rules that wait may be late");
    }
}
