package io.weir.rules.cycle;

import io.weir.rules.Rule;
import io.weir.rules.RuleAction;

/**
 * An action of one rule may cause an event that another acts on.
 *
 * @param from the rule whose action it is
 * @param action of that rule
 * @param type of the event
 * @param path an example, the shortest
 * @param to the rule that the event may satisfy
 */
record Link(Rule from, RuleAction action, String type, String path, Rule to) {
    /** {@code 'a': rename may cause moved on /done/x, which 'b' is about}. */
    String describe() {
        return "'" + from.id() + "': " + action.type() + " may cause " + type + " on " + path + ", which '" + to.id()
                + "' is about";
    }
}
