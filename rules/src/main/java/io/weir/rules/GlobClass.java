package io.weir.rules;

import java.util.Arrays;

/** A character class of a glob: pairs of first and last code point, or all but those. */
final class GlobClass {
    private final int[] ranges;
    private final boolean negated;

    GlobClass(int[] ranges, boolean negated) {
        this.ranges = ranges;
        this.negated = negated;
    }

    /** Pairs of first and last. */
    int[] ranges() {
        return ranges;
    }

    boolean isNegated() {
        return negated;
    }

    /** Whether it lists characters that take two units of UTF-16. */
    boolean hasSupplementary() {
        return Arrays.stream(ranges).anyMatch(Character::isSupplementaryCodePoint);
    }

    boolean contains(int character) {
        for (int i = 0; i < ranges.length; i += 2) {
            if (character >= ranges[i] && character <= ranges[i + 1]) {
                return !negated;
            }
        }
        return negated;
    }
}
