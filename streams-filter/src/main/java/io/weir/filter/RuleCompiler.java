package io.weir.filter;

import io.weir.rules.ActionTypes;
import io.weir.rules.Rule;
import io.weir.rules.RuleRejectedException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compiles rule definitions; of each rule it remembers the last, since a restart meets the same one many times. */
final class RuleCompiler {
    private final ActionTypes types;
    private final Map<String, Compiled> last = new TreeMap<>();

    RuleCompiler(ActionTypes types) {
        this.types = types;
    }

    /** A rule, or why there is none. */
    sealed interface Result {}

    /** It compiles. */
    record Good(Rule rule) implements Result {}

    /** It does not. */
    record Bad(List<String> faults) implements Result {}

    private record Compiled(String definition, Result result) {}

    /**
     * Compiles a definition that was published under an id.
     *
     * @param id key of the record
     */
    Result compile(String id, String definition) {
        Compiled known = last.get(id);
        if (known != null && known.definition.equals(definition)) {
            return known.result;
        }
        Result result = compileAnew(id, definition);
        last.put(id, new Compiled(definition, result));
        return result;
    }

    void forget(String id) {
        last.remove(id);
    }

    private Result compileAnew(String id, String definition) {
        try {
            Rule rule = Rule.compile(definition, types);
            return rule.id().equals(id)
                    ? new Good(rule)
                    : new Bad(List.of("rule id='" + rule.id() + "' in the definition: expected '" + id
                            + "', the key of the record"));
        } catch (RuleRejectedException e) {
            return new Bad(e.faults().stream().map(Object::toString).toList());
        } catch (RuntimeException e) {
            return new Bad(List.of("rule id='" + id + "' cannot be compiled: " + e));
        }
    }
}
