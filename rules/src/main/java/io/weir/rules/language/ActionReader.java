package io.weir.rules.language;

import io.weir.rules.ActionTypes;
import io.weir.rules.RuleAction;
import io.weir.rules.Template;
import io.weir.rules.action.ActionType;
import io.weir.rules.action.ActionType.Parameter;
import io.weir.rules.language.YamlNode.Entry;
import io.weir.rules.language.YamlNode.Mapping;
import io.weir.rules.language.YamlNode.Scalar;
import io.weir.rules.language.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what stands under {@code actions}. */
final class ActionReader {
    private static final String EXPECTED = "expected an action such as 'quarantine: { to: /.quarantine }'";

    private final ActionTypes types;
    private final Faults faults;

    ActionReader(ActionTypes types, Faults faults) {
        this.types = types;
        this.faults = faults;
    }

    /** The actions; the list is only complete if no fault was added. */
    List<RuleAction> read(YamlNode node) {
        List<RuleAction> actions = new ArrayList<>();
        if (!(node instanceof Sequence sequence) || sequence.items().isEmpty()) {
            String shown = node instanceof Sequence ? "an empty list" : node.shown();
            faults.add(
                    node,
                    "'actions' is " + shown
                            + ": expected a list of actions such as '- quarantine: { to: /.quarantine }'");
            return actions;
        }
        for (YamlNode item : sequence.items()) {
            action(item, actions.size()).ifPresent(actions::add);
        }
        return actions;
    }

    private Optional<RuleAction> action(YamlNode item, int position) {
        if (item instanceof Scalar name && !item.isNothing()) {
            return action(name, new Mapping(List.of(), name.line(), name.column()), position);
        }
        if (!(item instanceof Mapping mapping) || mapping.entries().size() != 1) {
            String shown = item instanceof Mapping ? "a mapping of several (or no) keys" : item.shown();
            faults.add(item, shown + " is no action: " + EXPECTED + "; each action is an item of its own");
            return Optional.empty();
        }
        Entry entry = mapping.entries().get(0);
        if (entry.value().isNothing()) {
            return action(
                    entry.key(),
                    new Mapping(List.of(), entry.key().line(), entry.key().column()),
                    position);
        }
        if (!(entry.value() instanceof Mapping parameters)) {
            faults.add(
                    entry.value(),
                    "action '" + entry.key().text() + "' has " + entry.value().shown()
                            + ": expected a mapping of parameters such as '{ to: /.quarantine }'");
            return Optional.empty();
        }
        return action(entry.key(), parameters, position);
    }

    private Optional<RuleAction> action(Scalar name, Mapping given, int position) {
        Optional<ActionType> found = types.find(name.text());
        if (found.isEmpty()) {
            List<String> names = types.all().stream().map(ActionType::name).toList();
            faults.add(name, Words.unknown("action", name.text(), names));
            return Optional.empty();
        }
        ActionType type = found.get();
        int before = faults.count();
        rejectUnknown(type, given);
        Map<String, Object> parameters = parameters(type, name, given);
        if (faults.count() == before) {
            for (String fault : type.faults(parameters)) {
                faults.add(place(fault, name, given), "action '" + type.name() + "': " + fault);
            }
        }
        return faults.count() == before
                ? Optional.of(new RuleAction(position, type.name(), parameters, route(type, parameters)))
                : Optional.empty();
    }

    private static RuleAction.Route route(ActionType type, Map<String, Object> parameters) {
        if (type.needsVolume()) {
            return RuleAction.Route.VOLUME;
        }
        return type.gathering(parameters).isPresent() ? RuleAction.Route.GATHERED : RuleAction.Route.ANY_WORKER;
    }

    private void rejectUnknown(ActionType type, Mapping given) {
        List<String> known = type.parameters().stream().map(Parameter::name).toList();
        for (Entry entry : given.entries()) {
            if (!known.contains(entry.key().text())) {
                faults.add(
                        entry.key(),
                        "action '" + type.name() + "': "
                                + Words.unknown("parameter", entry.key().text(), known));
            }
        }
    }

    /** In the order of the type, so that the order in the file makes no difference. */
    private Map<String, Object> parameters(ActionType type, Scalar name, Mapping given) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (Parameter parameter : type.parameters()) {
            Optional<Entry> entry = given.find(parameter.name());
            if (entry.isPresent()) {
                String what = "action '" + type.name() + "': parameter '" + parameter.name() + "'";
                parameters.put(parameter.name(), value(parameter, entry.get().value(), what));
            } else if (parameter.required()) {
                faults.add(
                        name,
                        "action '" + type.name() + "': missing parameter '" + parameter.name() + "': expected "
                                + shape(parameter) + ": " + parameter.summary());
            }
        }
        return parameters;
    }

    private Object value(Parameter parameter, YamlNode node, String what) {
        return switch (parameter.shape()) {
            case TEXT -> text(parameter, node, what);
            case LIST -> {
                List<YamlNode> items = node instanceof Sequence sequence ? sequence.items() : List.of(node);
                yield items.stream().map(item -> text(parameter, item, what)).toList();
            }
            case MAP -> {
                Map<String, String> map = new LinkedHashMap<>();
                if (node instanceof Mapping mapping) {
                    mapping.entries().forEach(e -> map.put(e.key().text(), text(parameter, e.value(), what)));
                } else {
                    badShape(parameter, node, what);
                }
                yield map;
            }
        };
    }

    private String text(Parameter parameter, YamlNode node, String what) {
        if (!(node instanceof Scalar scalar) || node.isNothing()) {
            badShape(parameter, node, what);
            return "";
        }
        for (String fault : Template.faults(scalar.text())) {
            faults.add(scalar, what + ": " + fault);
        }
        return scalar.text();
    }

    private void badShape(Parameter parameter, YamlNode node, String what) {
        faults.add(node, what + " is " + node.shown() + ": expected " + shape(parameter));
    }

    private static String shape(Parameter parameter) {
        return switch (parameter.shape()) {
            case TEXT -> "a text";
            case LIST -> "a text or a list of texts";
            case MAP -> "a mapping of texts";
        };
    }

    /** The parameter that a sentence names, or the action. */
    private static YamlNode place(String fault, Scalar name, Mapping given) {
        return given.entries().stream()
                .filter(entry -> fault.contains("'" + entry.key().text() + "'")
                        || fault.startsWith(entry.key().text())
                        || fault.contains(entry.key().text() + "="))
                .map(Entry::value)
                .findFirst()
                .orElse(name);
    }
}
