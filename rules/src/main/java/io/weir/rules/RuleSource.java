package io.weir.rules;

/**
 * A sound rule of a file.
 *
 * @param id rule id
 * @param definition the rule by itself, one YAML mapping in canonical form with named lists put in, as
 *     {@link Rule#compile} reads it; equal rules have equal definitions, however they were written
 * @param source where it was written: the file's name
 * @param line from 1
 * @param column from 1
 */
public record RuleSource(String id, String definition, String source, int line, int column) {}
