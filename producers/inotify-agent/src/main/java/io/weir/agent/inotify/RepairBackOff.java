package io.weir.agent.inotify;

/** How long to wait before a repair, which itself costs much: nothing at first, longer when overflows come often. */
final class RepairBackOff {
    private static final long QUIET_NANOS = 60_000_000_000L;
    private static final long MAX_MILLIS = 60_000;

    private int recent;
    private long lastRepair;

    /** A repair is over. */
    void repaired() {
        lastRepair = System.nanoTime();
    }

    /** For one more overflow now: 0, 1 s, 2 s, 4 s … up to a minute; from the beginning after a quiet minute. */
    long pauseMillis() {
        if (lastRepair != 0 && System.nanoTime() - lastRepair > QUIET_NANOS) {
            recent = 0;
        }
        int n = recent++;
        return n == 0 ? 0 : Math.min(MAX_MILLIS, 1000L << Math.min(n - 1, 6));
    }
}
