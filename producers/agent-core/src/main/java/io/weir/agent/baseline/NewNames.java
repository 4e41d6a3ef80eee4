package io.weir.agent.baseline;

/**
 * Which names may be in directories that this process has added: all of their entries have gone through it, so a name that is
 * not in here is not in the table either, and need not be looked for there. A Bloom filter of one MiB: one name in a hundred
 * is looked for in vain at 800,000 names, more with more.
 */
final class NewNames {
    private static final int BITS = 1 << 23;
    private static final int HASHES = 5;

    private final long[] words = new long[BITS / Long.SIZE];
    private final long firstNew;

    /** @param firstNew the lowest id of an entry that this process adds */
    NewNames(long firstNew) {
        this.firstNew = firstNew;
    }

    void add(long parent, String name) {
        if (parent >= firstNew) {
            long hash = hash(parent, name);
            for (int i = 0; i < HASHES; i++) {
                int bit = bit(hash, i);
                words[bit >>> 6] |= 1L << bit;
            }
        }
    }

    boolean mayContain(long parent, String name) {
        if (parent < firstNew) {
            return true;
        }
        long hash = hash(parent, name);
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(hash, i);
            if ((words[bit >>> 6] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private static int bit(long hash, int i) {
        return ((int) hash + i * (int) (hash >>> 32)) & (BITS - 1);
    }

    /** The finalizer of MurmurHash3 (public domain) over both. */
    private static long hash(long parent, String name) {
        long h = parent * 0x9E3779B97F4A7C15L + name.hashCode();
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
