package io.weir.filter;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Tells when to commit ahead of the commit interval: as soon as something was written that somebody waits for, but not more
 * often than the interval, so that a flood of matches costs no more commits than it would without. Thread-safe; one for all
 * partitions, since a commit is one transaction for all that a thread has.
 */
final class PromptCommit {
    private final long least;
    private final LongSupplier nanoTime;
    private final AtomicLong next;

    /**
     * @param least between two of them
     * @param nanoTime the clock, such as {@link System#nanoTime}
     */
    PromptCommit(Duration least, LongSupplier nanoTime) {
        this.least = least.toNanos();
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** Whether to commit now, after these outputs; each time that it says so counts. */
    boolean isDue(List<Output> outputs) {
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            if (output instanceof Output.Request || output instanceof Output.Contributed) {
                return take();
            }
        }
        return false;
    }

    private boolean take() {
        long now = nanoTime.getAsLong();
        long from = next.get();
        return now - from >= 0 && next.compareAndSet(from, now + least);
    }
}
