package io.weir.agent.inotify;

import io.weir.posix.Inotify;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What became of the kernel's events: each that is read becomes one of these fates, is lost, or still waits. Reading is
 * counted by any thread, handling by the processor's, which now and then makes it known to the others.
 */
final class CaptureCounts {
    /** What became of an event. */
    enum Fate {
        /** It was told, as one change or more. */
        TOLD(0, "kernel-events-told"),
        /** The second half of a rename, told with the first. */
        JOINED(1, "kernel-events-joined"),
        /** A listing of its directory tells it, or it is of the agent's own looking. */
        LISTED(2, "kernel-events-listed"),
        /** Of an excluded file, or of one that is not named. */
        EXCLUDED(3, "kernel-events-excluded"),
        /** Of a kind that is not told, such as the opening of a directory. */
        NOT_TOLD(4, "kernel-events-not-told"),
        /** In a marks directory. */
        MARK(5, "kernel-events-marks"),
        /** About a directory itself, told by the one that it is in; or the end of a watch. */
        OF_DIRECTORY(6, "kernel-events-of-directory"),
        /** Of a directory that is no longer in the tree. */
        STALE(7, "kernel-events-stale");

        private final int index;
        private final String figure;

        Fate(int index, String figure) {
            this.index = index;
            this.figure = figure;
        }
    }

    private static final Fate[] FATES = Fate.values();
    private static final int FURTHER = FATES.length;
    private static final int LOST = FURTHER + 1;

    private final AtomicLong bytesRead = new AtomicLong();
    private final AtomicLong eventsRead = new AtomicLong();
    private final long[] counts = new long[LOST + 1];
    private volatile long[] known = counts.clone();

    /** A read brought this. Any thread. */
    void read(byte[] events) {
        ByteBuffer view = ByteBuffer.wrap(events).order(ByteOrder.nativeOrder());
        int count = 0;
        for (int at = 0; at < events.length; at += Inotify.HEADER_BYTES + view.getInt(at + 12)) {
            count++;
        }
        bytesRead.addAndGet(events.length);
        eventsRead.addAndGet(count);
    }

    /**
     * An event was handled.
     *
     * @param untold what it is if it led to no change
     */
    void handled(Fate untold, long changes) {
        counts[(changes == 0 ? untold : Fate.TOLD).index]++;
        counts[FURTHER] += Math.max(0, changes - 1);
    }

    /** What has been read and not handled is lost. */
    void sessionEnded() {
        counts[LOST] = 0;
        counts[LOST] = eventsRead.get() - handledOrLost(counts);
        makeKnown();
    }

    /** Makes known to other threads what has been counted. */
    void makeKnown() {
        known = counts.clone();
    }

    private static long handledOrLost(long[] of) {
        long sum = of[LOST];
        for (Fate fate : FATES) {
            sum += of[fate.index];
        }
        return sum;
    }

    /** Any thread. */
    void tell(Map<String, Long> figures) {
        long[] now = known;
        long read = eventsRead.get(); // later: never less than what was handled
        figures.put("kernel-bytes-read", bytesRead.get());
        figures.put("kernel-events-read", read);
        for (Fate fate : FATES) {
            figures.put(fate.figure, now[fate.index]);
        }
        figures.put("kernel-events-lost", now[LOST]);
        figures.put("kernel-events-waiting", read - handledOrLost(now));
        figures.put("changes-further", now[FURTHER]);
    }
}
