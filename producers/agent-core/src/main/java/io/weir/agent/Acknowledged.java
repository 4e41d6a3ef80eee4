package io.weir.agent;

import java.util.TreeSet;

/** How far the spool is delivered without a hole. All threads. */
final class Acknowledged implements EventOutlet.Acknowledgement {
    private final TreeSet<Long> ahead = new TreeSet<>();
    private final Runnable progress;
    private long through;
    private long count;

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
            if (sequence <= through || !ahead.add(sequence)) {
                return;
            }
            count++;
            if (sequence != through + 1) {
                return;
            }
            while (!ahead.isEmpty() && ahead.first() == through + 1) {
                ahead.pollFirst();
                through++;
            }
        }
        progress.run();
    }

    /** All up to this number are delivered. */
    synchronized long through() {
        return through;
    }

    /** Events delivered since the start. */
    synchronized long count() {
        return count;
    }
}
