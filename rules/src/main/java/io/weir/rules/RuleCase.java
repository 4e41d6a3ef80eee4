package io.weir.rules;

import java.util.Optional;

/**
 * A test that a rule of a file carries: an event, and whether the rule is to match it. Of the rule's type, volume and
 * conditions, whatever its mode and causes.
 *
 * @param name what it is called in reports
 * @param event the event
 * @param match whether the rule is to match
 * @param line where it stands in the file, from 1
 * @param column from 1
 */
public record RuleCase(String name, SampleEvent event, boolean match, int line, int column) {
    /** Why it fails; empty if it holds. */
    public Optional<String> failure(Rule rule) {
        Explanation explanation = rule.explainMatch(event);
        if (explanation.matched() == match) {
            return Optional.empty();
        }
        return Optional.of(match ? "expected match, but " + explanation : "expected no-match, but it matched");
    }
}
