package io.weir.schemas.topic;

import io.weir.schemas.registry.Compatibility;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * One topic as it should be.
 *
 * @param name the topic's name
 * @param partitions how many
 * @param replicationFactor how many copies
 * @param configs the topic's own settings
 * @param valueSchema the type of its values; empty for bytes
 * @param compatibility what a new version of that type must keep to
 */
public record TopicSpec(
        String name,
        int partitions,
        short replicationFactor,
        Map<String, String> configs,
        Optional<Schema> valueSchema,
        Compatibility compatibility) {
    public TopicSpec {
        configs = Map.copyOf(configs);
    }

    /** The same with one more setting. */
    TopicSpec with(String key, String value) {
        Map<String, String> more = new HashMap<>(configs);
        more.put(key, value);
        return new TopicSpec(name, partitions, replicationFactor, more, valueSchema, compatibility);
    }

    /** {@code <topic>-value}. */
    public String subject() {
        return name + "-value";
    }
}
