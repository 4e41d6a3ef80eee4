package io.weir.schemas.serde;

import io.weir.schemas.registry.RegisteredSchema;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.registry.SchemaRegistryClient;
import io.weir.schemas.topic.TopicCatalog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes Avro records, generated or generic, in Confluent's wire format. Safe for all threads once configured.
 *
 * <p>Every failure is a {@link SerializationException} that names topic, subject and what was expected; its cause is a
 * {@link RegistryException} where the registry refused or was away.
 */
public final class ConfluentAvroSerializer implements Serializer<Object> {
    private static final int KEPT_BUFFER_BYTES = 1 << 20;

    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
    private final Map<String, Map<Schema, Target>> targets = new ConcurrentHashMap<>();
    private @Nullable SerdeConfig config;
    private @Nullable SchemaRegistryClient registry;

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        close();
        config = SerdeConfig.of(properties, isKey);
        registry = new SchemaRegistryClient(properties);
        targets.clear();
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof IndexedRecord record)) {
            throw new SerializationException("topic='" + topic + "': cannot write a "
                    + value.getClass().getName() + "; expected an Avro record, generated or generic");
        }
        Target target = target(topic, record);
        Scratch own = scratch.get();
        own.bytes.reset();
        try {
            own.bytes.write(WireFormat.header(target.schemaId()));
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(own.bytes, own.encoder);
            // Given back only after a success: else it still holds a part of the record that failed.
            own.encoder = null;
            target.writer().write(record, encoder);
            encoder.flush();
            own.encoder = encoder;
            return own.bytes.toByteArray();
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
            throw new SerializationException(
                    "topic='" + topic + "', schema id " + target.schemaId() + ": cannot write a "
                            + record.getSchema().getFullName() + ": " + e.getMessage(),
                    e);
        } finally {
            if (own.bytes.size() > KEPT_BUFFER_BYTES) {
                scratch.remove();
            }
        }
    }

    private Target target(String topic, IndexedRecord record) {
        Map<Schema, Target> ofTopic = targets.get(topic);
        if (ofTopic == null) {
            ofTopic = targets.computeIfAbsent(topic, t -> new ConcurrentHashMap<>());
        }
        Target target = ofTopic.get(record.getSchema());
        if (target == null || target.isStale(System.nanoTime())) {
            target = prepare(topic, record);
            ofTopic.put(record.getSchema(), target);
        }
        return target;
    }

    private Target prepare(String topic, IndexedRecord record) {
        SerdeConfig settings = settings();
        Schema own = record instanceof SpecificRecord ? NeutralSchema.of(record.getSchema()) : record.getSchema();
        Schema writer = settings.strategy() == SubjectNameStrategy.TOPIC_NAME && !settings.isKey()
                ? asTheTopicHasIt(topic, own)
                : own;
        String subject = settings.strategy().subject(topic, settings.isKey(), writer);
        try {
            return resolve(settings, subject, own, writer, record);
        } catch (RegistryException e) {
            throw new SerializationException(
                    "topic='" + topic + "': cannot write a " + own.getFullName() + ": " + e.getMessage()
                            + (e.isNotFound() ? "; run 'weir topics create', or set auto.register.schemas=true" : ""),
                    e);
        }
    }

    private Target resolve(SerdeConfig settings, String subject, Schema own, Schema writer, IndexedRecord record) {
        SchemaRegistryClient client = client();
        if (settings.autoRegister()) {
            return new Target(client.register(subject, writer), RecordWriter.of(record, own, writer), Long.MAX_VALUE);
        }
        if (!settings.useLatest()) {
            return new Target(
                    client.lookup(subject, writer).id(), RecordWriter.of(record, own, writer), Long.MAX_VALUE);
        }
        RegisteredSchema latest = client.latest(subject);
        SchemaFit.requireNamed(subject, latest, own);
        if (settings.latestStrict()) {
            SchemaFit.requireReadable(subject, latest, own);
        }
        long ttl = settings.latestTtlSeconds();
        return new Target(
                latest.id(),
                RecordWriter.of(record, own, latest.schema()),
                ttl < 0 ? Long.MAX_VALUE : System.nanoTime() + ttl * 1_000_000_000L);
    }

    /** Weir's topics take their own type only; where that is a union, the union is what is written against. */
    private static Schema asTheTopicHasIt(String topic, Schema own) {
        Optional<Schema> expected = TopicCatalog.schemaOf(topic);
        if (expected.isEmpty()) {
            return own;
        }
        if (!SchemaFit.names(expected.get()).contains(own.getFullName())) {
            throw new SerializationException("topic='" + topic + "': cannot write a " + own.getFullName()
                    + "; expected " + String.join(" or ", SchemaFit.names(expected.get())));
        }
        return expected.get().getType() == Schema.Type.UNION ? expected.get() : own;
    }

    private SerdeConfig settings() {
        if (config == null) {
            throw new IllegalStateException("the serializer is used before configure()");
        }
        return config;
    }

    private SchemaRegistryClient client() {
        if (registry == null) {
            throw new IllegalStateException("the serializer is used before configure()");
        }
        return registry;
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }

    /** The id that goes in front and how to write what follows, good until a time of {@link System#nanoTime}. */
    private record Target(int schemaId, RecordWriter writer, long goodUntilNanos) {
        boolean isStale(long now) {
            return goodUntilNanos != Long.MAX_VALUE && now - goodUntilNanos > 0;
        }
    }

    private static final class Scratch {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        private @Nullable BinaryEncoder encoder;
    }
}
