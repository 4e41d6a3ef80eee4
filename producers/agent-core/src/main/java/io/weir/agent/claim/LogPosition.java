package io.weir.agent.claim;

/**
 * Where a status lies in the log.
 *
 * @param offset its offset
 * @param time the log's time, milliseconds since 1970 by the broker's clock
 */
public record LogPosition(long offset, long time) {}
