package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleCaseTest {
    private static final String RULE =
            """
            rules:
              - id: archives
                mode: off
                volume: projects
                on: [moved-in, written]
                when: { extension: zip, size: "> 1 kB" }
                actions: [note]
            """;
    private static final String TESTS =
            """
                tests:
                  - { name: large, event: { path: /a.zip, size: 2 kB, mode: 0640 }, expect: match }
                  - { event: { path: /a.zip, size: 2 kB, volume: other }, expect: no-match }
                  - { event: { path: /a.txt, size: 2 kB }, expect: match }
                  - { event: { path: /a.zip }, expect: match }
                  - { event: { path: /a.zip, size: 2 kB, type: moved-in }, expect: no-match }
            """;

    @Test
    void testsAreNoPartOfTheDefinition() {
        RuleSource with = source(RULE + TESTS);
        RuleSource without = source(RULE);

        assertThat(with.tests()).hasSize(5);
        assertThat(without.tests()).isEmpty();
        assertThat(with.definition()).isEqualTo(without.definition());
    }

    @Test
    void whatIsLeftOutIsTakenFromTheRuleOrUnknown() throws RuleRejectedException {
        RuleSource source = source(RULE + TESTS);
        Rule rule = Rule.compile(source.definition(), TestActions.TYPES);
        List<RuleCase> tests = source.tests();

        assertThat(tests.get(0).name()).isEqualTo("large");
        assertThat(tests.get(0).line()).isEqualTo(9);
        assertThat(tests.get(0).event().type()).isEqualTo("written");
        assertThat(tests.get(0).event().volume()).isEqualTo("projects");
        assertThat(tests.get(0).event().mode()).isEqualTo(0640);
        assertThat(tests.get(0).failure(rule)).as("though its mode is off").isEmpty();
        assertThat(tests.get(1).failure(rule)).isEmpty();
    }

    @Test
    void aFailureNamesTheConditionAndTheValueSeen() throws RuleRejectedException {
        RuleSource source = source(RULE + TESTS);
        Rule rule = Rule.compile(source.definition(), TestActions.TYPES);
        List<RuleCase> tests = source.tests();

        assertThat(tests.get(2).name()).isEqualTo("written /a.txt");
        assertThat(tests.get(2).failure(rule)).contains("expected match, but extension='txt': expected zip");
        assertThat(tests.get(3).failure(rule)).contains("expected match, but size unknown: expected > 1 kB");
        assertThat(tests.get(4).failure(rule)).contains("expected no-match, but it matched");
    }

    private static RuleSource source(String text) {
        RuleFile file = RuleFile.parse(text, "rules.yaml", TestActions.TYPES);
        assertThat(file.faults()).isEmpty();
        return file.rules().get(0);
    }
}
