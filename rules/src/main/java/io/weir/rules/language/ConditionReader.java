package io.weir.rules.language;

import io.weir.rules.Breaker;
import io.weir.rules.condition.AllOf;
import io.weir.rules.condition.AnyOf;
import io.weir.rules.condition.Condition;
import io.weir.rules.condition.Not;
import io.weir.rules.language.YamlNode.Entry;
import io.weir.rules.language.YamlNode.Mapping;
import io.weir.rules.language.YamlNode.Sequence;
import io.weir.rules.trigger.Quiet;
import io.weir.rules.trigger.Trigger;
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

    private static final List<String> WORDS =
            Stream.concat(KEYS.stream(), Trigger.keys().stream()).toList();

    private static final String EXPECTED =
            "expected conditions such as 'path: /projects/**' or 'extension: [zip, mp4]'";

    private final CheckReader checks;
    private final TriggerReader triggers;
    private final Faults faults;

    /** @param triggers reads what may stand beside conditions, at the top */
    ConditionReader(Lists lists, TriggerReader triggers, Faults faults) {
        this.checks = new CheckReader(lists, faults);
        this.triggers = triggers;
        this.faults = faults;
    }

    /** The condition; empty if a fault was added. */
    Optional<Condition> read(YamlNode node) {
        if (node instanceof Sequence sequence) {
            return items(sequence, "when", true).map(ConditionReader::all);
        }
        return conditions(node, true);
    }

    /**
     * A mapping: all its entries.
     *
     * @param top whether the rule needs all of them
     */
    private Optional<Condition> conditions(YamlNode node, boolean top) {
        if (!(node instanceof Mapping mapping) || mapping.entries().isEmpty()) {
            String shown = node instanceof Mapping ? "an empty mapping" : node.shown();
            faults.add(node, shown + " is no condition: " + EXPECTED);
            return Optional.empty();
        }
        return complete(mapping.entries().stream()
                        .map(entry -> entry(entry, top))
                        .toList())
                .map(ConditionReader::all);
    }

    private Optional<Condition> entry(Entry entry, boolean top) {
        String key = entry.key().text();
        return switch (key) {
            case "all" ->
                entry.value() instanceof Mapping
                        ? conditions(entry.value(), top)
                        : items(entry.value(), key, top).map(ConditionReader::all);
            case "any" -> items(entry.value(), key, false).map(ConditionReader::any);
            case "not" -> not(entry);
            default -> Trigger.keys().contains(key) ? trigger(entry, top) : check(entry);
        };
    }

    /** What the rule waits for is no condition on an event. */
    private Optional<Condition> trigger(Entry entry, boolean top) {
        if (!top) {
            faults.add(
                    entry.key(),
                    "'" + entry.key().text() + "' under 'any' or 'not': expected it at the top of 'when', beside the"
                            + " other conditions");
            return Optional.empty();
        }
        triggers.read(entry.key(), entry.value());
        return Optional.of(AllOf.NOTHING);
    }

    /** Each item of a list; empty if a fault was added. */
    private Optional<List<Condition>> items(YamlNode node, String key, boolean top) {
        if (!(node instanceof Sequence sequence) || sequence.items().isEmpty()) {
            String shown = node instanceof Sequence ? "an empty list" : node.shown();
            faults.add(node, "'" + key + "' has " + shown + ": expected a list of conditions");
            return Optional.empty();
        }
        return complete(
                sequence.items().stream().map(item -> conditions(item, top)).toList());
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
        Optional<Condition> inner = value instanceof Sequence
                ? items(value, "not", false).map(ConditionReader::all)
                : conditions(value, false);
        return inner.map(Not::new);
    }

    private Optional<Condition> check(Entry entry) {
        String key = entry.key().text();
        if (KEYS.contains(key)) {
            return checks.read(key, entry.value());
        }
        if (key.equals("any-of")) {
            faults.add(entry.key(), "condition 'any-of': expected 'path' with a list, such as 'path: [/a, /b]'");
        } else if (key.equals(Quiet.SETTLE) || key.equals(Breaker.KEY)) {
            faults.add(entry.key(), "'" + key + "' under 'when': expected it beside 'when'");
        } else {
            faults.add(entry.key(), Words.unknown("condition", key, WORDS));
        }
        return Optional.empty();
    }

    private static Optional<List<Condition>> complete(List<Optional<Condition>> read) {
        List<Condition> conditions = new ArrayList<>();
        read.forEach(condition -> condition.ifPresent(conditions::add));
        return conditions.size() == read.size() ? Optional.of(conditions) : Optional.empty();
    }

    private static Condition all(List<Condition> conditions) {
        List<Condition> some =
                conditions.stream().filter(c -> c != AllOf.NOTHING).toList();
        return some.isEmpty() ? AllOf.NOTHING : some.size() == 1 ? some.get(0) : new AllOf(some);
    }

    private static Condition any(List<Condition> conditions) {
        return conditions.size() == 1 ? conditions.get(0) : new AnyOf(conditions);
    }
}
