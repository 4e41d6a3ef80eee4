package io.weir.rules;

import java.util.List;

/**
 * A sound rule of a file.
 *
 * @param id rule id
 * @param definition the rule by itself, one YAML mapping in canonical form with named lists put in, as
 *     {@link Rule#compile} reads it; equal rules have equal definitions, however they were written
 * @param source where it was written: the file's name
 * @param line from 1
 * @param column from 1
 * @param depthStated whether its author says {@code max-depth}, which the definition has in any case
 * @param tests what its author expects of it; no part of the definition
 */
public record RuleSource(
        String id, String definition, String source, int line, int column, boolean depthStated, List<RuleCase> tests) {
    public RuleSource {
        tests = List.copyOf(tests);
    }

    /** As it is published: without tests, and with all that its author left out. */
    public RuleSource(String id, String definition, String source, int line, int column) {
        this(id, definition, source, line, column, true, List.of());
    }

    /** Where it was written: {@code rules.yaml:3:5}. */
    public String place() {
        return source + ":" + line + ":" + column;
    }
}
