package io.weir.agent;

import java.util.TreeSet;

/** How far the spool is delivered without a hole. All threads; who asks takes no lock. */
final class Acknowledged implements EventOutlet.Acknowledgement {
    private final TreeSet<Long> ahead = new TreeSet<>();
    private final Runnable progress;
    private volatile long through;
    private volatile long count;

    /**
     * @param through the number before the first that is not delivered
     * @param progress told whenever it goes on
     */
    Acknowledged(long through, Runnable progress) {
        this.through = through;
        this.progress = progress;
    }

    @Override
    public void safe(long sequence) {
        synchronized (this) {
            if (!isNew(sequence)) {
                return;
            }
            if (sequence != through + 1) {
                return;
            }
            long now = through;
            while (!ahead.isEmpty() && ahead.first() == now + 1) {
                ahead.pollFirst();
                now++;
            }
            through = now;
        }
        progress.run();
    }

    private synchronized boolean isNew(long sequence) {
        if (sequence <= through || !ahead.add(sequence)) {
            return false;
        }
        long before = count;
        count = before + 1;
        return true;
    }

    /** All up to this number are delivered. */
    long through() {
        return through;
    }

    /** Events delivered since the start. */
    long count() {
        return count;
    }
}
