package io.weir.rules.condition;

import io.weir.rules.EventView;
import io.weir.rules.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Satisfied if one of its conditions is. */
public final class AnyOf implements Condition {
    private final Condition[] conditions;

    public AnyOf(List<Condition> conditions) {
        this.conditions = conditions.toArray(Condition[]::new);
    }

    public List<Condition> conditions() {
        return List.of(conditions);
    }

    @Override
    public boolean test(EventView event) {
        for (Condition condition : conditions) {
            if (condition.test(event)) {
                return true;
            }
        }
        return false;
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
        List<String> seen = new ArrayList<>();
        for (Condition condition : conditions) {
            Explanation explanation = condition.explain(event);
            if (explanation.matched()) {
                return Explanation.MATCHED;
            }
            seen.add(explanation.condition() + ": " + (explanation.seen() == null ? "unknown" : explanation.seen()));
        }
        return Explanation.failed("any", expected(), String.join("; ", seen));
    }

    private String expected() {
        return conditions().stream().map(Condition::describe).collect(Collectors.joining("; or "));
    }

    @Override
    public String describe() {
        return "any of (" + expected() + ")";
    }

    @Override
    public Object tree() {
        return Map.of("any", conditions().stream().map(Condition::tree).toList());
    }
}
