package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rules.index.IndexMatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/** The cases of {@code corpus/*.yaml}, judged by the plain scan and by the index. */
class CorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/corpus");

    /** One case: which of the rules the event matches; and what is written of it but its name. */
    record Case(String name, List<Rule> rules, TestEvent event, List<String> expected, String text) {}

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(CORPUS)) {
            for (Path file : files.sorted().toList()) {
                for (Object one : (List<?>) Yaml.load(file)) {
                    cases.add(read(file, (Map<?, ?>) one));
                }
            }
        }
        return cases;
    }

    private static Case read(Path file, Map<?, ?> one) {
        String name = file.getFileName() + ": " + one.get("name");
        assertThat(one.keySet())
                .as(name)
                .allMatch(Set.of("name", "lists", "rule", "rules", "event", "expected")::contains);
        List<Map<String, Object>> written = new ArrayList<>();
        if (one.containsKey("rule")) {
            written.add(whole((Map<?, ?>) Yaml.get(one, "rule")));
        } else {
            ((List<?>) Yaml.get(one, "rules")).forEach(rule -> written.add(whole((Map<?, ?>) rule)));
        }
        List<Rule> rules = one.containsKey("lists")
                ? Rules.file(Yaml.dump(Map.of("lists", Yaml.get(one, "lists"), "rules", written)))
                : written.stream()
                        .map(rule -> Rules.definition(Yaml.dump(rule)))
                        .toList();
        Map<String, String> event = new LinkedHashMap<>();
        ((Map<?, ?>) Yaml.get(one, "event")).forEach((key, value) -> event.put((String) key, (String) value));
        Map<Object, Object> rest = new LinkedHashMap<>(one);
        rest.remove("name");
        return new Case(name, rules, TestEvent.of(event), expected(name, Yaml.get(one, "expected")), Yaml.dump(rest));
    }

    private static List<String> expected(String name, Object expected) {
        if (expected instanceof List<?> ids) {
            return ids.stream().map(String.class::cast).toList();
        }
        assertThat(expected).as(name).isIn("match", "no match");
        return expected.equals("match") ? List.of("rule") : List.of();
    }

    /** What a case leaves out: the id is {@code rule}, the type {@code created}, the action of no interest. */
    private static Map<String, Object> whole(Map<?, ?> given) {
        Map<String, Object> rule =
                new LinkedHashMap<>(Map.of("id", "rule", "on", "created", "actions", List.of("note")));
        given.forEach((key, value) -> rule.put((String) key, value));
        return rule;
    }

    @TestFactory
    Stream<DynamicTest> eachCaseHolds() throws IOException {
        return cases().stream()
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> {
                    assertThat(ids(new ScanMatcher(c.rules()), c.event()))
                            .as("scan")
                            .isEqualTo(c.expected());
                    assertThat(ids(IndexMatcher.of(c.rules()), c.event()))
                            .as("index")
                            .isEqualTo(c.expected());
                }));
    }

    @Test
    void allRulesTogetherAreFoundAlikeForAllEvents() throws IOException {
        List<Rule> rules = new ArrayList<>();
        for (Case one : cases()) {
            for (Rule rule : one.rules()) {
                rules.add(Rules.definition(rule.definition().replaceFirst("id: \\S+", "id: r" + rules.size())));
            }
        }
        Matcher scan = new ScanMatcher(rules);
        Matcher index = IndexMatcher.of(rules);
        for (Case one : cases()) {
            assertThat(ids(index, one.event())).as(one.name()).isEqualTo(ids(scan, one.event()));
        }
    }

    @Test
    void explanationsAgreeWithMatches() throws IOException {
        for (Case one : cases()) {
            for (Rule rule : one.rules()) {
                boolean matched = rule.explain(one.event()).matched();
                assertThat(matched).as(one.name()).isEqualTo(one.expected().contains(rule.id()));
            }
        }
    }

    @Test
    void casesAreAtLeastThreeHundredAndAllDifferent(TestReporter reporter) throws IOException {
        Set<String> names = new HashSet<>();
        Set<String> texts = new HashSet<>();
        for (Case one : cases()) {
            assertThat(names.add(one.name())).as(one.name()).isTrue();
            assertThat(texts.add(one.text()))
                    .as("another case than one before: %s", one.name())
                    .isTrue();
        }
        reporter.publishEntry("cases", Integer.toString(names.size()));
        assertThat(names).hasSizeGreaterThanOrEqualTo(300);
    }

    private static List<String> ids(Matcher matcher, EventView event) {
        List<String> ids = new ArrayList<>();
        matcher.match(event, rule -> ids.add(rule.id()));
        return ids;
    }
}
