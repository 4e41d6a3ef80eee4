package io.weir.cli.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code _schemas}, in the layout of Confluent's registry: JSON keys and values, compacted. Every change is
 * appended, acknowledged, and only then applied to the {@link SchemaState}. Not safe for threads.
 */
final class SchemasTopic implements Closeable {
    static final String NAME = "_schemas";
    private static final Logger LOG = LoggerFactory.getLogger(SchemasTopic.class);
    private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MS = 10_000;

    private final String bootstrapServers;
    private final SchemaState state;
    private final KafkaProducer<byte[], byte[]> producer;
    private long next;
    private boolean behind;

    private SchemasTopic(String bootstrapServers, SchemaState state) {
        this.bootstrapServers = bootstrapServers;
        this.state = state;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "client.id",
                        "weir-embedded-registry",
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        0,
                        "buffer.memory",
                        4L << 20,
                        "max.block.ms",
                        TIMEOUT_MS,
                        "request.timeout.ms",
                        TIMEOUT_MS / 2,
                        "delivery.timeout.ms",
                        TIMEOUT_MS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Makes the topic if it is missing and reads it to its end. */
    static SchemasTopic open(String bootstrapServers, SchemaState state) {
        make(bootstrapServers);
        SchemasTopic topic = new SchemasTopic(bootstrapServers, state);
        try {
            topic.catchUp();
            return topic;
        } catch (RuntimeException e) {
            topic.close();
            throw e;
        }
    }

    private static void make(String bootstrapServers) {
        NewTopic topic = new NewTopic(NAME, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"));
        Map<String, Object> config =
                Map.of("bootstrap.servers", bootstrapServers, "client.id", "weir-embedded-registry");
        try (Admin admin = Admin.create(config)) {
            if (!admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get(60, TimeUnit.SECONDS)
                    .contains(NAME)) {
                admin.createTopics(List.of(topic)).all().get(60, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw unavailable("make", e);
            }
        } catch (TimeoutException e) {
            throw unavailable("make", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("make", e);
        }
    }

    void putVersion(SchemaState.Version v) {
        ObjectNode value = JSON.createObjectNode()
                .put("subject", v.subject())
                .put("version", v.version())
                .put("id", v.id())
                .put("schema", v.text())
                .put("deleted", v.deleted());
        append(schemaKey(v.subject(), v.version()), value);
    }

    /** A version goes for good. */
    void removeVersion(String subject, int version) {
        append(schemaKey(subject, version), null);
    }

    void softDelete(String subject, int upTo) {
        ObjectNode key = key("DELETE_SUBJECT", 0).put("subject", subject);
        append(key, JSON.createObjectNode().put("subject", subject).put("version", upTo));
    }

    /** Sets or clears a compatibility level; no subject means the global one. */
    void putLevel(Optional<String> subject, Optional<String> level) {
        ObjectNode key = key("CONFIG", 0).put("subject", subject.orElse(null));
        append(
                key,
                level.map(l -> JSON.createObjectNode()
                                .put("subject", subject.orElse(null))
                                .put("compatibilityLevel", l))
                        .orElse(null));
    }

    private static ObjectNode schemaKey(String subject, int version) {
        ObjectNode key = JSON.createObjectNode().put("keytype", "SCHEMA");
        return key.put("subject", subject).put("version", version).put("magic", 1);
    }

    private static ObjectNode key(String type, int magic) {
        return JSON.createObjectNode().put("keytype", type).put("magic", magic);
    }

    private void append(ObjectNode key, @Nullable ObjectNode value) {
        if (behind) {
            catchUp();
        }
        byte[] bytes = value == null ? null : value.toString().getBytes(UTF_8);
        behind = true;
        try {
            producer.send(new ProducerRecord<>(NAME, 0, key.toString().getBytes(UTF_8), bytes))
                    .get(2L * TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It may or may not have been written; the next change reads what there is first.
            throw unavailable("write to", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("write to", e);
        }
        apply(key, value);
        next++;
        behind = false;
    }

    private void catchUp() {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "client.id",
                "weir-embedded-registry",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest");
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seek(PARTITION, next);
            long end =
                    consumer.endOffsets(List.of(PARTITION)).values().iterator().next();
            while (consumer.position(PARTITION) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    apply(record);
                }
            }
            next = consumer.position(PARTITION);
            behind = false;
        } catch (KafkaException e) {
            throw unavailable("read", e);
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        try {
            apply(
                    JSON.readTree(new String(record.key(), UTF_8)),
                    record.value() == null ? null : JSON.readTree(new String(record.value(), UTF_8)));
        } catch (JsonProcessingException | NullPointerException e) {
            LOG.warn("Record {}-0@{} is not a registry's; passed over: {}", NAME, record.offset(), e.getMessage());
        }
    }

    private void apply(JsonNode key, @Nullable JsonNode value) {
        String subject = key.path("subject").asText(null);
        switch (key.path("keytype").asText()) {
            case "SCHEMA" -> {
                int version = key.path("version").asInt();
                if (value == null) {
                    state.remove(subject, version);
                } else {
                    state.put(new SchemaState.Version(
                            subject,
                            version,
                            value.path("id").asInt(),
                            value.path("schema").asText(),
                            value.path("deleted").asBoolean()));
                }
            }
            case "DELETE_SUBJECT" -> {
                if (value != null) {
                    state.softDelete(subject, value.path("version").asInt());
                }
            }
            case "CONFIG" ->
                state.level(
                        Optional.ofNullable(subject), Optional.ofNullable(value).map(v -> v.path("compatibilityLevel")
                                .asText()));
            default -> LOG.debug("Record of type {} in {} passed over", key.path("keytype"), NAME);
        }
    }

    private static EmbeddedException unavailable(String verb, Exception e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        return new EmbeddedException("cannot " + verb + " topic='" + NAME + "': " + cause, cause);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
