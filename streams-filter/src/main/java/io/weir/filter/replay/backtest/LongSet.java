package io.weir.filter.replay.backtest;

/** A set of hashes, up to a limit. For one thread. */
final class LongSet {
    private final int most;
    private long[] slots = new long[1024];
    private int size;
    private boolean hasZero;

    LongSet(int most) {
        this.most = most;
    }

    /** Whether it was not there before; once the set is full, always false. */
    boolean add(long hash) {
        if (isFull()) {
            return false;
        }
        if (hash == 0) {
            boolean fresh = !hasZero;
            hasZero = true;
            return fresh;
        }
        if (2 * size >= slots.length) {
            grow();
        }
        boolean fresh = put(slots, hash);
        size += fresh ? 1 : 0;
        return fresh;
    }

    private static boolean put(long[] slots, long hash) {
        int at = (int) (hash ^ (hash >>> 32)) & (slots.length - 1);
        while (slots[at] != 0) {
            if (slots[at] == hash) {
                return false;
            }
            at = (at + 1) & (slots.length - 1);
        }
        slots[at] = hash;
        return true;
    }

    private void grow() {
        long[] larger = new long[2 * slots.length];
        for (long hash : slots) {
            if (hash != 0) {
                put(larger, hash);
            }
        }
        slots = larger;
    }

    int size() {
        return size + (hasZero ? 1 : 0);
    }

    boolean isFull() {
        return size >= most;
    }
}
