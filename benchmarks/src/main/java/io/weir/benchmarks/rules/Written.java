package io.weir.benchmarks.rules;

/**
 * A rule in two languages.
 *
 * @param id rule id
 * @param definition for Weir
 * @param pattern for event-ruler, JSON; asks for the same or for less
 */
record Written(String id, String definition, String pattern) {}
