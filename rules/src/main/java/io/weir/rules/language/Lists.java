package io.weir.rules.language;

import io.weir.rules.language.YamlNode.Entry;
import io.weir.rules.language.YamlNode.Mapping;
import io.weir.rules.language.YamlNode.Scalar;
import io.weir.rules.language.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The named lists of a file, and the reading of values that may be one or several or such a list. */
final class Lists {
    static final Lists NONE = new Lists(Map.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

    private final Map<String, List<Scalar>> byName;

    private Lists(Map<String, List<Scalar>> byName) {
        this.byName = byName;
    }

    /** Reads what stands under {@code lists}. */
    static Lists read(YamlNode node, Faults faults) {
        if (!(node instanceof Mapping mapping)) {
            faults.add(node, "'lists' is " + node.shown() + ": expected a mapping such as 'media: [jpg, png]'");
            return NONE;
        }
        Map<String, List<Scalar>> byName = new TreeMap<>();
        for (Entry entry : mapping.entries()) {
            String name = entry.key().text();
            if (!NAME.matcher(name).matches()) {
                faults.add(entry.key(), "list name '" + name + "': expected letters, digits, '-' and '_'");
            }
            byName.put(name, NONE.values(entry.value(), "list '" + name + "'", faults));
        }
        return new Lists(byName);
    }

    /**
     * The values of a node: a scalar, or a list of scalars; {@code $name} is replaced by the list of that name. Empty only
     * if a fault was added.
     *
     * @param what for messages
     */
    List<Scalar> values(YamlNode node, String what, Faults faults) {
        List<Scalar> values = new ArrayList<>();
        if (node instanceof Sequence sequence) {
            if (sequence.items().isEmpty()) {
                faults.add(node, what + " is an empty list: expected at least one value");
            }
            sequence.items().forEach(item -> add(item, what, faults, values));
        } else {
            add(node, what, faults, values);
        }
        return values;
    }

    private void add(YamlNode node, String what, Faults faults, List<Scalar> into) {
        if (!(node instanceof Scalar scalar) || node.isNothing()) {
            faults.add(node, what + " has " + node.shown() + ": expected a value or a list of values");
            return;
        }
        String text = scalar.text();
        if (text.startsWith("$$")) {
            into.add(new Scalar(text.substring(1), false, scalar.line(), scalar.column()));
        } else if (text.startsWith("$")) {
            named(text.substring(1), scalar, faults).ifPresent(into::addAll);
        } else {
            into.add(scalar);
        }
    }

    private Optional<List<Scalar>> named(String name, Scalar at, Faults faults) {
        List<Scalar> values = byName.get(name);
        if (values == null) {
            faults.add(
                    at, Words.unknown("list", name, byName.keySet()) + " (write $$" + name + " for the text itself)");
        }
        return Optional.ofNullable(values);
    }
}
