package io.weir.rules.condition;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of permission bits.
 *
 * @param how which of the bits must be set
 * @param bits 0 to 07777
 */
public record ModeBits(How how, int bits) {
    private static final Pattern FORM = Pattern.compile("(?:(any|all)\\s+)?(?:0o)?([0-7]{3,5})");

    /** Which bits must be set. */
    public enum How {
        /** These, and no others. */
        EXACTLY,
        /** One of these at least. */
        ANY,
        /** All of these at least. */
        ALL
    }

    /**
     * Reads {@code 0640}, {@code any 0022} or {@code all 0111}.
     *
     * @throws IllegalArgumentException if the text is none; the message is a sentence for the rule's author
     */
    public static ModeBits parse(String text) {
        Matcher m = FORM.matcher(text.strip());
        int bits = m.matches() ? Integer.parseInt(m.group(2), 8) : -1;
        if (bits < 0 || bits > 07777) {
            throw new IllegalArgumentException("bad permission bits '" + text
                    + "': expected octal bits such as '0640' (exactly these), 'any 0022' (one of these)"
                    + " or 'all 0111' (all of these)");
        }
        String how = m.group(1);
        return new ModeBits(how == null ? How.EXACTLY : how.equals("any") ? How.ANY : How.ALL, bits);
    }

    boolean fits(int mode) {
        return switch (how) {
            case EXACTLY -> mode == bits;
            case ANY -> (mode & bits) != 0;
            case ALL -> (mode & bits) == bits;
        };
    }

    /** In canonical form. */
    public String text() {
        String octal = String.format("%04o", bits);
        return switch (how) {
            case EXACTLY -> octal;
            case ANY -> "any " + octal;
            case ALL -> "all " + octal;
        };
    }
}
