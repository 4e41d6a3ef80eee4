package io.weir.filter;

import io.weir.rules.Matcher;
import io.weir.rules.RuleSet;

/**
 * A rule set in force. Immutable.
 *
 * @param set the rules
 * @param matcher over the set, built beforehand
 * @param offset offset in {@code weir.rules} of the last record that the set contains; -1 before the first
 */
public record ActiveRules(RuleSet set, Matcher matcher, long offset) {
    /** What is in force before the first rule. */
    public static final ActiveRules NONE = of(RuleSet.EMPTY, -1);

    /** Builds the matcher, and computes the set's hash, which the first event judged by it asks for. */
    public static ActiveRules of(RuleSet set, long offset) {
        set.hash();
        return new ActiveRules(set, set.matcher(), offset);
    }
}
