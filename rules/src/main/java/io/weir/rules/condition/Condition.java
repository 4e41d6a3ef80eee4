package io.weir.rules.condition;

import io.weir.rules.EventView;
import io.weir.rules.Explanation;

/** A condition on an event. Immutable; safe for all threads. */
public sealed interface Condition permits AllOf, AnyOf, Not, TimeCheck, ValueCheck {
    boolean test(EventView event);

    /** Why it is satisfied or is not: the first condition that failed, and the value seen. */
    Explanation explain(EventView event);

    /**
     * How many comparisons a test takes at most: a look-up in a table of words counts as one, each glob, range or pattern
     * of a list as one.
     */
    int cost();

    /** In one line, for people: {@code extension: jpg, png}. */
    String describe();

    /** As the mapping that the rule language has for it: of text, lists and mappings. */
    Object tree();
}
