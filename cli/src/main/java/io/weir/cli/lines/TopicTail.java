package io.weir.cli.lines;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.topic.Topics;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Shows what is committed to the topics from the moment of opening on. {@link #open}, {@link #start} and {@link #close} belong
 * to one thread; the lines come from the tail's own.
 */
public final class TopicTail implements Closeable {
    private static final List<String> TOPICS = List.of(
            Topics.FILE_EVENTS,
            Topics.DECISIONS,
            Topics.ACTION_RESULTS,
            Topics.RULE_STATUS,
            Topics.ALERTS,
            Topics.DEAD_LETTERS);
    private static final Duration POLL = Duration.ofMillis(500);
    /** For what the other parts have just committed while they stopped. */
    private static final Duration LAST_POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ConfluentAvroDeserializer<SpecificRecord> values = new ConfluentAvroDeserializer<>();
    private final Consumer<Line> lines;
    private final Thread thread = new Thread(this::run, "weir-lines");
    private volatile boolean closing;

    private TopicTail(KafkaConnection connection, Consumer<Line> lines) {
        Map<String, Object> config = connection.consumerConfig("weir-lines");
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 18);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1 << 20);
        this.consumer = new KafkaConsumer<>(config);
        this.lines = lines;
        values.configure(connection.serdeConfig(), false);
    }

    /** Takes the positions: all that is committed after this call is shown. The topics must exist. */
    public static TopicTail open(KafkaConnection connection, Consumer<Line> lines) {
        TopicTail tail = new TopicTail(connection, lines);
        List<TopicPartition> partitions = TOPICS.stream()
                .flatMap(topic -> tail.consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        tail.consumer.assign(partitions);
        tail.consumer.endOffsets(partitions).forEach(tail.consumer::seek);
        return tail;
    }

    /** Starts to show lines. */
    public void start() {
        thread.start();
    }

    /** Shows what is committed already, then stops. Idempotent. */
    @Override
    public void close() {
        closing = true;
        if (thread.isAlive()) {
            consumer.wakeup();
            try {
                thread.join(2_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try (consumer;
                values) {
            while (!closing) {
                show(POLL);
            }
            show(LAST_POLL);
        }
    }

    private void show(Duration atMost) {
        try {
            consumer.poll(atMost).forEach(this::show);
        } catch (WakeupException e) {
            // Closing.
        } catch (KafkaException e) {
            lines.accept(new Line.Failure("cannot read from Kafka what happens: " + e.getMessage()));
        }
    }

    private void show(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Topics.DEAD_LETTERS)) {
            RecordLines.ofDeadLetter(record.headers()).ifPresent(lines);
        } else if (record.value() == null) {
            if (record.topic().equals(Topics.RULE_STATUS)) {
                RecordLines.ofDeletedStatus(new String(record.key(), UTF_8)).ifPresent(lines);
            }
        } else {
            try {
                RecordLines.of(values.deserialize(record.topic(), record.headers(), record.value()), record.headers())
                        .ifPresent(lines);
            } catch (KafkaException e) {
                lines.accept(new Line.Failure("cannot read " + record.topic() + "-" + record.partition() + "@"
                        + record.offset() + ": " + e.getMessage()));
            }
        }
    }
}
