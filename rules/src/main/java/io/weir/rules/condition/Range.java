package io.weir.rules.condition;

import io.weir.rules.condition.Quantity.Amount;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of numbers.
 *
 * @param from the least
 * @param to the greatest; less than {@code from} if nothing fits
 * @param text in canonical form
 */
public record Range(long from, long to, String text) {
    private static final Pattern COMPARISON = Pattern.compile("(>=|<=|>|<|==|=|)\\s*([^<>=]+)");

    /**
     * Reads a comparison, a range or a plain number.
     *
     * @throws IllegalArgumentException if the text is none; the message is a sentence for the rule's author
     */
    public static Range parse(String text, Quantity quantity) {
        int dots = text.indexOf("..");
        return dots < 0 ? comparison(text, quantity) : range(text, dots, quantity);
    }

    private static Range range(String text, int dots, Quantity quantity) {
        Amount from = quantity.parse(text.substring(0, dots), text);
        Amount to = quantity.parse(text.substring(dots + 2), text);
        if (from.value() > to.value()) {
            throw quantity.fault(
                    text, "the first " + quantity.key() + " is greater than the second; " + quantity.expected());
        }
        return new Range(from.value(), to.value(), from.text() + ".." + to.text());
    }

    private static Range comparison(String text, Quantity quantity) {
        Matcher m = COMPARISON.matcher(text.strip());
        if (!m.matches()) {
            throw quantity.fault(text, quantity.expected());
        }
        String operator = m.group(1);
        Amount amount = quantity.parse(m.group(2), text);
        long value = amount.value();
        return switch (operator) {
            case ">=" -> new Range(value, Long.MAX_VALUE, ">= " + amount.text());
            case ">" -> new Range(value + 1, Long.MAX_VALUE, "> " + amount.text());
            case "<=" -> new Range(0, value, "<= " + amount.text());
            case "<" -> {
                if (value == 0) {
                    throw quantity.fault(text, "no " + quantity.key() + " is less than 0; " + quantity.expected());
                }
                yield new Range(0, value - 1, "< " + amount.text());
            }
            default -> new Range(value, value, amount.text());
        };
    }
}
