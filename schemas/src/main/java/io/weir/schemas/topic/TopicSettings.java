package io.weir.schemas.topic;

import java.time.Duration;

/**
 * What an installation chooses about Weir's topics.
 *
 * @param partitions of {@code weir.file-events} and of the other topics whose volume grows with it. For
 *     {@code weir.file-events} fixed for life, since the partition of a directory must never change
 * @param replicationFactor of all topics
 * @param auditWindow how long events, requests, results and decisions stay, and every version of a rule that was in force
 * @param segment {@code segment.ms}: Kafka deletes and compacts whole segments, so this is how late it may be
 */
public record TopicSettings(int partitions, short replicationFactor, Duration auditWindow, Duration segment) {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration DAY = Duration.ofDays(1);

    public TopicSettings {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions='" + partitions + "': expected 1 or more");
        }
        if (replicationFactor < 1) {
            throw new IllegalArgumentException("replication factor='" + replicationFactor + "': expected 1 or more");
        }
        requirePositive("audit window", auditWindow);
        requirePositive("segment", segment);
    }

    /** One broker, 4 partitions, one copy, 30 days. */
    public static TopicSettings embedded() {
        return new TopicSettings(4, (short) 1, MONTH, DAY);
    }

    /** A cluster: 48 partitions, three copies, 30 days. */
    public static TopicSettings cluster() {
        return new TopicSettings(48, (short) 3, MONTH, DAY);
    }

    /** The same with another partition count. */
    public TopicSettings withPartitions(int count) {
        return new TopicSettings(count, replicationFactor, auditWindow, segment);
    }

    /** The same with another replication factor. */
    public TopicSettings withReplicationFactor(int factor) {
        return new TopicSettings(partitions, (short) factor, auditWindow, segment);
    }

    /** The same with another audit window. */
    public TopicSettings withAuditWindow(Duration window) {
        return new TopicSettings(partitions, replicationFactor, window, segment);
    }

    /** How long compaction leaves every version: audit window + segment + 1 day. */
    Duration compactionLag() {
        return auditWindow.plus(segment).plus(DAY);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + "='" + value + "': expected more than nothing, such as 30 days");
        }
    }
}
