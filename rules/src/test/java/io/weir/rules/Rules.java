package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Rules from text, for tests. */
public final class Rules {
    private Rules() {}

    /** All rules of a file, which must be without faults. */
    public static List<Rule> file(String text) {
        RuleFile file = RuleFile.parse(text, "rules.yaml", TestActions.TYPES);
        assertThat(file.faults()).as("faults of%n%s", text).isEmpty();
        List<Rule> rules = new ArrayList<>();
        file.rules().forEach(source -> rules.add(definition(source.definition())));
        return rules;
    }

    /** The rule of a definition, which must be without faults. */
    public static Rule definition(String text) {
        try {
            return Rule.compile(text, TestActions.TYPES);
        } catch (RuleRejectedException e) {
            throw new AssertionError("rejected:\n" + text, e);
        }
    }

    /** A rule on created events with this under {@code when}. */
    public static Rule when(String condition) {
        return definition("{id: r, on: [created], actions: [note], when: " + condition + "}");
    }

    /** What a file's text gives to complain about, one line each. */
    public static List<String> faults(String text) {
        return RuleFile.parse(text, "rules.yaml", TestActions.TYPES).faults().stream()
                .map(Fault::toString)
                .toList();
    }
}
