package io.weir.schemas.marks;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file name of a mark.
 *
 * @param actionId letters, digits, {@code -} and {@code _}
 * @param attempt from 1
 * @param phase begin or end
 */
public record MarkName(String actionId, int attempt, Phase phase) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]+)\\.([1-9][0-9]{0,8})\\.(begin|end)");

    /** Begin or end of an attempt. */
    public enum Phase {
        BEGIN,
        END
    }

    /** Reads a file name; empty if it is no mark (a temporary name, a sync cookie). */
    public static Optional<MarkName> parse(String fileName) {
        Matcher m = FORM.matcher(fileName);
        return m.matches()
                ? Optional.of(new MarkName(
                        m.group(1), Integer.parseInt(m.group(2)), m.group(3).equals("begin") ? Phase.BEGIN : Phase.END))
                : Optional.empty();
    }

    /** {@code <action-id>.<attempt>.begin} or {@code .end}. */
    public String fileName() {
        return actionId + "." + attempt + (phase == Phase.BEGIN ? ".begin" : ".end");
    }
}
