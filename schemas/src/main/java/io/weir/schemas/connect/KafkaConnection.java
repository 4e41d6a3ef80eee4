package io.weir.schemas.connect;

import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.serde.ConfluentAvroSerializer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How a component reaches Kafka and the schema registry.
 *
 * <p>The maps it makes are fresh and may be changed. What Weir's guarantees rest on ({@code acks}, idempotence, isolation,
 * no automatic commits) is set after the extra properties, so that those cannot undo it.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param kafka extra properties of Kafka's clients, by Kafka's names: security, time-outs, compression
 * @param registry properties of the schema registry and the serdes, by Confluent's names: {@code schema.registry.url},
 *     {@code basic.auth.credentials.source}, {@code auto.register.schemas}, and so on
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> kafka, Map<String, String> registry) {
    /**
     * A broker that takes requests and does not answer (its machine hangs) is given up after this, where nothing else is set,
     * and another is asked. Longer than Kafka's {@code broker.session.timeout.ms} of 9 s, after which the others go on without
     * it; Kafka's default of 30 s makes each client wait three times as long.
     */
    private static final String REQUEST_TIMEOUT_MS = "10000";

    private static final int SCAN_WAIT_MS = 10;

    public KafkaConnection {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException(
                    "bootstrap servers='': no Kafka broker is named; expected host:port, several separated by commas");
        }
        kafka = Map.copyOf(kafka);
        registry = Map.copyOf(registry);
    }

    /** A connection without security, as to the embedded broker and registry. */
    public static KafkaConnection of(String bootstrapServers, String registryUrl) {
        return new KafkaConnection(bootstrapServers, Map.of(), Map.of("schema.registry.url", registryUrl));
    }

    /**
     * {@code acks=all}, idempotent, String keys, Avro values in Confluent's wire format. One request at a time to each
     * broker: of several, a partition that has just been made may refuse the first and take the second, which then stands
     * before it, and the first is refused until it times out (KAFKA-15591, KAFKA-19880).
     */
    public Map<String, Object> producerConfig(String clientId) {
        Map<String, Object> config = base(clientId);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ConfluentAvroSerializer.class);
        return config;
    }

    /**
     * Read-committed, commits only when told, String keys, Avro values as the generated classes. Without a group's offset
     * it starts at the earliest record, so that nothing is passed over in silence; whoever must not act on old records
     * sets {@code auto.offset.reset} itself.
     */
    public Map<String, Object> consumerConfig(String clientId) {
        Map<String, Object> config = base(clientId);
        config.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ConfluentAvroDeserializer.class);
        return config;
    }

    /**
     * The same for what reads topics to their end and is closed. A request for what is not there yet is answered after
     * {@value #SCAN_WAIT_MS} ms, not 500: until then neither could the consumer be closed nor be told what other partitions of
     * the same broker have.
     */
    public Map<String, Object> scanConfig(String clientId) {
        Map<String, Object> config = consumerConfig(clientId);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, SCAN_WAIT_MS);
        return config;
    }

    /** For Kafka's {@code Admin}. Gives up after 30 s where nothing else is set (Kafka's default is 60 s). */
    public Map<String, Object> adminConfig(String clientId) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "30000");
        config.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        return config;
    }

    /** The connection's part of a Streams configuration; guarantee, application id and the like are the filter's. */
    public Map<String, Object> streamsConfig(String clientId) {
        return base(clientId);
    }

    /**
     * For serdes made by hand. Has Kafka's properties too, since {@code basic.auth.credentials.source=SASL_INHERIT} reads
     * {@code sasl.jaas.config}.
     */
    public Map<String, Object> serdeConfig() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.putAll(registry);
        return config;
    }

    /** The registry's addresses for people and files: without the credentials that URLs may have. */
    public String registryAddress() {
        return registry.getOrDefault("schema.registry.url", "none").replaceAll("//[^/@,]*@", "//");
    }

    private Map<String, Object> base(String clientId) {
        Map<String, Object> config = serdeConfig();
        config.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        return config;
    }

    /** Without the values of the extra properties, since there are passwords among them. */
    @Override
    public String toString() {
        return "KafkaConnection[" + bootstrapServers + ", kafka=" + names(kafka.keySet()) + ", registry="
                + registryAddress() + " "
                + names(registry.keySet()) + "]";
    }

    private static List<String> names(Collection<String> keys) {
        return List.copyOf(
                new TreeSet<>(keys.stream().map(k -> k.toLowerCase(Locale.ROOT)).toList()));
    }
}
