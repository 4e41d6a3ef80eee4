package io.weir.rules;

import io.weir.rules.action.ActionType;
import io.weir.rules.action.ActionType.Parameter;
import io.weir.rules.action.ActionType.Shape;
import io.weir.rules.action.Change;
import java.util.List;
import java.util.Map;

/** Actions with the names and parameters of the built-in ones, and some more shapes. */
public final class TestActions {
    /** All of them. */
    public static final ActionTypes TYPES = ActionTypes.of(List.of(
            new Move("quarantine"),
            new Move("rename"),
            new Chmod(),
            new Fake("exec", true, required("run", Shape.TEXT), optional("arguments", Shape.LIST)),
            new Fake(
                    "email",
                    false,
                    required("to", Shape.LIST),
                    optional("subject", Shape.TEXT),
                    optional("digest", Shape.TEXT)),
            new Fake("webhook", false, required("to", Shape.TEXT), optional("headers", Shape.MAP)),
            new Fake("note", false, optional("text", Shape.TEXT))));

    private TestActions() {}

    private static Parameter required(String name, Shape shape) {
        return new Parameter(name, shape, true, "what it says.");
    }

    private static Parameter optional(String name, Shape shape) {
        return new Parameter(name, shape, false, "what it says.");
    }

    private record Fake(String name, boolean needsVolume, List<Parameter> parameters) implements ActionType {
        Fake(String name, boolean needsVolume, Parameter... parameters) {
            this(name, needsVolume, List.of(parameters));
        }

        @Override
        public String summary() {
            return "Does as if.";
        }
    }

    /** As the built-in actions that move files say what they change. */
    private record Move(String name) implements ActionType {
        @Override
        public String summary() {
            return "Moves as if.";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(required("to", Shape.TEXT));
        }

        @Override
        public boolean needsVolume() {
            return true;
        }

        @Override
        public List<Change> changes(Map<String, Object> parameters) {
            String to = String.valueOf(parameters.get("to"));
            return name.equals("rename") ? Change.move(to) : Change.moveBelow(to);
        }

        @Override
        public boolean settles() {
            return name.equals("quarantine");
        }
    }

    private static final class Chmod implements ActionType {
        @Override
        public String name() {
            return "chmod";
        }

        @Override
        public String summary() {
            return "Sets permission bits.";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(required("mode", Shape.TEXT));
        }

        @Override
        public boolean needsVolume() {
            return true;
        }

        @Override
        public List<Change> changes(Map<String, Object> parameters) {
            return List.of(Change.attributes());
        }

        @Override
        public boolean settles() {
            return true;
        }

        @Override
        public List<String> faults(Map<String, Object> parameters) {
            String mode = String.valueOf(parameters.get("mode"));
            return mode.matches("0[0-7]{3}")
                    ? List.of()
                    : List.of("parameter 'mode' is '" + mode + "': expected octal bits such as 0640");
        }
    }
}
