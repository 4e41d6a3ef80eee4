package io.weir.worker.action;

import io.weir.rules.action.ActionType.Parameter;
import io.weir.rules.action.ActionType.Shape;
import io.weir.worker.ActionContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that is {@code true} or {@code false}; {@code false} if the rule does not give it.
 *
 * @param name its key
 * @param summary for people
 */
record TruthParameter(String name, String summary) {
    static final TruthParameter RECURSIVE =
            new TruthParameter("recursive", "true: of a directory, all below it is meant, too; default false.");

    /** As the module declares it. */
    Parameter declaration() {
        return new Parameter(name, Shape.TEXT, false, summary);
    }

    boolean of(Map<String, Object> parameters) {
        return "true".equals(String.valueOf(parameters.get(name)));
    }

    boolean of(ActionContext context) {
        return context.text(name).orElse("").equals("true");
    }

    List<String> faults(Map<String, Object> parameters) {
        @Nullable Object value = parameters.get(name);
        return value == null || value.equals("true") || value.equals("false")
                ? List.of()
                : List.of(name + "='" + value + "': expected true or false");
    }
}
