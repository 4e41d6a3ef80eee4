package io.weir.schemas.serde;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Both directions of Confluent's wire format, for Streams. Safe for all threads once configured.
 *
 * @param <T> the generated class; {@code SpecificRecord} for a topic whose type is a union
 */
public final class ConfluentAvroSerde<T extends SpecificRecord> implements Serde<T> {
    private final ConfluentAvroSerializer serializer = new ConfluentAvroSerializer();
    private final ConfluentAvroDeserializer<T> deserializer;

    /** Expects what the configuration or the catalog says. */
    public ConfluentAvroSerde() {
        this.deserializer = new ConfluentAvroDeserializer<>();
    }

    /** Expects a generated class. */
    public ConfluentAvroSerde(Class<T> type) {
        this.deserializer = new ConfluentAvroDeserializer<>(type);
    }

    /** A serde for values of a generated class, configured. */
    public static <T extends SpecificRecord> ConfluentAvroSerde<T> forValues(Class<T> type, Map<String, ?> config) {
        ConfluentAvroSerde<T> serde = new ConfluentAvroSerde<>(type);
        serde.configure(config, false);
        return serde;
    }

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        serializer.configure(config, isKey);
        deserializer.configure(config, isKey);
    }

    // A serializer of any object is one of T.
    @SuppressWarnings("unchecked")
    @Override
    public Serializer<T> serializer() {
        return (Serializer<T>) (Serializer<?>) serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }

    @Override
    public void close() {
        serializer.close();
        deserializer.close();
    }
}
