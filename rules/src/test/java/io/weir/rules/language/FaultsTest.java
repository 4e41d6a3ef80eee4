package io.weir.rules.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rules.RuleFile;
import io.weir.rules.RuleSource;
import io.weir.rules.Rules;
import io.weir.rules.TestActions;
import io.weir.rules.Yaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What authors are told. The cases are data: {@code faults.yaml}. */
class FaultsTest {
    @TestFactory
    Stream<DynamicTest> authorsAreTold() {
        List<?> cases = (List<?>) Yaml.load(Path.of("src/test/resources/faults.yaml"));
        return cases.stream()
                .map(c -> DynamicTest.dynamicTest((String) Yaml.get(c, "name"), () -> {
                    String text = (String) Yaml.get(c, "file");
                    String expected = ((String) Yaml.get(c, "faults")).strip();
                    assertThat(String.join("\n", Rules.faults(text))).isEqualTo(expected);
                }));
    }

    @Test
    void soundRulesOfAFaultyFileAreThereStill() {
        RuleFile file = RuleFile.parse(
                """
                rules:
                  - {id: good, on: created, actions: [note]}
                  - {id: bad, on: creatd, actions: [note]}
                """,
                "rules.yaml",
                TestActions.TYPES);
        assertThat(file.rules()).extracting(RuleSource::id).containsExactly("good");
        assertThat(file.rules().get(0).line()).isEqualTo(2);
        assertThat(file.rules().get(0).column()).isEqualTo(5);
        assertThat(file.faults()).hasSize(1);
        assertThat(file.faults().get(0).value()).isEqualTo("creatd");
        assertThat(file.faults().get(0).rule()).isEqualTo("bad");
    }

    @Test
    void deepNestingIsAFaultAndNoCrash() {
        String text = "rules: " + "[".repeat(100_000);
        assertThat(Rules.faults(text)).containsExactly("rules.yaml:1:72: nested deeper than 64 levels: expected fewer");
    }

    @Test
    void noTextMakesTheReaderFail() {
        long seed = Long.getLong("weir.seed", 1L);
        Random random = new Random(seed);
        String sound = Yaml.read(Path.of("../examples/rules.yaml"));
        for (int i = 0; i < 1_500; i++) {
            StringBuilder text = new StringBuilder(sound);
            for (int j = 0; j <= random.nextInt(4); j++) {
                int at = random.nextInt(text.length());
                char c = "{}[]:-*&!|>'\"%@`#\n\t ,$a\u0001\uD800\uFFFE".charAt(random.nextInt(26));
                if (random.nextBoolean()) {
                    text.setCharAt(at, c);
                } else {
                    text.insert(at, c);
                }
            }
            assertThat(Rules.faults(text.toString()))
                    .as("seed %d, round %d", seed, i)
                    .isNotNull();
        }
    }
}
