package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerTest {
    private static final String CHMOD = "{id: r, on: created, %s actions: [chmod: {mode: \"0600\"}]}";

    private static Rule chmod(String more) {
        return Rules.definition(CHMOD.formatted(more));
    }

    @Test
    void aRuleThatChangesFilesHasOneUnlessItSaysOtherwise() {
        assertThat(chmod("").breaker()).isEqualTo(new Breaker(100, Duration.ofMinutes(10)));
        assertThat(chmod("breaker: off,").breaker().isOff()).isTrue();
        assertThat(chmod("breaker: {firings: 5, within: 90s},").breaker())
                .isEqualTo(new Breaker(5, Duration.ofSeconds(90)));
    }

    @Test
    void aRuleThatOnlyTellsHasNoneUnlessItAsksForIt() {
        assertThat(Rules.definition("{id: r, on: written, actions: [note, email: {to: a@example.org}]}")
                        .breaker()
                        .isOff())
                .isTrue();
        assertThat(Rules.definition("{id: r, on: written, actions: [note, chmod: {mode: \"0600\"}]}")
                        .breaker())
                .as("one of its actions changes files")
                .isEqualTo(Breaker.DEFAULT);
        assertThat(Rules.definition("{id: r, on: written, actions: [note], breaker: {firings: 1, within: 7d}}")
                        .breaker())
                .isEqualTo(new Breaker(1, Duration.ofDays(7)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "breaker: off,                             | breaker: off",
                "'breaker: {within: 120s, firings: 007},'  | 'breaker: {firings: 7, within: 2m}'"
            })
    void theDefinitionHasItAndComesBackTheSame(String written, String canonical) {
        Rule rule = chmod(written);
        assertThat(rule.definition().lines()).contains(canonical);
        Rule again = Rules.definition(rule.definition());
        assertThat(again.definition()).isEqualTo(rule.definition());
        assertThat(again.breaker()).isEqualTo(rule.breaker());
    }

    @Test
    void aRuleThatSaysNothingIsWrittenWithoutOne() {
        assertThat(chmod("").definition()).doesNotContain("breaker");
    }

    @Test
    void itIsPartOfTheRuleButNotOfWhatTheRuleMatchesAndDoes() {
        Rule without = chmod("");
        Rule with = chmod("breaker: {firings: 5, within: 1m},");
        assertThat(with.fullHash()).isNotEqualTo(without.fullHash());
        assertThat(with.hash()).as("action ids").isEqualTo(without.hash());
        assertThat(with.conditionHash()).as("what was counted").isEqualTo(without.conditionHash());
    }

    @Test
    void aRuleKeepsItInAnotherMode() {
        RuleModel shadow = chmod("breaker: off,").model().withMode(Mode.SHADOW);
        assertThat(new Rule(shadow).breaker().isOff()).isTrue();
    }
}
