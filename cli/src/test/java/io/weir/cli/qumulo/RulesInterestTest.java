package io.weir.cli.qumulo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rules.ActionTypes;
import io.weir.rules.Matcher;
import io.weir.rules.Rule;
import io.weir.rules.RuleRejectedException;
import io.weir.rules.RuleSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesInterestTest {
    private static final Matcher RULES = RuleSet.of(List.of(
                    rule("{id: big, volume: nas, on: created, when: {path: \"/in/**\", size: \"> 1 MiB\"},"
                            + " actions: [quarantine: {to: /q}]}"),
                    rule("{id: zips, volume: nas, on: created, when: {extension: zip},"
                            + " actions: [quarantine: {to: /q}]}")))
            .matcher();

    private static Rule rule(String definition) {
        try {
            return Rule.compile(definition, ActionTypes.discover());
        } catch (RuleRejectedException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean wants(String type, String volume, String path) {
        return RulesInterest.wants(RULES, type, volume, path);
    }

    @Test
    void theStateIsWantedWhereAConditionLooksAtIt() {
        assertThat(wants("created", "nas", "/in/a")).isTrue();
        assertThat(wants("created", "nas", "/out/a")).isFalse();
        assertThat(wants("deleted", "nas", "/in/a")).isFalse();
        assertThat(wants("created", "other", "/in/a")).isFalse();
    }

    @Test
    void theStateIsWantedWhereARuleMatchesWithout() {
        assertThat(wants("created", "nas", "/out/a.zip")).isTrue();
    }
}
