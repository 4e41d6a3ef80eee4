package io.weir.schemas.serde;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The properties of the serdes, by Confluent's names. Those of the registry client are read by the client.
 *
 * @param isKey whether keys are meant
 * @param autoRegister {@code auto.register.schemas}: register the record's schema; default false, unlike Confluent's true:
 *     components look schemas up, {@code weir topics create} registers them
 * @param useLatest {@code use.latest.version}: write with the subject's latest schema; default false
 * @param latestStrict {@code latest.compatibility.strict}: refuse if the latest cannot read what the record's own schema
 *     writes; default true
 * @param latestTtlSeconds {@code latest.cache.ttl.sec}: how long the latest is remembered; default -1, for ever
 * @param specific {@code specific.avro.reader}: read into generated classes; default true, unlike Confluent's false
 * @param logicalTypes {@code avro.use.logical.type.converters}: convert logical types of generic records; default false.
 *     Generated classes always convert
 * @param expectedType {@code specific.avro.value.type} or {@code specific.avro.key.type}: the class that records must have
 * @param strategy {@code value.subject.name.strategy} or {@code key.subject.name.strategy}
 */
record SerdeConfig(
        boolean isKey,
        boolean autoRegister,
        boolean useLatest,
        boolean latestStrict,
        long latestTtlSeconds,
        boolean specific,
        boolean logicalTypes,
        @Nullable Class<?> expectedType,
        SubjectNameStrategy strategy) {

    static SerdeConfig of(Map<String, ?> properties, boolean isKey) {
        String which = isKey ? "key" : "value";
        String strategy = which + ".subject.name.strategy";
        return new SerdeConfig(
                isKey,
                flag(properties, "auto.register.schemas", false),
                flag(properties, "use.latest.version", false),
                flag(properties, "latest.compatibility.strict", true),
                seconds(properties, "latest.cache.ttl.sec"),
                flag(properties, "specific.avro.reader", true),
                flag(properties, "avro.use.logical.type.converters", false),
                type(properties, "specific.avro." + which + ".type"),
                SubjectNameStrategy.parse(strategy, properties.get(strategy)));
    }

    private static boolean flag(Map<String, ?> properties, String name, boolean otherwise) {
        Object value = properties.get(name);
        if (value == null) {
            return otherwise;
        }
        return switch (value.toString().strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigException(name + "='" + value + "': expected true or false");
        };
    }

    private static long seconds(Map<String, ?> properties, String name) {
        Object value = properties.get(name);
        try {
            return value == null ? -1 : Long.parseLong(value.toString().strip());
        } catch (NumberFormatException e) {
            throw new ConfigException(name + "='" + value + "': expected whole seconds, or -1 for ever");
        }
    }

    private static @Nullable Class<?> type(Map<String, ?> properties, String name) {
        Object value = properties.get(name);
        if (value == null || value instanceof Class<?>) {
            return (Class<?>) value;
        }
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return Class.forName(value.toString().strip(), true, loader);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(name + "='" + value + "': no such class on the class path");
        }
    }
}
