package io.weir.filter;

import io.weir.rules.ActionTypes;
import io.weir.rules.Rule;
import io.weir.rules.RuleRejectedException;
import io.weir.rules.action.ActionType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Actions and rules for tests. */
final class TestRules {
    static final ActionTypes TYPES = ActionTypes.of(List.of(
            new TestAction("quarantine", true, List.of(parameter("to"))),
            new TestAction("mail", false, List.of(parameter("subject")))));

    private TestRules() {}

    private static ActionType.Parameter parameter(String name) {
        return new ActionType.Parameter(name, ActionType.Shape.TEXT, true, "for tests");
    }

    /** A rule on created files of an extension, with further lines such as {@code mode: shadow}. */
    static String definition(String id, String extension, String... lines) {
        return "id: " + id + "\non: created\nwhen:\n  - extension: " + extension + "\n"
                + (lines.length == 0 ? "" : String.join("\n", lines) + "\n")
                + "actions:\n  - quarantine: { to: /.quarantine }\n";
    }

    static Rule rule(String definition) {
        try {
            return Rule.compile(definition, TYPES);
        } catch (RuleRejectedException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private record TestAction(String name, boolean needsVolume, List<Parameter> parameters) implements ActionType {
        @Override
        public Optional<Duration> gathering(Map<String, Object> parameters) {
            return "gathered".equals(parameters.get("subject")) ? Optional.of(Duration.ofHours(1)) : Optional.empty();
        }

        @Override
        public String summary() {
            return "for tests";
        }
    }
}
