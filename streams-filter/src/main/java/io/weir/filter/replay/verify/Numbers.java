package io.weir.filter.replay.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A set of numbers that mostly follow on each other: one bit for each. For one thread. */
final class Numbers {
    private static final int PAGE_BITS = 12;
    private static final int WORDS = (1 << PAGE_BITS) / Long.SIZE;
    /** Stands for all pages that have all their numbers. */
    private static final long[] FULL = new long[0];

    private final Map<Long, long[]> pages = new HashMap<>();
    private final Map<Long, Integer> sizes = new HashMap<>();
    private long lowest = Long.MAX_VALUE;
    private long highest = Long.MIN_VALUE;

    /** A stretch of numbers that are not there, both included. */
    record Hole(long first, long last) {}

    void add(long number) {
        lowest = Math.min(lowest, number);
        highest = Math.max(highest, number);
        long page = number >> PAGE_BITS;
        long[] words = pages.computeIfAbsent(page, p -> new long[WORDS]);
        if (words == FULL) {
            return;
        }
        int bit = (int) (number & ((1 << PAGE_BITS) - 1));
        long mask = 1L << (bit % Long.SIZE);
        if ((words[bit / Long.SIZE] & mask) == 0) {
            words[bit / Long.SIZE] |= mask;
            if (sizes.merge(page, 1, Integer::sum) == 1 << PAGE_BITS) {
                pages.put(page, FULL);
                sizes.remove(page);
            }
        }
    }

    private boolean has(long number) {
        long[] words = pages.get(number >> PAGE_BITS);
        if (words == null || words == FULL) {
            return words != null;
        }
        int bit = (int) (number & ((1 << PAGE_BITS) - 1));
        return (words[bit / Long.SIZE] & 1L << (bit % Long.SIZE)) != 0;
    }

    /**
     * What is missing up to the highest number.
     *
     * @param from the lowest number there should be; if it is above those that are there, these tell
     * @param most how many holes at most
     */
    List<Hole> holes(long from, int most) {
        List<Hole> holes = new ArrayList<>();
        for (long number = Math.min(from, lowest); number <= highest && holes.size() < most; number++) {
            if (pages.get(number >> PAGE_BITS) == FULL) {
                number |= (1L << PAGE_BITS) - 1;
            } else if (!has(number)) {
                long first = number;
                while (!has(number + 1)) {
                    number += pages.containsKey((number + 1) >> PAGE_BITS) ? 1 : toPageEnd(number + 1);
                }
                holes.add(new Hole(first, number));
            }
        }
        return holes;
    }

    private static long toPageEnd(long number) {
        return (number | ((1L << PAGE_BITS) - 1)) - number + 1;
    }

    long lowest() {
        return lowest;
    }
}
