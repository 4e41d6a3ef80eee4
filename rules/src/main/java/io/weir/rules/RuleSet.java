package io.weir.rules;

import io.weir.rules.index.IndexMatcher;
import io.weir.rules.language.Canonical;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rules by id. Immutable, safe for all threads; a change makes a new set.
 *
 * <p>Each change copies the map, so put many rules in at once ({@link #change}) rather than one by one.
 */
public final class RuleSet {
    public static final RuleSet EMPTY = new RuleSet(new TreeMap<>());

    private final NavigableMap<String, Rule> byId;
    private volatile @Nullable Matcher matcher;

    private RuleSet(NavigableMap<String, Rule> byId) {
        this.byId = Collections.unmodifiableNavigableMap(byId);
    }

    /**
     * A set of these rules.
     *
     * @throws IllegalArgumentException if two have the same id
     */
    public static RuleSet of(Collection<Rule> rules) {
        NavigableMap<String, Rule> byId = new TreeMap<>();
        for (Rule rule : rules) {
            if (byId.put(rule.id(), rule) != null) {
                throw new IllegalArgumentException("rule id='" + rule.id() + "': given twice; expected distinct ids");
            }
        }
        return new RuleSet(byId);
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
        return byId.containsKey(id) ? change(List.of(), List.of(id)) : this;
    }

    /** The set without those ids, then with those rules. */
    public RuleSet change(Collection<Rule> put, Collection<String> removed) {
        NavigableMap<String, Rule> changed = new TreeMap<>(byId);
        removed.forEach(changed::remove);
        put.forEach(rule -> changed.put(rule.id(), rule));
        return new RuleSet(changed);
    }

    /** In the order of their ids. */
    public Collection<Rule> rules() {
        return byId.values();
    }

    public Optional<Rule> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public int size() {
        return byId.size();
    }

    /**
     * The matcher over an index of the set. The first call builds it (some milliseconds for thousands of rules), so make
     * it before the set is put in force.
     */
    public Matcher matcher() {
        Matcher built = matcher;
        if (built == null) {
            built = new IndexMatcher(byId.values());
            matcher = built;
        }
        return built;
    }

    /** SHA-256, hexadecimal, over all parts of all rules; equal sets have equal hashes, however they came about. */
    public String hash() {
        return Canonical.hashOf(byId.values().stream().map(Rule::model).toList());
    }
}
