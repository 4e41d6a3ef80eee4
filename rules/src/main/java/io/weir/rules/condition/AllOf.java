package io.weir.rules.condition;

import io.weir.rules.EventView;
import io.weir.rules.Explanation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Satisfied if all its conditions are; so also if it has none. */
public final class AllOf implements Condition {
    /** Satisfied by every event. */
    public static final AllOf NOTHING = new AllOf(List.of());

    private final Condition[] conditions;
    /** Those that take least time first: which is asked first makes no difference but for time. */
    private final Condition[] quickestFirst;

    public AllOf(List<Condition> conditions) {
        this.conditions = conditions.toArray(Condition[]::new);
        this.quickestFirst = conditions.stream()
                .sorted(Comparator.comparing(AllOf::hasPatterns))
                .toArray(Condition[]::new);
    }

    /** Whether a text is held against patterns, as opposed to a number or a word being looked up. */
    private static boolean hasPatterns(Condition condition) {
        if (condition instanceof AllOf all) {
            return all.conditions().stream().anyMatch(AllOf::hasPatterns);
        }
        if (condition instanceof AnyOf any) {
            return any.conditions().stream().anyMatch(AllOf::hasPatterns);
        }
        if (condition instanceof Not not) {
            return hasPatterns(not.condition());
        }
        return condition instanceof GlobCheck || condition instanceof RegexCheck || condition instanceof TimeCheck;
    }

    public List<Condition> conditions() {
        return List.of(conditions);
    }

    @Override
    public boolean test(EventView event) {
        for (Condition condition : quickestFirst) {
            if (!condition.test(event)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int cost() {
        int cost = 0;
        for (Condition condition : conditions) {
            cost += condition.cost();
        }
        return cost;
    }

    @Override
    public Explanation explain(EventView event) {
        for (Condition condition : conditions) {
            Explanation explanation = condition.explain(event);
            if (!explanation.matched()) {
                return explanation;
            }
        }
        return Explanation.MATCHED;
    }

    @Override
    public String describe() {
        return conditions().stream().map(Condition::describe).collect(Collectors.joining("; ", "all of (", ")"));
    }

    @Override
    public Object tree() {
        return Map.of("all", conditions().stream().map(Condition::tree).toList());
    }
}
