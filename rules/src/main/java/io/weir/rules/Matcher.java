package io.weir.rules;

import java.util.function.Consumer;

/** Finds the rules that an event satisfies. Immutable; safe for all threads. */
public interface Matcher {
    /**
     * Gives each rule whose type, volume and conditions the event satisfies, once, in the order of rule ids, whatever its
     * mode but {@link Mode#OFF}. Causes and depth are not looked at.
     */
    void match(EventView event, Consumer<Rule> matches);
}
