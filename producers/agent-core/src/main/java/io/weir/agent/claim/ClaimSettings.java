package io.weir.agent.claim;

import java.time.Duration;

/**
 * How an agent claims.
 *
 * @param standby whether it waits where another is of record, and takes over; else it is refused
 * @param lease how long it is of record after a record of its own, by the log's time
 * @param heartbeat how often it writes one; at most a third of the lease
 */
public record ClaimSettings(boolean standby, Duration lease, Duration heartbeat) {
    public ClaimSettings {
        if (heartbeat.isNegative()
                || heartbeat.isZero()
                || heartbeat.multipliedBy(3).compareTo(lease) > 0) {
            throw new IllegalArgumentException("heartbeat='" + heartbeat
                    + "': expected more than zero, and at most a third of the lease " + lease);
        }
    }

    /** It is refused where another is of record; lease 15 s, heartbeat 5 s. */
    public static ClaimSettings refused() {
        return new ClaimSettings(false, Duration.ofSeconds(15), Duration.ofSeconds(5));
    }

    /** It stands by where another is of record. */
    public ClaimSettings withStandby(boolean value) {
        return new ClaimSettings(value, lease, heartbeat);
    }

    /** With another lease, and a heartbeat of a third of it. */
    public ClaimSettings withLease(Duration value) {
        return new ClaimSettings(standby, value, value.dividedBy(3));
    }
}
