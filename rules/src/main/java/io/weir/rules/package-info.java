/**
 * The rule language: what a rule is, how a file of rules is read and checked, and how events are matched. Sees an event
 * through {@link io.weir.rules.EventView}; no Kafka, no Avro.
 *
 * <p>The way of a rule: {@link io.weir.rules.RuleFile} reads a file with its named lists, reports all faults, and gives
 * a {@link io.weir.rules.RuleSource} for each sound rule, whose definition stands by itself. That text travels.
 * {@link io.weir.rules.Rule#compile} reads it at the other end with the same reader ({@code io.weir.rules.language}).
 * Compiled rules form an immutable {@link io.weir.rules.RuleSet}, whose {@link io.weir.rules.Matcher} finds the rules
 * that an event satisfies through an index ({@code io.weir.rules.index}); {@link io.weir.rules.ScanMatcher} asks every
 * rule and is the measure of its truth. The language itself is described in {@code docs/rules.md}.
 */
@NullMarked
package io.weir.rules;

import org.jspecify.annotations.NullMarked;
