package io.weir.rules.cycle;

import dk.brics.automaton.Automaton;
import dk.brics.automaton.BasicOperations;
import io.weir.rules.Rule;
import io.weir.rules.condition.AllOf;
import io.weir.rules.condition.AnyOf;
import io.weir.rules.condition.Condition;
import io.weir.rules.condition.Not;
import io.weir.rules.condition.WordCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** On which paths rules may be satisfied; remembers what it has found out. Not safe for several threads. */
final class RulePaths {
    private final Map<About, Automaton> known = new HashMap<>();

    private record About(String rule, @Nullable String type, @Nullable String kind) {}

    /** Paths of events of any of its types that may satisfy the rule. */
    Automaton of(Rule rule) {
        List<Automaton> each =
                rule.on().stream().map(type -> of(rule, type, null)).distinct().toList();
        return each.size() == 1 ? each.get(0) : BasicOperations.union(each);
    }

    /**
     * Paths of events of this type that may satisfy the rule.
     *
     * @param kind of what they are about; null if that is not known
     */
    Automaton of(Rule rule, String type, @Nullable String kind) {
        boolean asks = asksForTypeOrKind(rule.condition());
        About about = new About(rule.id(), asks ? type : null, asks ? kind : null);
        return known.computeIfAbsent(about, key -> new PathLanguage(type, kind).satisfying(rule.condition()));
    }

    private static boolean asksForTypeOrKind(Condition condition) {
        if (condition instanceof AllOf all) {
            return all.conditions().stream().anyMatch(RulePaths::asksForTypeOrKind);
        }
        if (condition instanceof AnyOf any) {
            return any.conditions().stream().anyMatch(RulePaths::asksForTypeOrKind);
        }
        if (condition instanceof Not not) {
            return asksForTypeOrKind(not.condition());
        }
        return condition instanceof WordCheck check
                && (check.field() == WordCheck.Field.TYPE || check.field() == WordCheck.Field.KIND);
    }
}
