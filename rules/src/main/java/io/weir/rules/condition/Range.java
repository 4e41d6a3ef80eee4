package io.weir.rules.condition;

import io.weir.rules.language.Words;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of sizes.
 *
 * @param from the least, in bytes
 * @param to the greatest, in bytes; less than {@code from} if nothing fits
 * @param text in canonical form
 */
public record SizeRange(long from, long to, String text) {
    private static final String EXPECTED =
            "expected a size such as '>= 10 MiB', '< 4 kB', '0' or '1 MiB..10 MiB' (both ends included)";
    private static final Pattern COMPARISON = Pattern.compile("(>=|<=|>|<|==|=|)\\s*([^<>=]+)");
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,19})?)\\s*(\\p{Alpha}*)");
    private static final Map<String, Long> UNITS = units();

    private static Map<String, Long> units() {
        Map<String, Long> units = new LinkedHashMap<>();
        units.put("B", 1L);
        long decimal = 1;
        long binary = 1;
        for (String prefix : List.of("k", "M", "G", "T", "P")) {
            decimal *= 1000;
            binary *= 1024;
            units.put(prefix + "B", decimal);
            units.put((prefix.equals("k") ? "K" : prefix) + "iB", binary);
        }
        return units;
    }

    /**
     * Reads a comparison, a range or a plain size.
     *
     * @throws IllegalArgumentException if the text is none; the message is a sentence for the rule's author
     */
    public static SizeRange parse(String text) {
        int dots = text.indexOf("..");
        return dots < 0 ? comparison(text) : range(text, dots);
    }

    private static SizeRange range(String text, int dots) {
        Amount from = Amount.parse(text.substring(0, dots), text);
        Amount to = Amount.parse(text.substring(dots + 2), text);
        if (from.bytes() > to.bytes()) {
            throw fault(text, "the first size is greater than the second; " + EXPECTED);
        }
        return new SizeRange(from.bytes(), to.bytes(), from.text() + ".." + to.text());
    }

    private static SizeRange comparison(String text) {
        Matcher m = COMPARISON.matcher(text.strip());
        if (!m.matches()) {
            throw fault(text, EXPECTED);
        }
        String operator = m.group(1);
        Amount amount = Amount.parse(m.group(2), text);
        long bytes = amount.bytes();
        return switch (operator) {
            case ">=" -> new SizeRange(bytes, Long.MAX_VALUE, ">= " + amount.text());
            case ">" -> new SizeRange(bytes + 1, Long.MAX_VALUE, "> " + amount.text());
            case "<=" -> new SizeRange(0, bytes, "<= " + amount.text());
            case "<" -> {
                if (bytes == 0) {
                    throw fault(text, "no size is less than 0; " + EXPECTED);
                }
                yield new SizeRange(0, bytes - 1, "< " + amount.text());
            }
            default -> new SizeRange(bytes, bytes, amount.text());
        };
    }

    private static IllegalArgumentException fault(String text, String why) {
        return new IllegalArgumentException("bad size '" + text + "': " + why);
    }

    /** A number with its unit. */
    private record Amount(long bytes, String text) {
        static Amount parse(String text, String whole) {
            Matcher m = AMOUNT.matcher(text.strip());
            if (!m.matches()) {
                throw fault(whole, EXPECTED);
            }
            String unit = m.group(2).isEmpty() ? "B" : unit(m.group(2));
            try {
                long bytes = new BigDecimal(m.group(1))
                        .multiply(BigDecimal.valueOf(UNITS.getOrDefault(unit, 1L)))
                        .longValueExact();
                if (bytes == Long.MAX_VALUE) {
                    throw new ArithmeticException();
                }
                return new Amount(bytes, m.group(2).isEmpty() ? m.group(1) : m.group(1) + " " + unit);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        "bad size '" + whole + "': expected a whole number of bytes below 2^63", e);
            }
        }

        private static String unit(String written) {
            for (String unit : UNITS.keySet()) {
                if (unit.toLowerCase(Locale.ROOT).equals(written.toLowerCase(Locale.ROOT))) {
                    return unit;
                }
            }
            throw new IllegalArgumentException(Words.unknown("unit", written, UNITS.keySet()));
        }
    }
}
