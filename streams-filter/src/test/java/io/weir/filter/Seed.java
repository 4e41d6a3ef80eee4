package io.weir.filter;

import java.util.Random;

/** Randomness that can be repeated: {@code -Dweir.seed=N}. */
final class Seed {
    private Seed() {}

    static Random random(String test) {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        System.out.println(test + ": -Dweir.seed=" + seed);
        return new Random(seed);
    }
}
