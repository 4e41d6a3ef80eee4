package io.weir.rules.condition;

import io.weir.rules.condition.Quantity.Amount;
import io.weir.rules.language.Words;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as rules write them: a number and a unit, decimal or binary; bytes without one. */
final class Sizes {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,19})?)\\s*(\\p{Alpha}*)");
    private static final Map<String, Long> UNITS = units();

    private Sizes() {}

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

    /** Reads one; faults show the whole text that it is part of. */
    static Amount parse(String text, String whole) {
        Matcher m = FORM.matcher(text.strip());
        if (!m.matches()) {
            throw Quantity.SIZE.fault(whole, Quantity.SIZE.expected());
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
