package io.weir.schemas.serde;

import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.registry.SchemaRegistryClient;
import io.weir.schemas.topic.TopicCatalog;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro records in Confluent's wire format: into generated classes, or with {@code specific.avro.reader=false} into
 * generic records. Safe for all threads once configured.
 *
 * <p>A record of another type than expected is a {@link SerializationException}, never read as something else. Expected is
 * what the constructor or {@code specific.avro.value.type} says, else for Weir's topics what the catalog says, else
 * whatever the schema names. Every failure names topic, schema id and what was expected; its cause is a
 * {@link RegistryException} where the registry refused or was away.
 *
 * @param <T> what records are read into
 */
public final class ConfluentAvroDeserializer<T> implements Deserializer<T> {
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
    private final @Nullable Class<T> given;
    private @Nullable SerdeConfig config;
    private @Nullable SchemaRegistryClient registry;

    /** Expects what the configuration or the catalog says. */
    public ConfluentAvroDeserializer() {
        this.given = null;
    }

    /** Expects a generated class. */
    public ConfluentAvroDeserializer(Class<T> expected) {
        this.given = expected;
    }

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        close();
        config = SerdeConfig.of(properties, isKey);
        registry = new SchemaRegistryClient(properties);
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] record) {
        if (record == null) {
            return null;
        }
        int id = schemaId(topic, record);
        Scratch own = scratch.get();
        RecordReader reader = own.reader(topic, id);
        if (reader == null) {
            reader = prepare(topic, id);
            own.readers.computeIfAbsent(topic, t -> new HashMap<>()).put(id, reader);
        }
        int length = record.length - WireFormat.HEADER_BYTES;
        own.decoder = DecoderFactory.get().binaryDecoder(record, WireFormat.HEADER_BYTES, length, own.decoder);
        try {
            Object value = reader.read(own.decoder);
            if (!own.decoder.isEnd()) {
                throw new SerializationException(where(topic, id) + ": bytes are left over after the "
                        + "record; the schema id in front of it is not that of its writer");
            }
            return cast(value);
        } catch (SerializationException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Not only Avro's own exceptions: a length that cannot be is an UnsupportedOperationException, for one.
            throw new SerializationException(
                    where(topic, id) + ": the " + length + " bytes are not a " + reader.expected() + ": " + e, e);
        }
    }

    // T is what the caller declares: checked by name for generated classes, GenericRecord on request.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> @Nullable T cast(@Nullable Object value) {
        return (T) value;
    }

    private static int schemaId(String topic, byte[] record) {
        try {
            return WireFormat.schemaId(record);
        } catch (SerializationException e) {
            throw new SerializationException("topic='" + topic + "': " + e.getMessage(), e);
        }
    }

    private RecordReader prepare(String topic, int id) {
        if (config == null || registry == null) {
            throw new IllegalStateException("the deserializer is used before configure()");
        }
        Schema writer;
        try {
            writer = !config.isKey() && TopicCatalog.schemaOf(topic).isPresent()
                    ? registry.byId(id, topic + "-value")
                    : registry.byId(id);
        } catch (RegistryException e) {
            throw new SerializationException(where(topic, id) + ": " + e.getMessage(), e);
        }
        return RecordReader.of(where(topic, id), writer, expected(config, topic), config);
    }

    /** The full names of the types that may come; empty if any may. */
    private List<String> expected(SerdeConfig settings, String topic) {
        Class<?> type = given == null ? settings.expectedType() : given;
        if (type != null
                && org.apache.avro.specific.SpecificRecord.class.isAssignableFrom(type)
                && !type.isInterface()) {
            return List.of(SpecificData.get().getSchema(type).getFullName());
        }
        return settings.isKey()
                ? List.of()
                : TopicCatalog.schemaOf(topic).map(SchemaFit::names).orElse(List.of());
    }

    private static String where(String topic, int id) {
        return "topic='" + topic + "', schema id " + id;
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }

    private static final class Scratch {
        private final Map<String, Map<Integer, RecordReader>> readers = new HashMap<>();
        private @Nullable BinaryDecoder decoder;

        @Nullable
        RecordReader reader(String topic, int id) {
            Map<Integer, RecordReader> ofTopic = readers.get(topic);
            return ofTopic == null ? null : ofTopic.get(id);
        }
    }
}
