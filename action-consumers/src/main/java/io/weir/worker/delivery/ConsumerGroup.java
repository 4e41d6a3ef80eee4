package io.weir.worker.delivery;

/**
 * A consumer group.
 *
 * @param start where it begins that has no offsets yet: {@code earliest} or {@code latest}
 */
public record ConsumerGroup(String id, String start) {}
