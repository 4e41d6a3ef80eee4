package io.weir.cli.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandRun;
import io.weir.cli.embedded.EmbeddedBroker;
import io.weir.schemas.Manifest;
import io.weir.schemas.Rule;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.RulesApply;
import io.weir.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The life of some rules on a real broker and registry, told in order; the filter's part is played by the test. */
@TestMethodOrder(OrderAnnotation.class)
class RulesCommandsTest {
    private static final String RULE =
            "  - id: %s\n    on: created\n    when: { extension: %s }\n    actions: [ { quarantine: { to: /q } } ]\n";

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestSystem system;

    @BeforeAll
    static void start() {
        system = TestSystem.start(directory);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    @Order(1)
    void applyWithoutAFilterIsPublishedButUnconfirmed() {
        rules("one", RULE.formatted("a", "zip") + RULE.formatted("b", "exe"));

        CommandRun run = weir("rules", "apply", "-f", "one.yaml", "--if-none", "--timeout", "0", "--author", "anna");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("rule/a created\nrule/b created\n");
        assertThat(run.err()).contains("the change is published, but no filter is running");
    }

    @Test
    @Order(2)
    void applyIsOneChangeWithItsManifestLast() {
        List<ConsumerRecord<String, SpecificRecord>> records = records();

        assertThat(records).extracting(ConsumerRecord::key).containsExactly("a", "b", Keys.APPLY);
        Manifest manifest = (Manifest) records.get(2).value();
        assertThat(manifest.getWritten()).containsExactly("a", "b");
        assertThat(manifest.getHash())
                .isEqualTo(RulesApply.hash(
                        Map.of("a", definition(records.get(0)), "b", definition(records.get(1))), List.of()));
        assertThat(records).allSatisfy(record -> assertThat(RulesApply.applyId(record.headers()))
                .contains(manifest.getApplyId()));
    }

    @Test
    @Order(3)
    void rulesForAFirstStartLeaveALaterOneAlone() {
        rules("other", RULE.formatted("c", "pdf"));

        CommandRun run = weir("rules", "apply", "-f", "other.yaml", "--if-none");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("rules were published before: nothing is applied");
        assertThat(records()).hasSize(3);
    }

    @Test
    @Order(3)
    void sameRulesAreNotWrittenAgain() {
        int before = records().size();

        CommandRun run = weir("rules", "apply", "-f", "one.yaml");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("rule/a unchanged\nrule/b unchanged\n");
        assertThat(records()).hasSize(before);
    }

    @Test
    @Order(3)
    void cyclesThroughRulesInForceAreTold() {
        rules(
                "three",
                """
                  - { id: c, on: moved, when: { path: '/q/**' }, actions: [rename: { to: '/in/{event.name}' }] }
                  - { id: d, on: moved, when: { path: '/in/*' }, actions: [quarantine: { to: /q }] }
                """
                        .indent(2));

        CommandRun run = weir("rules", "apply", "-f", "three.yaml", "--dry-run");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err())
                .contains("rules may provoke each other: a -> c -> a")
                .contains("rules may provoke each other: d -> c -> d");
    }

    @Test
    @Order(3)
    void cycleWithoutAStatedDepthIsNotApplied() {
        rules(
                "four",
                "  - { id: e, on: moved, causes: [external, action], actions: [rename: { to: '/x/{event.name}' }] }\n");

        CommandRun run = weir("rules", "apply", "-f", "four.yaml");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("nothing was applied").contains("rule 'e' may provoke itself");
        assertThat(records()).hasSize(3);
    }

    @Test
    @Order(4)
    void dryRunShowsDifferencesByItsExitCode() {
        rules("two", RULE.formatted("a", "rar") + RULE.formatted("c", "iso"));
        int before = records().size();

        CommandRun run = weir("rules", "apply", "-f", "two.yaml", "--dry-run", "--prune");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out())
                .isEqualTo("rule/c created (dry run)\nrule/a changed (dry run)\nrule/b deleted (dry run)\n");
        assertThat(records()).hasSize(before);
        assertThat(weir("rules", "apply", "-f", "one.yaml", "--dry-run").code()).isZero();
    }

    @Test
    @Order(5)
    void listShowsWhatIsPublishedAndWhatTheFilterSaid() {
        report("a", "accepted");

        CommandRun run = weir("rules", "list");

        assertThat(run.code()).isZero();
        assertThat(run.out().lines().toList())
                .satisfiesExactly(
                        head -> assertThat(head).matches("ID +MODE +STATUS +CHANGED +BY"),
                        a -> assertThat(a).matches("a +enforce +accepted +\\S+ \\S+ +anna"),
                        b -> assertThat(b).matches("b +enforce +unconfirmed +\\S+ \\S+ +anna"));
        assertThat(weir("rules", "list", "-o", "json").out().lines()).hasSize(2);
    }

    @Test
    @Order(6)
    void listAsYamlCanBeAppliedAgain() throws IOException {
        Files.writeString(
                directory.resolve("again.yaml"),
                weir("rules", "list", "-o", "yaml").out());

        CommandRun run = weir("rules", "apply", "-f", "again.yaml");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("rule/a unchanged\nrule/b unchanged\n");
    }

    @Test
    @Order(7)
    void checkAlsoSaysWhatAnApplyWouldChange() {
        CommandRun run = weir("rules", "check", "-f", "two.yaml");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("an apply would create c, change a, leave 0 as they are");
    }

    @Test
    @Order(8)
    void deletingARuleThatIsNotThereDeletesNothing() {
        CommandRun run = weir("rules", "delete", "a", "nope");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("no rule has the id 'nope'; nothing was deleted; in force are: a, b");
        assertThat(weir("rules", "list").out().lines()).hasSize(3);
    }

    @Test
    @Order(9)
    void deletedRuleIsATombstone() {
        CommandRun run = weir("rules", "delete", "a", "--timeout", "0");

        assertThat(run.out()).isEqualTo("rule/a deleted\n");
        List<ConsumerRecord<String, SpecificRecord>> records = records();
        assertThat(records.get(records.size() - 2).key()).isEqualTo("a");
        assertThat(records.get(records.size() - 2).value()).isNull();
        assertThat(((Manifest) records.get(records.size() - 1).value()).getDeleted())
                .containsExactly("a");
    }

    @Test
    @Order(10)
    void missingTopicsSayHowToMakeThem() {
        try (EmbeddedBroker empty = EmbeddedBroker.start(directory.resolve("empty"), 0)) {
            CommandRun run = CommandRun.in(
                    directory,
                    "rules",
                    "list",
                    "--bootstrap-servers",
                    empty.bootstrapServers(),
                    "--schema-registry",
                    system.registryUrl());

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("do not exist").contains("weir topics create");
        }
    }

    private static CommandRun weir(String... arguments) {
        return system.weir(arguments);
    }

    private static void rules(String name, String rules) {
        system.file(name, rules);
    }

    private static List<ConsumerRecord<String, SpecificRecord>> records() {
        return system.records(Topics.RULES);
    }

    private static String definition(ConsumerRecord<String, SpecificRecord> record) {
        return ((Rule) record.value()).getDefinition();
    }

    private static void report(String rule, String status) {
        system.send(
                Topics.RULE_STATUS,
                rule,
                RuleStatus.newBuilder()
                        .setRule(rule)
                        .setStatus(status)
                        .setRulesOffset(1)
                        .setFilter("test")
                        .setAt(Instant.EPOCH)
                        .build());
    }
}
