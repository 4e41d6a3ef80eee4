package io.weir.qumulo.emulator.settings;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The cluster's clock: that of the host, set off by any amount. Times never stand still. Safe for all threads. */
public final class EmulatorClock extends Clock {
    private final Clock host;
    private Duration skew = Duration.ZERO;
    private Instant last = Instant.MIN;

    public EmulatorClock(Clock host) {
        this.host = host;
    }

    /** How far it is ahead of the host's, from now on. */
    public synchronized void skew(Duration ahead) {
        skew = ahead;
        last = Instant.MIN;
    }

    /** Lets time pass. */
    public synchronized void advance(Duration duration) {
        skew(skew.plus(duration));
    }

    @Override
    public synchronized Instant instant() {
        Instant now = host.instant().plus(skew);
        last = now.isAfter(last) ? now : last.plusNanos(1);
        return last;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.tick(this, Duration.ofNanos(1)).withZone(zone);
    }
}
