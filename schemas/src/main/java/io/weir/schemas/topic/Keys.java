package io.weir.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * Record keys: UTF-8 text, partitioned by the Java client's murmur2. The keys of file events decide which partition a
 * directory lies in, for the life of the topic.
 */
public final class Keys {
    /** Key of the manifest in {@link Topics#RULES} and of the last apply in {@link Topics#RULE_STATUS}. */
    public static final String APPLY = "#apply";

    private Keys() {}

    /** {@code volume:/parent/directory}: all that happens in one directory is in one partition, in order. */
    public static String fileEvent(String volume, String path) {
        return volume + ":" + parent(path);
    }

    /** The partition of a key among so many; the one place where it is computed outside of Kafka's producers. */
    public static int partition(String key, int partitions) {
        return BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), partitions);
    }

    /** The parent of an absolute path; of {@code /}, {@code /}. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
