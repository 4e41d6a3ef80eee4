package io.weir.rules.language;

import io.weir.rules.condition.AllOf;
import io.weir.rules.condition.AnyOf;
import io.weir.rules.condition.Condition;
import io.weir.rules.condition.Not;
import io.weir.rules.language.YamlNode.Entry;
import io.weir.rules.language.YamlNode.Mapping;
import io.weir.rules.language.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what stands under {@code when}. */
final class ConditionReader {
    /** Conditions and combinations there are. */
    static final List<String> KEYS = Stream.of(Vocabulary.COMBINATIONS, Vocabulary.CONDITIONS)
            .flatMap(words -> Word.keys(words).stream())
            .toList();

    /** Words of the language that this version does not know yet. */
    static final List<String> LATER =
            List.of("regex", "depth", "age", "actor", "time", "burst", "all-of", "any-of", "quiet-for", "settle");

    private static final String EXPECTED =
            "expected conditions such as 'path: /projects/**' or 'extension: [zip, mp4]'";

    private final CheckReader checks;
    private final Faults faults;

    ConditionReader(Lists lists, Faults faults) {
        this.checks = new CheckReader(lists, faults);
        this.faults = faults;
    }

    /** The condition; empty if a fault was added. */
    Optional<Condition> read(YamlNode node) {
        if (node instanceof Sequence sequence) {
            return items(sequence, "when").map(ConditionReader::all);
        }
        return conditions(node);
    }

    /** A mapping: all its entries. */
    private Optional<Condition> conditions(YamlNode node) {
        if (!(node instanceof Mapping mapping) || mapping.entries().isEmpty()) {
            String shown = node instanceof Mapping ? "an empty mapping" : node.shown();
            faults.add(node, shown + " is no condition: " + EXPECTED);
            return Optional.empty();
        }
        return complete(mapping.entries().stream().map(this::entry).toList()).map(ConditionReader::all);
    }

    private Optional<Condition> entry(Entry entry) {
        String key = entry.key().text();
        return switch (key) {
            case "all" ->
                entry.value() instanceof Mapping
                        ? conditions(entry.value())
                        : items(entry.value(), key).map(ConditionReader::all);
            case "any" -> items(entry.value(), key).map(ConditionReader::any);
            case "not" -> not(entry);
            default -> check(entry);
        };
    }

    /** Each item of a list; empty if a fault was added. */
    private Optional<List<Condition>> items(YamlNode node, String key) {
        if (!(node instanceof Sequence sequence) || sequence.items().isEmpty()) {
            String shown = node instanceof Sequence ? "an empty list" : node.shown();
            faults.add(node, "'" + key + "' has " + shown + ": expected a list of conditions");
            return Optional.empty();
        }
        return complete(sequence.items().stream().map(this::conditions).toList());
    }

    private Optional<Condition> not(Entry entry) {
        YamlNode value = entry.value();
        boolean several = value instanceof Sequence sequence
                ? sequence.items().size() > 1
                : value instanceof Mapping mapping && mapping.entries().size() > 1;
        if (several) {
            faults.add(
                    entry.key(),
                    "'not' has several conditions, which can be read in two ways: expected one;"
                            + " write 'not: {any: [...]}' for none of them, 'not: {all: [...]}' for not all of them");
            return Optional.empty();
        }
        Optional<Condition> inner =
                value instanceof Sequence ? items(value, "not").map(ConditionReader::all) : conditions(value);
        return inner.map(Not::new);
    }

    private Optional<Condition> check(Entry entry) {
        String key = entry.key().text();
        if (KEYS.contains(key)) {
            return checks.read(key, entry.value());
        }
        if (LATER.contains(key)) {
            faults.add(
                    entry.key(),
                    "condition '" + key + "' is not supported in this version: " + Words.expected("", KEYS));
        } else {
            faults.add(entry.key(), Words.unknown("condition", key, KEYS));
        }
        return Optional.empty();
    }

    private static Optional<List<Condition>> complete(List<Optional<Condition>> read) {
        List<Condition> conditions = new ArrayList<>();
        read.forEach(condition -> condition.ifPresent(conditions::add));
        return conditions.size() == read.size() ? Optional.of(conditions) : Optional.empty();
    }

    private static Condition all(List<Condition> conditions) {
        return conditions.size() == 1 ? conditions.get(0) : new AllOf(conditions);
    }

    private static Condition any(List<Condition> conditions) {
        return conditions.size() == 1 ? conditions.get(0) : new AnyOf(conditions);
    }
}
