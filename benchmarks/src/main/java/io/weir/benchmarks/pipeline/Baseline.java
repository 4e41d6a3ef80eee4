package io.weir.benchmarks.pipeline;

import io.weir.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** A topology that reads all events and forwards one in some as it is, exactly once: what Streams itself costs. */
final class Baseline implements AutoCloseable {
    private static final String OUTPUT = "bench.forwarded";

    private final LongAdder read = new LongAdder();
    private final KafkaStreams streams;

    Baseline(String bootstrapServers, String id, Path directory, int threads, int oneIn, long commitInterval) {
        Topology topology = new Topology();
        topology.addSource("events", new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.FILE_EVENTS);
        topology.addProcessor("some", () -> new Some(oneIn), "events");
        topology.addSink("output", OUTPUT, new ByteArraySerializer(), new ByteArraySerializer(), "some");
        Properties settings = new Properties();
        settings.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                id,
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
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
        private final int oneIn;
        private long seen;

        Some(int oneIn) {
            this.oneIn = oneIn;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            read.increment();
            if (seen++ % oneIn == 0) {
                context().forward(record);
            }
        }
    }
}
