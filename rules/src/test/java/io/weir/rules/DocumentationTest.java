package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rules.language.LanguageWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every YAML block of the documentation, and every example, is a file of rules or a part of one, without faults. */
class DocumentationTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @Test
    void theBlocksOfTheLanguagesPageAreSound() {
        assertThat(files()).hasSizeGreaterThan(7);
        files().forEach(file -> assertThat(Rules.faults(file)).as(file).isEmpty());
    }

    @Test
    void theTestsOfTheLanguagesPageHold() throws RuleRejectedException {
        List<RuleSource> rules = files().stream()
                .flatMap(file -> RuleFile.parse(file, "rules.md", TestActions.TYPES).rules().stream())
                .filter(rule -> !rule.tests().isEmpty())
                .toList();
        assertThat(rules).isNotEmpty();
        for (RuleSource source : rules) {
            Rule rule = Rule.compile(source.definition(), TestActions.TYPES);
            assertThat(source.tests())
                    .allSatisfy(test -> assertThat(test.failure(rule)).isEmpty());
        }
    }

    /** The page's blocks, each made a whole file. */
    static List<String> files() {
        Matcher m = BLOCK.matcher(Yaml.read(Path.of("../docs/rules.md")));
        List<String> files = new ArrayList<>();
        while (m.find()) {
            files.add(asFile(m.group(1)));
        }
        return files;
    }

    @Test
    void thePageNamesEveryWord() {
        String page = Yaml.read(Path.of("../docs/rules.md"));
        assertThat(EventTypes.WORDS).allSatisfy(word -> assertThat(page).contains("`" + word + "`"));
        assertThat(LanguageWords.conditions())
                .allSatisfy(word -> assertThat(page).contains("`" + word + "`"));
        assertThat(Placeholder.words()).allSatisfy(word -> assertThat(page).contains("`{" + word + "}`"));
    }

    /** A block may be a whole file, keys of one rule, or a list of conditions or actions. */
    private static String asFile(String block) {
        Object tree = Yaml.load(block);
        if (tree instanceof Map<?, ?> map && (map.containsKey("rules") || map.containsKey("lists"))) {
            return map.containsKey("rules") ? block : block + "\nrules: []\n";
        }
        assertThat(tree).as(block).isInstanceOf(Map.class);
        StringBuilder rule = new StringBuilder("rules:\n  - id: from-the-page\n");
        Map<?, ?> map = (Map<?, ?>) tree;
        if (!map.containsKey("on")) {
            rule.append("    on: created\n");
        }
        if (!map.containsKey("actions")) {
            rule.append("    actions: [note]\n");
        }
        block.lines()
                .filter(line -> !map.containsKey("id") || !line.startsWith("id:"))
                .forEach(line -> rule.append("    ").append(line).append('\n'));
        return rule.toString();
    }

    @Test
    void theQuickStartsRulesQuarantineArchivesAndNothingElse() {
        List<Rule> rules = Rules.file(Yaml.read(Path.of("../examples/rules.yaml")));
        RuleSet set = RuleSet.of(rules);
        assertThat(matches(set, "created", "/something.zip"))
                .as("while it is being written")
                .isFalse();
        for (String type : List.of("moved-in", "written")) {
            assertThat(matches(set, type, "/something.zip")).isTrue();
            assertThat(matches(set, type, "/a/b/Film.MP4")).isTrue();
            assertThat(matches(set, type, "/a/notes.txt")).isFalse();
            assertThat(matches(set, type, "/.quarantine/something.zip")).isFalse();
            assertThat(matches(set, type, "/.quarantine/a/something.zip")).isFalse();
        }
        assertThat(matches(set, "deleted", "/something.zip")).isFalse();
        assertThat(rules)
                .allSatisfy(rule -> assertThat(rule.actions().get(0).type()).isEqualTo("quarantine"));
    }

    private static boolean matches(RuleSet set, String type, String path) {
        boolean[] matched = {false};
        set.matcher()
                .match(
                        TestEvent.of(Map.of("type", type, "volume", "inbox", "path", path, "kind", "file")),
                        rule -> matched[0] = true);
        return matched[0];
    }
}
