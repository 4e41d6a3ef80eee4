package io.weir.filter.replay;

import java.util.concurrent.atomic.LongAdder;

/** How far a reading is. Safe for all threads. */
public final class ReadProgress {
    private final LongAdder total = new LongAdder();
    private final LongAdder done = new LongAdder();
    private final LongAdder records = new LongAdder();

    /** Makes one for a reading that has not begun. */
    public ReadProgress() {}

    void expect(long offsets) {
        total.add(offsets);
    }

    void passed(long offsets) {
        done.add(offsets);
    }

    void read(long more) {
        records.add(more);
    }

    /** How many offsets are to be passed in all; some have no record. */
    public long total() {
        return total.sum();
    }

    /** How many offsets have been passed. */
    public long done() {
        return done.sum();
    }

    /** How many records have been read. */
    public long records() {
        return records.sum();
    }
}
