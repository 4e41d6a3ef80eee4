package io.weir.rules.language;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Sentences about words that should have been others. */
public final class Words {
    private Words() {}

    /** {@code unknown condition 'extention': expected one of …; did you mean 'extension'?} */
    public static String unknown(String what, String word, Collection<String> valid) {
        return "unknown " + what + " '" + word + "': " + expected(word, valid);
    }

    /** {@code expected one of …; did you mean 'extension'?} */
    public static String expected(String word, Collection<String> valid) {
        if (valid.isEmpty()) {
            return "there are none";
        }
        if (valid.size() == 1) {
            return "expected '" + valid.iterator().next() + "'";
        }
        return "expected one of "
                + String.join(", ", valid)
                + nearest(word, valid)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("");
    }

    /**
     * The valid word that was probably meant: few letters differ (a third of them, at least two), or one begins
     * with the other, or it is the last part of a dotted one. Case does not matter.
     */
    public static Optional<String> nearest(String word, Collection<String> valid) {
        String written = word.toLowerCase(Locale.ROOT);
        String best = null;
        int least = Math.max(2, written.length() / 3) + 1;
        for (String candidate : valid) {
            String lower = candidate.toLowerCase(Locale.ROOT);
            int distance = distance(written, lower);
            if (distance < least && distance < lower.length()) {
                least = distance;
                best = candidate;
            }
        }
        return best != null ? Optional.of(best) : sharingPart(written, valid);
    }

    private static Optional<String> sharingPart(String written, Collection<String> valid) {
        return valid.stream()
                .filter(candidate -> written.length() >= 3 && candidate.length() >= 3)
                .filter(candidate -> {
                    String lower = candidate.toLowerCase(Locale.ROOT);
                    return lower.startsWith(written) || written.startsWith(lower) || lower.endsWith("." + written);
                })
                .findFirst();
    }

    /** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    current[j] = Math.min(current[j], before[j - 2] + 1);
                }
            }
            int[] free = before;
            before = previous;
            previous = current;
            current = free;
        }
        return previous[b.length()];
    }
}
