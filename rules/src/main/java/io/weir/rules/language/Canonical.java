package io.weir.rules.language;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.rules.Breaker;
import io.weir.rules.RuleAction;
import io.weir.rules.RuleModel;
import io.weir.rules.condition.AllOf;
import io.weir.rules.condition.Condition;
import io.weir.rules.text.Durations;
import io.weir.rules.trigger.Quiet;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The one form that a rule is written in, and hashes that do not depend on how it was written. */
public final class Canonical {
    private Canonical() {}

    /** The rule as one YAML mapping. */
    public static String definition(RuleModel rule) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.AUTO)
                .setSchema(new CoreSchema())
                .setSplitLines(false)
                .setWidth(Integer.MAX_VALUE)
                .build();
        return new Dump(settings).dumpToString(tree(rule));
    }

    /** SHA-256, hexadecimal, over what the rule matches and its actions. */
    public static String effectHash(RuleModel rule) {
        Map<String, Object> tree = tree(rule);
        tree.keySet().retainAll(List.of("volume", "on", "when", "settle", "actions"));
        return hash(tree);
    }

    /** SHA-256, hexadecimal, over what the rule matches and waits for, whatever it does then. */
    public static String conditionHash(RuleModel rule) {
        Map<String, Object> tree = tree(rule);
        tree.keySet().retainAll(List.of("volume", "on", "when", "settle", "causes", "max-depth"));
        return hash(tree);
    }

    /** SHA-256, hexadecimal, over all parts of these rules. */
    public static String hashOf(List<RuleModel> rules) {
        return hash(rules.stream().map(Canonical::tree).toList());
    }

    private static Map<String, Object> tree(RuleModel rule) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", rule.id());
        if (!rule.description().isEmpty()) {
            tree.put("description", rule.description());
        }
        tree.put("mode", rule.mode().word());
        if (!rule.volumes().isEmpty()) {
            tree.put("volume", oneOrAll(rule.volumes()));
        }
        tree.put("on", rule.on());
        List<Object> when = when(rule);
        if (!when.isEmpty()) {
            tree.put("when", when.size() == 1 && !(rule.when() instanceof AllOf) ? when.get(0) : when);
        }
        if (rule.reactsToActions()) {
            tree.put("causes", rule.reactsToExternal() ? List.of("external", "action") : List.of("action"));
            tree.put("max-depth", rule.maxDepth());
        }
        if (rule.trigger() instanceof Quiet quiet && quiet.settles()) {
            tree.put(Quiet.SETTLE, Durations.text(quiet.length()));
        }
        rule.breaker().ifPresent(breaker -> tree.put(Breaker.KEY, breaker.tree()));
        tree.put("actions", rule.actions().stream().map(Canonical::action).toList());
        return tree;
    }

    private static List<Object> when(RuleModel rule) {
        List<Object> when = new ArrayList<>();
        if (rule.when() instanceof AllOf all) {
            when.addAll(trees(all.conditions()));
        } else {
            when.add(rule.when().tree());
        }
        Map<String, Object> trigger = rule.trigger().tree();
        if (!trigger.isEmpty()) {
            when.add(trigger);
        }
        return when;
    }

    private static List<Object> trees(List<Condition> conditions) {
        return conditions.stream().map(Condition::tree).toList();
    }

    private static Object oneOrAll(List<String> values) {
        return values.size() == 1 ? values.get(0) : values;
    }

    private static Object action(RuleAction action) {
        return action.parameters().isEmpty() ? action.type() : Map.of(action.type(), action.parameters());
    }

    /**
     * Hashes the tree itself rather than its YAML: action ids depend on it, and must not change with the YAML library.
     * Each text is preceded by its length, so that no two trees read the same; mappings go by their sorted keys.
     */
    private static String hash(Object tree) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(write(tree, new StringBuilder()).toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static StringBuilder write(Object tree, StringBuilder out) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
            out.append('m').append(sorted.size());
            sorted.forEach((key, value) -> write(value, write(key, out)));
        } else if (tree instanceof List<?> list) {
            out.append('l').append(list.size());
            list.forEach(item -> write(item, out));
        } else {
            String text = String.valueOf(tree);
            out.append('t').append(text.length()).append(':').append(text);
        }
        return out;
    }
}
