package io.weir.rules.language;

import io.weir.rules.EventField;
import io.weir.rules.RuleCase;
import io.weir.rules.RuleModel;
import io.weir.rules.SampleEvent;
import io.weir.rules.language.YamlNode.Entry;
import io.weir.rules.language.YamlNode.Mapping;
import io.weir.rules.language.YamlNode.Scalar;
import io.weir.rules.language.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what stands under {@code tests} of a rule. */
final class CaseReader {
    private static final List<String> KEYS = Word.keys(Vocabulary.TEST);
    private static final Pattern LITERAL = Pattern.compile("[a-z0-9-]+");
    private static final String EXAMPLE = "{ event: { path: /a.zip }, expect: match }";
    private static final String EXPECTED = "expected a test such as '" + EXAMPLE + "'";

    private final Optional<RuleModel> rule;
    private final Faults faults;

    private CaseReader(Optional<RuleModel> rule, Faults faults) {
        this.rule = rule;
        this.faults = faults;
    }

    /**
     * The tests of a rule.
     *
     * @param node the rule as it stands in the file
     * @param model the rule, if it is sound: a test that leaves type or volume out takes those of its rule
     */
    static List<RuleCase> read(YamlNode node, Optional<RuleModel> model, Faults faults) {
        Optional<Entry> tests = node instanceof Mapping mapping ? mapping.find("tests") : Optional.empty();
        if (tests.isEmpty()) {
            return List.of();
        }
        Faults own = ((Mapping) node)
                .find("id")
                .map(id -> id.value() instanceof Scalar scalar ? faults.of(scalar.text()) : faults)
                .orElse(faults);
        return new CaseReader(model, own).tests(tests.get().value());
    }

    private List<RuleCase> tests(YamlNode node) {
        List<RuleCase> cases = new ArrayList<>();
        if (!(node instanceof Sequence sequence)) {
            faults.add(node, "'tests' is " + node.shown() + ": expected a list of tests such as '- " + EXAMPLE + "'");
            return cases;
        }
        for (YamlNode item : sequence.items()) {
            if (item instanceof Mapping test) {
                test(test).ifPresent(cases::add);
            } else {
                faults.add(item, item.shown() + " is no test: " + EXPECTED);
            }
        }
        return cases;
    }

    private Optional<RuleCase> test(Mapping test) {
        int before = faults.count();
        for (Entry entry : test.entries()) {
            if (!KEYS.contains(entry.key().text())) {
                faults.add(entry.key(), Words.unknown("key", entry.key().text(), KEYS));
            }
        }
        Optional<String> name = text(test, "name").map(Scalar::text);
        Map<EventField, String> event = event(test);
        Optional<Scalar> expect = text(test, "expect");
        if (test.find("expect").isEmpty()) {
            faults.add(test, "a test without 'expect': " + Words.expected("", Vocabulary.EXPECTATIONS));
        } else if (expect.isPresent()
                && !Vocabulary.EXPECTATIONS.contains(expect.get().text())) {
            faults.add(expect.get(), Words.unknown("expectation", expect.get().text(), Vocabulary.EXPECTATIONS));
        }
        if (faults.count() > before) {
            return Optional.empty();
        }
        SampleEvent sample = SampleEvent.of(event);
        boolean match = expect.filter(word -> word.text().equals("match")).isPresent();
        String shown = name.orElse(sample.type() + " " + sample.path());
        return Optional.of(new RuleCase(shown, sample, match, test.line(), test.column()));
    }

    private Optional<Scalar> text(Mapping mapping, String key) {
        return mapping.find(key).flatMap(entry -> text(entry));
    }

    private Optional<Scalar> text(Entry entry) {
        YamlNode value = entry.value();
        if (!(value instanceof Scalar scalar) || value.isNothing()) {
            faults.add(value, "'" + entry.key().text() + "' is " + value.shown() + ": expected a text");
            return Optional.empty();
        }
        return Optional.of(scalar);
    }

    private Map<EventField, String> event(Mapping test) {
        Map<EventField, String> values = new EnumMap<>(EventField.class);
        rule.ifPresent(model -> ofRule(model, values));
        Optional<Entry> event = test.find("event");
        if (event.isEmpty()) {
            faults.add(test, "a test without 'event': " + EXPECTED);
        } else if (event.get().value() instanceof Mapping fields) {
            fields.entries().forEach(entry -> field(entry, values));
        } else {
            YamlNode value = event.get().value();
            faults.add(value, "'event' is " + value.shown() + ": expected a mapping such as '{ path: /a.zip }'");
        }
        return values;
    }

    /** The rule's first type, and its volume if it names one. */
    private static void ofRule(RuleModel model, Map<EventField, String> values) {
        model.on().stream().findFirst().ifPresent(type -> values.put(EventField.TYPE, type));
        model.volumes().stream()
                .filter(volume -> LITERAL.matcher(volume).matches())
                .findFirst()
                .ifPresent(volume -> values.put(EventField.VOLUME, volume));
    }

    private void field(Entry entry, Map<EventField, String> values) {
        String key = entry.key().text();
        Optional<EventField> field = EventField.find(key);
        if (field.isEmpty()) {
            faults.add(entry.key(), Words.unknown("field of an event", key, EventField.keys()));
            return;
        }
        text(entry).ifPresent(value -> {
            try {
                field.get().check(value.text());
                values.put(field.get(), value.text());
            } catch (IllegalArgumentException e) {
                faults.add(value, String.valueOf(e.getMessage()));
            }
        });
    }
}
