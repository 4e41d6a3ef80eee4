package io.weir.rules.text;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as rules have them: a whole number and a unit, {@code 90s}, {@code 10m}, {@code 36h}, {@code 30d}, {@code 2w}. */
public final class Durations {
    /** For sentences about bad ones. */
    public static final String EXPECTED = "expected a whole number and a unit, such as 30s, 10m, 36h, 7d or 2w";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})\\s*([a-zA-Z]+)");
    private static final Map<String, Long> SECONDS =
            Map.of("s", 1L, "m", 60L, "h", 3_600L, "d", 86_400L, "w", 604_800L);

    private Durations() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if the text is none; the message is a sentence for the rule's author
     */
    public static Duration parse(String text) {
        Matcher m = FORM.matcher(text.strip());
        Long unit = m.matches() ? SECONDS.get(m.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("bad duration '" + text + "': " + EXPECTED);
        }
        return Duration.ofSeconds(Long.parseLong(m.group(1)) * unit);
    }

    /** In canonical form: in the largest unit, up to days, that makes it a whole number. Whole seconds only. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        for (String unit : new String[] {"d", "h", "m"}) {
            long length = SECONDS.getOrDefault(unit, 1L);
            if (seconds >= length && seconds % length == 0) {
                return seconds / length + unit;
            }
        }
        return seconds + "s";
    }
}
