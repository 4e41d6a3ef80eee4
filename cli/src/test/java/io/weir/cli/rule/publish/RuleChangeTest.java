package io.weir.cli.rule.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rules.RuleSource;
import io.weir.schemas.Rule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RuleChangeTest {
    private final PublishedRules now = published(Map.of("same", "s", "old", "o", "other", "x"));

    @Test
    void onlyDifferencesAreWritten() {
        RuleChange change =
                RuleChange.towards(List.of(rule("same", "s"), rule("old", "n"), rule("new", "n")), now, false);

        assertThat(change.created()).containsExactly(Map.entry("new", "n"));
        assertThat(change.changed()).containsExactly(Map.entry("old", "n"));
        assertThat(change.unchanged()).containsExactly("same");
        assertThat(change.deleted()).isEmpty();
        assertThat(change.written()).containsOnlyKeys("new", "old");
    }

    @Test
    void pruningDeletesWhatTheFileDoesNotHave() {
        RuleChange change = RuleChange.towards(List.of(rule("same", "s")), now, true);

        assertThat(change.deleted()).containsExactly("old", "other");
        assertThat(change.isEmpty()).isFalse();
    }

    @Test
    void sameRulesAreNoChange() {
        assertThat(RuleChange.towards(List.of(rule("same", "s")), now, false).isEmpty())
                .isTrue();
    }

    private static RuleSource rule(String id, String definition) {
        return new RuleSource(id, definition, "rules.yaml", 1, 1);
    }

    private static PublishedRules published(Map<String, String> definitions) {
        TreeMap<String, Rule> rules = new TreeMap<>();
        definitions.forEach((id, definition) -> rules.put(
                id, Rule.newBuilder().setId(id).setDefinition(definition).build()));
        return new PublishedRules(rules, 3);
    }
}
