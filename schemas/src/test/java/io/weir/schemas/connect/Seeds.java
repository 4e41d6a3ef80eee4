package io.weir.schemas.connect;

import java.util.Arrays;
import java.util.Random;

/** Seeds of generators, printed and settable ({@code -Dweir.seed=…}), and mutations of input that is well formed. */
public final class Seeds {
    private static final String PIECES = "{}[]\":,\\0123456789.-eE\u0000\ud800é\n\t truefalsnul";

    private Seeds() {}

    public static long next() {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        System.out.println("seed " + seed + " (set it with -Dweir.seed)");
        return seed;
    }

    /** One to eight characters or stretches changed, left out, doubled or put in. */
    public static String mutate(Random random, String text) {
        StringBuilder mutant = new StringBuilder(text);
        for (int i = random.nextInt(8); i >= 0 && mutant.length() > 0; i--) {
            int at = random.nextInt(mutant.length());
            int to = Math.min(mutant.length(), at + random.nextInt(1 << random.nextInt(7)) + 1);
            switch (random.nextInt(4)) {
                case 0 -> mutant.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
                case 1 -> mutant.delete(at, to);
                case 2 -> mutant.insert(at, mutant.substring(at, to));
                default -> mutant.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
            }
        }
        return mutant.toString();
    }

    /** The same of bytes. */
    public static byte[] mutate(Random random, byte[] bytes) {
        byte[] mutant = bytes.clone();
        for (int i = random.nextInt(8); i >= 0 && mutant.length > 0; i--) {
            int at = random.nextInt(mutant.length);
            switch (random.nextInt(4)) {
                case 0 -> mutant[at] = (byte) random.nextInt();
                case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutant[at] = (byte) 0xff;
                default -> mutant = Arrays.copyOf(mutant, at + random.nextInt(16));
            }
        }
        return mutant;
    }
}
