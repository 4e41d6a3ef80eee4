package io.weir.rules;

import java.util.Collection;
import java.util.Comparator;
import java.util.function.Consumer;

/** Asks every rule. Slow and plain: what the index must agree with. */
public final class ScanMatcher implements Matcher {
    private final Rule[] rules;

    public ScanMatcher(Collection<Rule> rules) {
        this.rules = rules.stream()
                .filter(rule -> rule.mode() != Mode.OFF)
                .sorted(Comparator.comparing(Rule::id))
                .toArray(Rule[]::new);
    }

    @Override
    public void match(EventView event, Consumer<Rule> matches) {
        for (Rule rule : rules) {
            if (rule.matches(event)) {
                matches.accept(rule);
            }
        }
    }
}
