package io.weir.cli.rule;

import io.weir.cli.CommandException;
import io.weir.cli.rule.publish.PublishedRules;
import io.weir.cli.rule.publish.RuleChange;
import io.weir.rules.ActionTypes;
import io.weir.rules.Mode;
import io.weir.rules.Rule;
import io.weir.rules.RuleRejectedException;
import io.weir.rules.language.Canonical;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts rules that are in force into another mode, otherwise unchanged. */
final class ModeChange {
    private ModeChange() {}

    /** Those that are in the mode already stay as they are. */
    static RuleChange of(Collection<String> ids, Mode mode, PublishedRules now) {
        UnknownRules.refuse(ids, now.rules().keySet(), "nothing was changed; in force are");
        ActionTypes types = ActionTypes.discover();
        SortedMap<String, String> changed = new TreeMap<>();
        List<String> unchanged = new ArrayList<>();
        for (String id : new LinkedHashSet<>(ids)) {
            Rule rule = compile(id, Objects.requireNonNull(now.rules().get(id)).getDefinition(), types);
            if (rule.mode() == mode) {
                unchanged.add(id);
            } else {
                changed.put(id, Canonical.definition(rule.model().withMode(mode)));
            }
        }
        return new RuleChange(new TreeMap<>(), changed, unchanged, List.of());
    }

    private static Rule compile(String id, String definition, ActionTypes types) {
        try {
            return Rule.compile(definition, types);
        } catch (RuleRejectedException e) {
            throw new CommandException(
                    "rule '" + id + "' is published, but has faults, so nothing was changed:\n" + e.getMessage()
                            + "\nexpected a rule without faults; apply a mended one, or delete it",
                    e);
        }
    }
}
