package io.weir.rules;

import io.weir.rules.index.IndexMatcher;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rules by id. Immutable, safe for all threads; a change makes a new set, which shares with the old one what it does not
 * touch. A change of one rule among 100,000 takes a fraction of a millisecond, index and hash included.
 */
public final class RuleSet {
    public static final RuleSet EMPTY = new RuleSet(null, IndexMatcher.EMPTY);

    private final @Nullable RuleTree tree;
    private volatile @Nullable IndexMatcher matcher;

    private RuleSet(@Nullable RuleTree tree, @Nullable IndexMatcher matcher) {
        this.tree = tree;
        this.matcher = matcher;
    }

    /**
     * A set of these rules.
     *
     * @throws IllegalArgumentException if two have the same id
     */
    public static RuleSet of(Collection<Rule> rules) {
        RuleTree tree = null;
        int count = 0;
        for (Rule rule : rules) {
            tree = RuleTree.put(tree, rule);
            if (RuleTree.size(tree) == count++) {
                throw new IllegalArgumentException("rule id='" + rule.id() + "': given twice; expected distinct ids");
            }
        }
        return new RuleSet(tree, null);
    }

    /** The set with the rule added or put in place of the one with its id. */
    public RuleSet with(Rule rule) {
        return change(List.of(rule), List.of());
    }

    /** The set with these rules added or put in place of those with their ids. */
    public RuleSet with(Collection<Rule> rules) {
        return change(rules, List.of());
    }

    /** The set without the rule; the same if it has none with the id. */
    public RuleSet without(String id) {
        return change(List.of(), List.of(id));
    }

    /** The set without those ids, then with those rules; the same if nothing changes. */
    public RuleSet change(Collection<Rule> put, Collection<String> removed) {
        RuleTree changed = tree;
        List<Rule> gone = new ArrayList<>();
        for (String id : removed) {
            Rule old = RuleTree.find(changed, id);
            if (old != null) {
                gone.add(old);
                changed = RuleTree.remove(changed, id);
            }
        }
        Map<String, Rule> added = new LinkedHashMap<>();
        put.forEach(rule -> added.put(rule.id(), rule));
        for (Rule rule : added.values()) {
            Rule old = RuleTree.find(changed, rule.id());
            if (old != null) {
                gone.add(old);
            }
            changed = RuleTree.put(changed, rule);
        }
        return changed == tree ? this : new RuleSet(changed, changed(gone, added.values()));
    }

    /** The matcher of the changed set, if it is cheaper to make it from this one's than anew. */
    private @Nullable IndexMatcher changed(List<Rule> gone, Collection<Rule> put) {
        IndexMatcher old = matcher;
        return old == null || gone.size() + put.size() > size() ? null : old.change(gone, put);
    }

    /** In the order of their ids. */
    public Collection<Rule> rules() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<Rule> iterator() {
                return RuleTree.iterator(tree);
            }

            @Override
            public int size() {
                return RuleTree.size(tree);
            }
        };
    }

    public Optional<Rule> find(String id) {
        return Optional.ofNullable(RuleTree.find(tree, id));
    }

    public int size() {
        return RuleTree.size(tree);
    }

    /**
     * The matcher over an index of the set. Where the set was made by changing one whose matcher had been asked for, it is
     * there already; else the first call builds it (some milliseconds for thousands of rules), so make it before the set
     * is put in force.
     */
    public Matcher matcher() {
        return index();
    }

    private IndexMatcher index() {
        IndexMatcher built = matcher;
        if (built == null) {
            built = IndexMatcher.of(rules());
            matcher = built;
        }
        return built;
    }

    /** How many condition evaluations one event may take at most; needs the matcher. */
    public long evaluations() {
        return index().cost();
    }

    /** What one event may cost, and through which rules. Takes time in proportion to those. */
    public RuleCost cost() {
        List<Rule> dearest = new ArrayList<>();
        index().dearest(dearest::add);
        return new RuleCost(evaluations(), dearest);
    }

    /**
     * SHA-256, hexadecimal, over all parts of all rules; equal sets have equal hashes, however they came about. Of a
     * changed set only what changed is hashed anew.
     */
    public String hash() {
        return RuleTree.hash(tree);
    }
}
