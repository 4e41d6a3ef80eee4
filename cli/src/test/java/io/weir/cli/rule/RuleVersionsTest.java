package io.weir.cli.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** How a rule changes and comes back, and who of the filters has it, on a real broker; told in order. */
@TestMethodOrder(OrderAnnotation.class)
class RuleVersionsTest {
    private static final String RULE =
            "  - id: %s\n    on: created\n    when: { extension: %s }\n    actions: [ { quarantine: { to: /q } } ]\n";
    private static final String TESTS = "    tests: [ { event: { path: /a.zip }, expect: match } ]\n";

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestSystem system;

    @BeforeAll
    static void start() {
        system = TestSystem.start(directory);
        system.file("one", RULE.formatted("archives", "zip") + TESTS);
        system.file("two", RULE.formatted("archives", "[zip, rar]") + TESTS + RULE.formatted("scripts", "sh"));
        system.file("failing", RULE.formatted("archives", "rar") + TESTS);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    @Order(1)
    void applyIsOverWhenAllRunningFiltersHaveIt() {
        FakeFilters.report(system, "gone", "stopped");
        try (FakeFilters filters = FakeFilters.answering(system, "one", "two")) {
            CommandRun run =
                    system.weir("rules", "apply", "-f", "one.yaml", "--author", "anna", "--comment", "at last");

            assertThat(run.err())
                    .contains(filters.lines())
                    .contains("in force: 1 created")
                    .doesNotContain("gone");
            assertThat(run.code()).isZero();
        }
    }

    @Test
    @Order(2)
    void filterThatDoesNotTakeAnApplyOverIsNamed() {
        FakeFilters.report(system, "slow", "running");
        try (FakeFilters filters = FakeFilters.answering(system, "one")) {
            CommandRun run = system.weir("rules", "apply", "-f", "two.yaml", "--timeout", "1s", "--author", "bob");

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).isEqualTo("rule/scripts created\nrule/archives changed\n");
            assertThat(run.err())
                    .contains(filters.lines())
                    .contains("the change is published, but not all running filters have it after 1 s; missing: filter"
                            + " 'slow' (last heard of ")
                    .doesNotContain("in force");
        }
        FakeFilters.report(system, "slow", "stopped");
    }

    @Test
    @Order(3)
    void applyRunsTheTestsFirstAndAppliesNothingIfOneFails() {
        CommandRun run = system.weir("rules", "apply", "-f", "failing.yaml");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(
                        "1 of 1 test failed; nothing was applied:\nFAILED  archives: created /a.zip (failing.yaml:6:14):"
                                + " expected match, but extension='zip': expected rar");
        assertThat(system.weir("rules", "get", "archives").out()).contains("extension: [zip, rar]");
    }

    @Test
    @Order(4)
    void diffShowsWhatAnApplyWouldChange() {
        assertThat(system.weir("rules", "diff", "-f", "two.yaml").code()).isZero();

        CommandRun run = system.weir("rules", "diff", "-f", "one.yaml", "--prune");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out())
                .isEqualTo(
                        """
                        rule/archives changed (one.yaml:2:5)
                        @@ -1,7 +1,6 @@
                         id: archives
                         mode: enforce
                         on: [created]
                        -when:
                        -  extension: [zip, rar]
                        +when: {extension: zip}
                         actions:
                         - quarantine: {to: /q}
                        rule/scripts deleted
                        @@ -1,6 +0,0 @@
                        -id: scripts
                        -mode: enforce
                        -on: [created]
                        -when: {extension: sh}
                        -actions:
                        -- quarantine: {to: /q}
                        """);
        assertThat(run.err()).contains("0 created, 1 changed, 1 deleted, 0 unchanged");
    }

    @Test
    @Order(5)
    void modesAreChangedAndNothingElse() {
        CommandRun shadow = system.weir("rules", "shadow", "archives", "scripts", "--timeout", "0");

        assertThat(shadow.out()).isEqualTo("rule/archives changed\nrule/scripts changed\n");
        assertThat(system.weir("rules", "shadow", "scripts").out()).isEqualTo("rule/scripts unchanged\n");
        assertThat(system.weir("rules", "list").out()).containsPattern("archives +shadow ");
        assertThat(system.weir("rules", "disable", "scripts", "--timeout", "0").out())
                .isEqualTo("rule/scripts changed\n");
        assertThat(system.weir("rules", "get", "scripts").out()).contains("mode: off");
        system.weir("rules", "enable", "archives", "scripts", "--timeout", "0");
        assertThat(system.weir("rules", "diff", "-f", "two.yaml").code()).isZero();
    }

    @Test
    @Order(6)
    void unknownIdsNameTheNearest() {
        for (String command : List.of("get", "delete", "enable", "history")) {
            CommandRun run = system.weir("rules", command, "archive");

            assertThat(run.code()).as(command).isEqualTo(1);
            assertThat(run.err()).as(command).contains("no rule has the id 'archive': did you mean 'archives'?");
        }
    }

    @Test
    @Order(7)
    void historyTellsWhoAndWhatAndWhyWithDeletions() {
        system.weir("rules", "delete", "archives", "--timeout", "0", "--author", "eve", "--comment", "too many");

        CommandRun run = system.weir("rules", "history", "archives");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().toList())
                .satisfiesExactly(
                        head -> assertThat(head).matches("VERSION +WHEN +BY +WHAT +WHY"),
                        line -> assertThat(line).matches("0 .* anna +created +at last"),
                        line -> assertThat(line).matches("3 .* bob +changed: when"),
                        line -> assertThat(line).matches("\\d+ .* changed: mode"),
                        line -> assertThat(line).matches("\\d+ .* changed: mode"),
                        line -> assertThat(line).matches("\\d+ .* eve +deleted +too many"));
        assertThat(system.weir("rules", "history", "archives", "-o", "json")
                        .out()
                        .lines())
                .hasSize(5)
                .first()
                .asString()
                .startsWith("{\"version\":0,")
                .contains("\"what\":\"created\"", "\"definition\":\"id: archives\\n");
        assertThat(system.weir("rules", "history", "archives", "--diff").out())
                .contains("by bob: changed: when\n@@ ", "+when: {extension: zip}", "by eve: deleted (too many)");
    }

    @Test
    @Order(8)
    void rollbackBringsAVersionBackAsANewOne() {
        CommandRun run = system.weir("rules", "rollback", "archives", "--to", "3", "--timeout", "0");

        assertThat(run.out()).isEqualTo("rule/archives created\n");
        assertThat(system.weir("rules", "diff", "-f", "two.yaml").code()).isZero();
        assertThat(system.weir("rules", "history", "archives").out())
                .endsWith("created         rollback to version 3\n");
        assertThat(system.weir("rules", "rollback", "archives", "--to", "3").out())
                .isEqualTo("rule/archives unchanged\n");
    }

    @Test
    @Order(9)
    void rollbackToWhatIsNoVersionChangesNothing() {
        String deletion = system.weir("rules", "history", "archives")
                .out()
                .lines()
                .filter(line -> line.contains("deleted"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElseThrow();

        assertThat(system.weir("rules", "rollback", "archives", "--to", "1").err())
                .contains("rule 'archives' has no version 1: expected one of 0, 3, ");
        assertThat(system.weir("rules", "rollback", "archives", "--to", deletion)
                        .err())
                .contains("is its deletion; expected a version with a definition");
        assertThat(system.weir("rules", "rollback", "archives").code()).isEqualTo(2);
    }
}
