package io.weir.cli.rule.publish;

import io.weir.rules.RuleSource;
import io.weir.schemas.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an apply changes.
 *
 * @param created definitions of new rules, by id
 * @param changed definitions of rules that are in force in another form, by id
 * @param unchanged ids of rules that are in force as they are
 * @param deleted ids of rules to delete
 */
public record RuleChange(
        SortedMap<String, String> created,
        SortedMap<String, String> changed,
        List<String> unchanged,
        List<String> deleted) {
    public RuleChange {
        created = Collections.unmodifiableSortedMap(new TreeMap<>(created));
        changed = Collections.unmodifiableSortedMap(new TreeMap<>(changed));
        unchanged = List.copyOf(unchanged);
        deleted = List.copyOf(deleted);
    }

    /** From what is in force to what a file has; with {@code prune}, rules that the file does not have are deleted. */
    public static RuleChange towards(Collection<RuleSource> wanted, PublishedRules now, boolean prune) {
        SortedMap<String, String> created = new TreeMap<>();
        SortedMap<String, String> changed = new TreeMap<>();
        List<String> unchanged = new ArrayList<>();
        List<String> others = new ArrayList<>(now.rules().keySet());
        for (RuleSource rule : wanted) {
            Rule inForce = now.rules().get(rule.id());
            others.remove(rule.id());
            if (inForce == null) {
                created.put(rule.id(), rule.definition());
            } else if (inForce.getDefinition().equals(rule.definition())) {
                unchanged.add(rule.id());
            } else {
                changed.put(rule.id(), rule.definition());
            }
        }
        return new RuleChange(created, changed, unchanged, prune ? others : List.of());
    }

    /** Deletes rules, all of which are in force. */
    public static RuleChange deleting(Collection<String> ids) {
        return new RuleChange(new TreeMap<>(), new TreeMap<>(), List.of(), List.copyOf(ids));
    }

    /** What is written: created and changed. */
    public SortedMap<String, String> written() {
        SortedMap<String, String> written = new TreeMap<>(created);
        written.putAll(changed);
        return written;
    }

    public boolean isEmpty() {
        return created.isEmpty() && changed.isEmpty() && deleted.isEmpty();
    }
}
