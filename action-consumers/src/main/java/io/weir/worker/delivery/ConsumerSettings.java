package io.weir.worker.delivery;

import io.weir.schemas.connect.KafkaConnection;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumer's configuration. */
final class ConsumerSettings {
    private static final int MOST_PER_POLL = 256;
    /** The lowest that brokers take by default (6 s), with some air. */
    private static final int SESSION_MILLIS = 8_000;
    /** Members learn of a new one with their next heartbeat, so this is how long it waits for its share, twice. */
    private static final int HEARTBEAT_MILLIS = 500;

    private ConsumerSettings() {}

    /**
     * How a consumer ends: it leaves its partitions to the others at once. A static member that only closes would keep them
     * until its session ends.
     */
    static CloseOptions leaving(Duration atMost) {
        return CloseOptions.timeout(atMost).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
    }

    /**
     * Classic protocol with a static member: a worker that was killed and comes back under its id has its partitions at
     * once, without a rebalance and without waiting for the old session to expire. (The new protocol refuses the id until
     * then.) Values come as bytes, since one that cannot be decoded must become a dead letter and not end the poll.
     */
    static Map<String, Object> of(KafkaConnection connection, ConsumerGroup group, String instance) {
        Map<String, Object> config = connection.consumerConfig(group.id() + "-" + instance);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group.id());
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, group.start());
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_PER_POLL);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        config.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        return config;
    }
}
