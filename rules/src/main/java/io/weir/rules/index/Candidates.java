package io.weir.rules.index;

import io.weir.rules.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Rules that are asked together. Immutable. */
final class Candidates {
    static final Candidates NONE = new Candidates(new Rule[0]);

    private final Rule[] rules;
    private final int types;
    private final long cost;

    private Candidates(Rule[] rules) {
        int bits = 0;
        long sum = 0;
        for (Rule rule : rules) {
            bits |= rule.typeBits();
            sum += rule.cost();
        }
        this.rules = rules;
        this.types = bits;
        this.cost = sum;
    }

    static Candidates of(List<Rule> rules) {
        return rules.isEmpty() ? NONE : new Candidates(rules.toArray(Rule[]::new));
    }

    /** With what comes and without what leaves. */
    Candidates change(List<Edit> edits) {
        Set<Rule> removed = new HashSet<>();
        edits.stream().filter(edit -> !edit.put()).forEach(edit -> removed.add(edit.rule()));
        Stream<Rule> left = Stream.of(rules).filter(rule -> !removed.contains(rule));
        Stream<Rule> added = edits.stream().filter(Edit::put).map(Edit::rule);
        Rule[] changed = Stream.concat(left, added).toArray(Rule[]::new);
        return changed.length == 0 ? NONE : new Candidates(changed);
    }

    void ask(Probe probe) {
        if ((types & probe.type()) != 0) {
            for (Rule rule : rules) {
                probe.ask(rule);
            }
        }
    }

    boolean isEmpty() {
        return rules.length == 0;
    }

    /** The types of all its rules. */
    int types() {
        return types;
    }

    /** What asking all of them costs, as {@link Rule#cost} counts. */
    long cost() {
        return cost;
    }

    List<Rule> rules() {
        return List.of(rules);
    }
}
