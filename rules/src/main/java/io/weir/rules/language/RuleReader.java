package io.weir.rules.language;

import io.weir.rules.ActionTypes;
import io.weir.rules.Breaker;
import io.weir.rules.EventTypes;
import io.weir.rules.Mode;
import io.weir.rules.RuleAction;
import io.weir.rules.RuleModel;
import io.weir.rules.condition.AllOf;
import io.weir.rules.condition.Condition;
import io.weir.rules.language.YamlNode.Entry;
import io.weir.rules.language.YamlNode.Mapping;
import io.weir.rules.language.YamlNode.Scalar;
import io.weir.rules.trigger.Quiet;
import io.weir.rules.trigger.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads one rule: a mapping with {@code id}, {@code on}, {@code when} and so on. */
final class RuleReader {
    private static final List<String> KEYS = Word.keys(Vocabulary.RULE);
    private static final List<String> CAUSES = Vocabulary.CAUSES;
    private static final List<String> MODES = Vocabulary.MODES;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final int MAX_DEPTH = 16;

    private final Mapping rule;
    private final Lists lists;
    private final ActionTypes types;
    private final Faults faults;

    private RuleReader(Mapping rule, Lists lists, ActionTypes types, Faults faults) {
        this.rule = rule;
        this.lists = lists;
        this.types = types;
        this.faults = faults;
    }

    /** The rule; empty if a fault was added. */
    static Optional<RuleModel> read(YamlNode node, Lists lists, ActionTypes types, Faults faults) {
        if (!(node instanceof Mapping rule)) {
            faults.add(node, node.shown() + " is no rule: expected a mapping with 'id', 'on', 'when' and 'actions'");
            return Optional.empty();
        }
        int before = faults.count();
        Optional<String> id = id(rule, faults);
        Faults own = id.map(faults::of).orElse(faults);
        RuleModel model = new RuleReader(rule, lists, types, own).model(id.orElse(""));
        return faults.count() == before ? Optional.of(model) : Optional.empty();
    }

    private static Optional<String> id(Mapping rule, Faults faults) {
        Optional<Entry> entry = rule.find("id");
        if (entry.isEmpty()) {
            faults.add(rule, "a rule without 'id': expected one such as 'id: quarantine-media'");
            return Optional.empty();
        }
        YamlNode value = entry.get().value();
        if (!(value instanceof Scalar id) || !ID.matcher(id.text()).matches()) {
            faults.add(
                    value,
                    "rule id " + value.shown()
                            + ": expected 1 to 128 letters, digits, '.', '_' and '-', beginning with a letter or digit");
            return Optional.empty();
        }
        return Optional.of(id.text());
    }

    private RuleModel model(String id) {
        rejectUnknown();
        List<String> causes = words("causes", CAUSES).orElse(List.of("external"));
        boolean actions = causes.contains("action");
        TriggerReader triggers = new TriggerReader(lists, faults);
        rule.find(Quiet.SETTLE).ifPresent(entry -> triggers.read(entry.key(), entry.value()));
        ConditionReader conditions = new ConditionReader(lists, triggers, faults);
        Condition when = value("when").flatMap(conditions::read).orElse(AllOf.NOTHING);
        return new RuleModel(
                id,
                text("description").map(Scalar::text).orElse(""),
                text("mode").flatMap(this::mode).orElse(Mode.ENFORCE),
                value("volume").flatMap(new CheckReader(lists, faults)::volumes).orElse(List.of()),
                on(),
                when,
                triggers.trigger(),
                causes.contains("external"),
                actions,
                maxDepth(actions),
                actions(),
                value(Breaker.KEY).flatMap(node -> BreakerReader.read(node, lists, faults)));
    }

    private void rejectUnknown() {
        for (Entry entry : rule.entries()) {
            String key = entry.key().text();
            if (KEYS.contains(key)) {
                continue;
            }
            if (ConditionReader.KEYS.contains(key) || Trigger.keys().contains(key)) {
                faults.add(entry.key(), "condition '" + key + "' stands beside 'when': expected it under 'when'");
            } else {
                faults.add(entry.key(), Words.unknown("key", key, KEYS));
            }
        }
    }

    private Optional<YamlNode> value(String key) {
        return rule.find(key).map(Entry::value);
    }

    private Optional<Scalar> text(String key) {
        Optional<YamlNode> value = value(key);
        if (value.isPresent() && (value.get().isNothing() || !(value.get() instanceof Scalar))) {
            faults.add(value.get(), "'" + key + "' is " + value.get().shown() + ": expected a text");
            return Optional.empty();
        }
        return value.map(Scalar.class::cast);
    }

    private Optional<Mode> mode(Scalar word) {
        if (!MODES.contains(word.text())) {
            faults.add(word, Words.unknown("mode", word.text(), MODES));
            return Optional.empty();
        }
        return Optional.of(Mode.valueOf(word.text().toUpperCase(Locale.ROOT)));
    }

    private List<String> on() {
        if (rule.find("on").isEmpty()) {
            faults.add(
                    rule, "missing 'on': expected the event types that it is about, such as 'on: [created, written]'");
        }
        List<String> words = words("on", EventTypes.WORDS).orElse(List.of());
        return EventTypes.WORDS.stream().filter(words::contains).toList();
    }

    /** One word or several; empty if the key is not there. */
    private Optional<List<String>> words(String key, List<String> valid) {
        Function<YamlNode, List<String>> read = node -> {
            List<String> words = new ArrayList<>();
            for (Scalar word : lists.values(node, "'" + key + "'", faults)) {
                if (valid.contains(word.text())) {
                    words.add(word.text());
                } else {
                    String what = key.equals("on") ? "event type" : "cause";
                    faults.add(word, Words.unknown(what, word.text(), valid));
                }
            }
            return words;
        };
        return value(key).map(read);
    }

    private int maxDepth(boolean reactsToActions) {
        Optional<Scalar> given = text("max-depth");
        if (given.isEmpty()) {
            return reactsToActions ? 1 : 0;
        }
        Scalar depth = given.get();
        if (!depth.text().matches("[1-9][0-9]?") || Integer.parseInt(depth.text()) > MAX_DEPTH) {
            faults.add(depth, "'max-depth' is '" + depth.text() + "': expected a number from 1 to " + MAX_DEPTH);
            return 0;
        }
        if (!reactsToActions) {
            faults.add(
                    depth,
                    "'max-depth' without 'causes: [external, action]': the rule does not react to actions;"
                            + " expected both or neither");
            return 0;
        }
        return Integer.parseInt(depth.text());
    }

    private List<RuleAction> actions() {
        Optional<YamlNode> node = value("actions");
        if (node.isEmpty()) {
            faults.add(rule, "missing 'actions': expected a list such as '- quarantine: { to: /.quarantine }'");
            return List.of();
        }
        return new ActionReader(types, faults).read(node.get());
    }
}
