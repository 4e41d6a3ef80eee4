package io.weir.rules;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong in a rule file or definition.
 *
 * @param source the file's name, or what stands for it
 * @param line from 1
 * @param column from 1
 * @param rule id of the rule it is in; null if it is in none, or in one without a usable id
 * @param value the offending text
 * @param message what is wrong, what was expected, and the nearest valid word if there is one
 */
public record Fault(String source, int line, int column, @Nullable String rule, String value, String message) {
    /** {@code rules.yaml:12:7: rule 'x': unknown condition 'extention': expected one of …; did you mean 'extension'?} */
    @Override
    public String toString() {
        return source + ":" + line + ":" + column + ": " + (rule == null ? "" : "rule '" + rule + "': ") + message;
    }
}
