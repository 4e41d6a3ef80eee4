package io.weir.rules.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dk.brics.automaton.Automaton;
import io.weir.rules.Rule;
import io.weir.rules.Rules;
import io.weir.rules.TestEvent;
import io.weir.rules.condition.Condition;
import io.weir.rules.index.Generated;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathLanguageTest {
    private static final long SEED = Long.getLong("weir.seed", 1L);

    /** Rather too many paths than too few, on either side. */
    @Test
    void hasThePathOfEachEventThatSatisfiesOrFailsTheCondition() {
        Generated generated = new Generated(new Random(SEED));
        int satisfied = 0;
        int failed = 0;
        int excluded = 0;
        for (int i = 0; i < 400; i++) {
            Rule rule = Rules.definition(generated.rule("r"));
            for (int j = 0; j < 20; j++) {
                TestEvent event = generated.event();
                PathLanguage paths = new PathLanguage(event.type(), event.kind());
                Automaton satisfying = paths.satisfying(rule.condition());
                Automaton failing = paths.failing(rule.condition());
                boolean test = rule.condition().test(event);
                assertThat((test ? satisfying : failing).run(event.path()))
                        .as("seed %d: %s, %s, satisfied %s", SEED, rule.definition(), event, test)
                        .isTrue();
                satisfied += test ? 1 : 0;
                failed += test ? 0 : 1;
                excluded += (test ? failing : satisfying).run(event.path()) ? 0 : 1;
            }
        }
        assertThat(satisfied).isGreaterThan(1_000);
        assertThat(failed).isGreaterThan(1_000);
        assertThat(excluded)
                .as("of which the language says that it cannot be otherwise")
                .isGreaterThan(4_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {path: /in/**}                                        | /in/a/b   | satisfied
            {path: /in/**}                                        | /out/a    | failed
            {directory: /in}                                      | /in/a     | satisfied
            {directory: /in}                                      | /in/a/b   | failed
            {directory: /}                                        | /a        | satisfied
            {name: "*.zip"}                                       | /in/a.zip | satisfied
            {name: "*.zip"}                                       | /in/a     | failed
            {extension: zip}                                      | /in/a.ZIP | satisfied
            {extension: zip}                                      | /in/.zip  | failed
            {extension: ""}                                       | /in/a.zip | either
            {size: "> 5"}                                         | /in/a     | either
            {not: {path: /in/**}}                                 | /in/a     | failed
            {all: [{path: /in/**}, {not: {path: /in/done/**}}]}   | /in/done/a| failed
            {all: [{path: /in/**}, {size: "> 5"}]}                | /in/a     | either
            {all: [{path: /in/**}, {size: "> 5"}]}                | /out      | failed
            {any: [{path: /in/**}, {size: "> 5"}]}                | /in/a     | satisfied
            {kind: file}                                          | /in/a     | failed
            {type: deleted}                                       | /in/a     | failed
            {previous-path: /in/**}                               | /out      | either
            """)
    void knowsWhatDependsOnPathTypeAndKind(String condition, String path, String expected) {
        PathLanguage paths = new PathLanguage("created", "directory");

        boolean satisfied = paths.satisfying(Rules.when(condition).condition()).run(path);
        boolean failed = paths.failing(Rules.when(condition).condition()).run(path);

        assertThat(Map.of("satisfied", satisfied, "failed", failed))
                .isEqualTo(Map.of("satisfied", !expected.equals("failed"), "failed", !expected.equals("satisfied")));
    }

    @Test
    void patternsWhoseComplementWouldBeHugeMayFailAnywhere() {
        String glob = "/**/*a" + "?".repeat(30);
        Condition condition = Rules.when("{path: \"" + glob + "\"}").condition();
        PathLanguage paths = new PathLanguage("created", null);

        assertThat(paths.satisfying(condition).run("/a" + "b".repeat(30))).isTrue();
        assertThat(paths.satisfying(condition).run("/b" + "b".repeat(30))).isFalse();
        assertThat(paths.failing(condition).isTotal()).isTrue();
    }
}
