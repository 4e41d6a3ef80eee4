package io.weir.agent;

import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Since when the oldest event waits that is not delivered. Keeps stretches of numbers, not events: the longer something
 * waits, the coarser. {@link #written} is for one thread at a time, {@link #oldest} for all; no locks.
 */
final class WaitingEvents {
    private static final int FINE = 100;
    private static final long FINE_MICROS = 100_000;
    private static final long COARSE_MICROS = 60_000_000;

    /** Events up to a number, the first of which was seen then. */
    private static final class Stretch {
        private final long begun;
        private volatile long last;

        Stretch(long begun, long last) {
            this.begun = begun;
            this.last = last;
        }
    }

    private final ConcurrentLinkedDeque<Stretch> stretches = new ConcurrentLinkedDeque<>();
    private final AtomicInteger size = new AtomicInteger();

    /**
     * Events were written.
     *
     * @param last the number of the last
     * @param observedAt when the first of them was seen, microseconds since 1970
     * @param through all up to this number are delivered
     */
    void written(long last, long observedAt, long through) {
        Stretch newest = stretches.peekLast();
        long width = size.get() < FINE ? FINE_MICROS : COARSE_MICROS;
        if (newest != null && newest.last > through && observedAt - newest.begun < width) {
            newest.last = last;
        } else {
            stretches.add(new Stretch(observedAt, last));
            size.incrementAndGet();
        }
        oldest(through);
    }

    /** When the oldest was seen that is not delivered, microseconds since 1970; empty if all are. */
    OptionalLong oldest(long through) {
        for (Stretch first = stretches.peekFirst(); first != null; first = stretches.peekFirst()) {
            if (first.last > through) {
                return OptionalLong.of(first.begun);
            }
            if (stretches.remove(first)) {
                size.decrementAndGet();
            }
        }
        return OptionalLong.empty();
    }
}
