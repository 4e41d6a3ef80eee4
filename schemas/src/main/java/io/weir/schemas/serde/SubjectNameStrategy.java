package io.weir.schemas.serde;

import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Under which subject a record's schema lies. Named by these constants, by {@code TopicNameStrategy} and the like, or by
 * Confluent's class names ({@code io.confluent.kafka.serializers.subject.TopicNameStrategy}).
 */
public enum SubjectNameStrategy {
    /** {@code <topic>-key} or {@code <topic>-value}: one type a topic. The default. */
    TOPIC_NAME,
    /** The record's full name. */
    RECORD_NAME,
    /** {@code <topic>-<record's full name>}. */
    TOPIC_RECORD_NAME;

    /** Reads the configured value: a name, a class name or a class; null means {@link #TOPIC_NAME}. */
    static SubjectNameStrategy parse(String property, @Nullable Object value) {
        if (value == null) {
            return TOPIC_NAME;
        }
        String name = value instanceof Class<?> type
                ? type.getName()
                : value.toString().strip();
        String simple = name.substring(name.lastIndexOf('.') + 1);
        for (SubjectNameStrategy strategy : values()) {
            String camel = strategy.name().replace("_", "") + "STRATEGY";
            if (simple.equals(strategy.name())
                    || simple.toUpperCase(Locale.ROOT).equals(camel)) {
                return strategy;
            }
        }
        throw new ConfigException(property + "='" + name
                + "': expected TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy");
    }

    /**
     * The subject of a schema.
     *
     * @throws SerializationException if the strategy needs a record and the schema is none
     */
    public String subject(String topic, boolean isKey, Schema schema) {
        if (this == TOPIC_NAME) {
            return topic + (isKey ? "-key" : "-value");
        }
        if (schema.getType() != Schema.Type.RECORD) {
            throw new SerializationException("topic='" + topic + "': subject name strategy " + this
                    + " needs a record; the schema is a " + schema.getType().getName());
        }
        return this == RECORD_NAME ? schema.getFullName() : topic + "-" + schema.getFullName();
    }
}
