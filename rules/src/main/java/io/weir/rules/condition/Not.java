package io.weir.rules.condition;

import io.weir.rules.EventView;
import io.weir.rules.Explanation;
import java.util.Map;

/**
 * Satisfied if its condition is not.
 *
 * @param condition what must not hold
 */
public record Not(Condition condition) implements Condition {
    @Override
    public boolean test(EventView event) {
        return !condition.test(event);
    }

    @Override
    public int cost() {
        return condition.cost();
    }

    @Override
    public Explanation explain(EventView event) {
        if (test(event)) {
            return Explanation.MATCHED;
        }
        if (condition instanceof ValueCheck single) {
            return Explanation.failed("not " + single.key(), describe(), single.seen(event));
        }
        return Explanation.failed("not", describe(), condition.describe());
    }

    @Override
    public String describe() {
        return "not " + condition.describe();
    }

    @Override
    public Object tree() {
        return Map.of("not", condition.tree());
    }
}
