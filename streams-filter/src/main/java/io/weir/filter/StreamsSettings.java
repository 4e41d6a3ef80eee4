package io.weir.filter;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The Kafka Streams settings that the filter's guarantees rest on, set over whatever the connection says, but for the session. */
final class StreamsSettings {
    /**
     * For how long the partitions of a filter that has died are kept for it; Kafka's 45 s would be 45 s in which nothing of
     * them is judged if it stays away. Longer than a start takes.
     */
    private static final String SESSION_MILLIS = "12000";

    private StreamsSettings() {}

    static Properties of(FilterConfig config) {
        Properties properties = new Properties();
        properties.putAll(config.connection().streamsConfig(config.applicationId() + "-" + config.id()));
        properties.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        properties.putAll(own(config));
        return properties;
    }

    // PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED is born deprecated: it is to become the only behaviour.
    @SuppressWarnings("deprecation")
    private static Map<String, Object> own(FilterConfig config) {
        long commit = config.commitInterval().toMillis();
        return Map.ofEntries(
                Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId()),
                Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
                Map.entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commit),
                // A poll that waits longer than the commit interval would hold back the commit of what came before it.
                Map.entry(StreamsConfig.POLL_MS_CONFIG, Math.min(commit, 100)),
                Map.entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads()),
                Map.entry(
                        StreamsConfig.STATE_DIR_CONFIG,
                        config.dataDirectory().resolve("streams").toString()),
                Map.entry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0),
                Map.entry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true),
                Map.entry(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false),
                Map.entry(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingErrors.class),
                Map.entry(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true),
                // The consumer's assignor reads its own configuration as one of Streams and would warn that it is not
                // set.
                Map.entry(main(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG), true),
                // Without these two a restart waits for its own dead member's session to end.
                Map.entry(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic"),
                Map.entry(main(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), config.applicationId() + "-" + config.id()),
                // Members learn with their next heartbeat that another has come or gone; by default every 3 s.
                Map.entry(main(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 500),
                // Lost offsets must be told, never be made up: FirstOffsets sets them before the first start.
                Map.entry(main(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "none"),
                // By default a global store reads even what was aborted.
                Map.entry(StreamsConfig.globalConsumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed"),
                // A state that is empty, as most are, would hold up those of the same broker for half a second at each
                // start.
                Map.entry(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 20),
                Map.entry(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000),
                Map.entry(StreamsConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L));
    }

    private static String main(String name) {
        return StreamsConfig.mainConsumerPrefix(name);
    }
}
