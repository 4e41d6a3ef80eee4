package io.weir.rules;

import io.weir.rules.language.RuleFileReader;
import java.util.List;

/**
 * A file of rules as it was read.
 *
 * @param rules the rules without faults, in the order of the file
 * @param faults all faults, in the order of the file; a file that has any should not be applied
 */
public record RuleFile(List<RuleSource> rules, List<Fault> faults) {
    public RuleFile {
        rules = List.copyOf(rules);
        faults = List.copyOf(faults);
    }

    /**
     * The rules, compiled.
     *
     * @param types as they were read with
     * @throws IllegalArgumentException if two rules have the same id, which is a fault of the file too
     */
    public RuleSet set(ActionTypes types) {
        return RuleSet.of(rules.stream().map(rule -> compiled(rule, types)).toList());
    }

    private static Rule compiled(RuleSource rule, ActionTypes types) {
        try {
            return Rule.compile(rule.definition(), types);
        } catch (RuleRejectedException e) {
            throw new IllegalStateException("rule '" + rule.id() + "' was sound when its file was read", e);
        }
    }

    /**
     * Reads and checks a file; never fails, whatever the text.
     *
     * @param text YAML 1.2
     * @param sourceName the file's name as faults shall show it
     * @param types the actions that rules may name
     */
    public static RuleFile parse(String text, String sourceName, ActionTypes types) {
        return RuleFileReader.read(text, sourceName, types);
    }
}
