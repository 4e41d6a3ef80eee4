package io.weir.rules.condition;

import io.weir.rules.EventView;
import io.weir.rules.Explanation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A condition on one value of the event: the value must be one of some, or fit one of some. */
public sealed interface ValueCheck extends Condition
        permits GlobCheck, WordCheck, ExtensionCheck, RangeCheck, RegexCheck, ModeCheck {
    /** The key in the rule language. */
    String key();

    /** What may be, as written in the rule, at least one. */
    List<String> values();

    /** The event's value as text; null if it has none. */
    @Nullable
    String seen(EventView event);

    @Override
    default int cost() {
        return values().size();
    }

    @Override
    default Explanation explain(EventView event) {
        return test(event) ? Explanation.MATCHED : Explanation.failed(key(), String.join(", ", values()), seen(event));
    }

    @Override
    default String describe() {
        return key() + ": " + String.join(", ", values());
    }

    @Override
    default Object tree() {
        List<String> values = values().stream()
                .map(value -> value.startsWith("$") ? "$" + value : value)
                .toList();
        return Map.of(key(), values.size() == 1 ? values.get(0) : values);
    }
}
