package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is written as a rule, in a file or past all commands into the topic: it compiles, or its faults are told, soon. */
@Timeout(120)
class RuleFuzzTest {
    private static final int MUTANTS = 20_000;
    private static final Duration SLOW = Duration.ofSeconds(20);
    private static final String PIECES = "{}[]():,-|>*&!%@`\"'#?~\\/0123456789.eE\u0000\ud800é\n\t  abc$^+";

    private static List<String> definitions() throws IOException {
        List<String> definitions = new ArrayList<>();
        for (CorpusTest.Case one : CorpusTest.cases()) {
            one.rules().forEach(rule -> definitions.add(rule.definition()));
        }
        return definitions;
    }

    private static String mutate(Random random, String text) {
        StringBuilder mutant = new StringBuilder(text);
        for (int i = random.nextInt(6); i >= 0 && mutant.length() > 0; i--) {
            int at = random.nextInt(mutant.length());
            int to = Math.min(mutant.length(), at + random.nextInt(1 << random.nextInt(7)) + 1);
            switch (random.nextInt(4)) {
                case 0 -> mutant.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
                case 1 -> mutant.delete(at, to);
                case 2 -> mutant.insert(at, mutant.substring(at, to));
                default -> mutant.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
            }
        }
        return mutant.toString();
    }

    /** Compiles; gives whether it did. */
    private static boolean compiles(String what, String definition) {
        long begun = System.nanoTime();
        try {
            Rule rule = Rule.compile(definition, TestActions.TYPES);
            assertThat(rule.id()).isNotEmpty();
            return true;
        } catch (RuleRejectedException e) {
            assertThat(e.faults()).isNotEmpty();
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return fail(
                    what + ": " + (definition.length() < 2_000 ? definition : definition.length() + " characters"), e);
        } finally {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(what).isLessThan(SLOW);
        }
    }

    @Test
    void mutatedRules() throws IOException {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        System.out.println("RuleFuzzTest: -Dweir.seed=" + seed);
        Random random = new Random(seed);
        List<String> definitions = definitions();
        int compiled = 0;
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = mutate(random, definitions.get(random.nextInt(definitions.size())));
            compiled += compiles("seed " + seed + ", mutant " + i, mutant) ? 1 : 0;
            if (i % 10 == 0) {
                var unused = RuleFile.parse("rules:\n  - " + mutant.replace("\n", "\n    "), "f", TestActions.TYPES);
            }
        }
        assertThat(compiled).isBetween(MUTANTS / 100, MUTANTS);
    }

    static Stream<String> bombs() {
        String actions = "\nactions: [ { chmod: { mode: \"0640\" } } ]";
        String aliases = "a0: &a0 [x, x]\n";
        for (int i = 1; i < 40; i++) {
            aliases += "a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n";
        }
        return Stream.of(
                "id: a\non: created\n" + aliases + "when: *a39" + actions,
                "[".repeat(100_000),
                "{a: ".repeat(100_000),
                "id: a\non: created\nwhen:\n  - " + "not: { ".repeat(5_000) + "extension: zip" + " }".repeat(5_000)
                        + actions,
                "id: a\non: created\nwhen:\n  - path: \"/" + "{a,b}".repeat(64) + "\"" + actions,
                "id: a\non: created\nwhen:\n  - path: \"/" + "**/*".repeat(5_000) + "\"" + actions,
                "id: a\non: created\nwhen:\n  - path: \"/" + "{".repeat(5_000) + "\"" + actions,
                "id: a\non: created\nwhen:\n  - name: { regex: \"" + "(".repeat(5_000) + ")".repeat(5_000) + "\" }"
                        + actions,
                "id: a\non: created\nwhen:\n  - name: { regex: \"((((a{1,100}){1,100}){1,100}){1,100}){1,100}\" }"
                        + actions,
                "id: a\non: [" + "created, ".repeat(200_000) + "created]" + actions,
                "id: " + "a".repeat(1_000_000) + "\non: created" + actions,
                "id: a\non: created\nsettle: " + "9".repeat(100_000) + "h" + actions,
                "id: a\non: created\nwhen:\n  - size: \"> " + "9".repeat(100_000) + " GiB\"" + actions,
                "&a [ *a ]",
                "id: &a\n  b: *a");
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void rulesMadeToBeDear(String definition) {
        compiles("bomb", definition);
    }
}
