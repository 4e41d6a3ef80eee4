package io.weir.cli.status;

import io.weir.schemas.ComponentStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * A part with its last sign of life.
 *
 * @param heard when it came, by the broker's clock
 * @param silence how long ago that is
 */
record Part(ComponentStatus status, Instant heard, Duration silence) {
    /** Parts report every 5 s, an agent three times in its lease. */
    private static final Duration SILENT = Duration.ofSeconds(20);

    String kind() {
        return status.getKind();
    }

    String id() {
        return status.getId();
    }

    boolean isStopped() {
        return status.getState().equals("stopped");
    }

    /** Whether it should have spoken since. */
    boolean isSilent() {
        long lease = status.getClaim() == null ? 0 : status.getClaim().getLeaseMillis();
        return !isStopped() && silence.compareTo(SILENT) > 0 && silence.toMillis() > lease;
    }

    /** Whether it is at work as far as is known. */
    boolean isUp() {
        return !isStopped() && !isSilent();
    }

    /** As people are told it. */
    String state() {
        return isSilent() ? "silent" : status.getState();
    }

    /** By how much its host's clock is ahead of the broker's, as far as its last report tells. */
    Duration ahead() {
        return Duration.between(heard, status.getReportedAt());
    }

    long figure(String name) {
        return status.getFigures().getOrDefault(name, 0L);
    }
}
