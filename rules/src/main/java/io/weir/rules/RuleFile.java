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
