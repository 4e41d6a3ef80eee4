package io.weir.benchmarks.pipeline;

import io.weir.schemas.FileEvent;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A topology that reads all events and forwards one in a hundred as it is, exactly once: what Streams itself costs. It may
 * decode each record first, as any plain consumer of file events does: with the deserializer of {@code weir}'s consumers
 * ({@link ConfluentAvroDeserializer}), into a whole {@code FileEvent}; and then not look at it.
 */
final class Baseline implements AutoCloseable {
    private static final int ONE_IN = 100;
    private static final String OUTPUT = "bench.forwarded";

    private final LongAdder read = new LongAdder();
    private final KafkaStreams streams;

    /**
     * @param decodes whether each record is decoded
     */
    Baseline(KafkaConnection connection, String id, Path directory, int threads, boolean decodes, long commitInterval) {
        Topology topology = new Topology();
        topology.addSource("events", new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.FILE_EVENTS);
        topology.addProcessor("some", () -> new Some(decodes ? deserializer(connection) : null), "events");
        topology.addSink("output", OUTPUT, new ByteArraySerializer(), new ByteArraySerializer(), "some");
        Properties settings = new Properties();
        settings.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                id,
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.bootstrapServers(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                commitInterval,
                StreamsConfig.POLL_MS_CONFIG,
                commitInterval,
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                threads,
                StreamsConfig.STATE_DIR_CONFIG,
                directory.toString()));
        streams = new KafkaStreams(topology, settings);
    }

    private static Deserializer<FileEvent> deserializer(KafkaConnection connection) {
        ConfluentAvroDeserializer<FileEvent> deserializer = new ConfluentAvroDeserializer<>(FileEvent.class);
        deserializer.configure(connection.consumerConfig("bench-decode"), false);
        return deserializer;
    }

    static String output() {
        return OUTPUT;
    }

    void start() {
        streams.start();
    }

    long read() {
        return read.sum();
    }

    @Override
    public void close() {
        streams.close(Duration.ofSeconds(10));
    }

    private final class Some extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        private final @Nullable Deserializer<FileEvent> deserializer;
        private long seen;
        private long sequences;

        Some(@Nullable Deserializer<FileEvent> deserializer) {
            this.deserializer = deserializer;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            read.increment();
            if (deserializer != null) {
                // added up so that the decoding cannot be left out as useless
                sequences += deserializer
                        .deserialize(Topics.FILE_EVENTS, record.value())
                        .getSequence();
            }
            if (seen++ % ONE_IN == 0) {
                context().forward(record);
            }
        }

        @Override
        public void close() {
            if (sequences < 0) {
                throw new IllegalStateException("sequence numbers are not negative");
            }
        }
    }
}
