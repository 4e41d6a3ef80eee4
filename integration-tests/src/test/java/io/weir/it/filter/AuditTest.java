package io.weir.it.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.TestCluster;
import io.weir.it.filter.Commands.Run;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A history made by the real filter, with rules and volumes changed in the middle, a filter killed, rules that wait and
 * count, and echoes of actions. First it verifies as identical; then one thing after another is tampered with.
 */
@TestMethodOrder(OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @AutoClose
    private final TestCluster cluster = TestCluster.start().withTopics();

    @TempDir
    private static Path directory;

    private final AuditedHistory history = new AuditedHistory(cluster);

    @BeforeAll
    void history() throws Exception {
        history.make(directory.resolve("filter"));
    }

    private Run weir(String... arguments) {
        return new Commands(cluster, directory).weir(arguments);
    }

    private Run verify() {
        Run run = weir("audit", "verify");
        System.out.println(run.out() + run.err());
        return run;
    }

    @Test
    @Order(1)
    void aCleanHistoryIsIdentical() {
        Run run = verify();
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out()).startsWith("identical: ");
        List<ConsumerRecord<String, Decision>> decisions = cluster.read(Topics.DECISIONS);
        assertThat(decisions).anyMatch(d -> d.value().getDecidedAt() != null);
        assertThat(decisions).anyMatch(d -> d.value().getOutcome().equals("suppressed"));
        assertThat(decisions.stream()
                        .map(d -> d.value().getRulesOffset())
                        .distinct()
                        .count())
                .isGreaterThan(2);
    }

    @Test
    @Order(2)
    void aStretchIsIdenticalToo() {
        List<ConsumerRecord<String, FileEvent>> events = cluster.read(Topics.FILE_EVENTS);
        long first = events.stream().mapToLong(ConsumerRecord::timestamp).min().orElseThrow();
        long end = events.stream().mapToLong(ConsumerRecord::timestamp).max().orElseThrow();
        Run run = weir(
                "audit",
                "verify",
                "--from",
                Instant.ofEpochMilli(first + (end - first) / 3).toString(),
                "--to",
                Instant.ofEpochMilli(first + 2 * (end - first) / 3).toString());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }

    @Test
    @Order(3)
    void replayDecidesTheSameAndTheSameEachTime() {
        Run run = weir("replay", "-o", "json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSameSizeAs(cluster.read(Topics.DECISIONS));
        assertThat(weir("replay", "-o", "json", "--threads", "1").out()).isEqualTo(run.out());
    }

    @Test
    @Order(3)
    void replayWritesOnlyWhereItIsTold() {
        Map<String, Integer> before = sizes();
        Run run = weir("replay", "--emit", "trial.", "-o", "csv");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(cluster.read("trial.decisions")).hasSize(before.getOrDefault(Topics.DECISIONS, 0));
        assertThat(cluster.read("trial.actions")).hasSize(before.getOrDefault(Topics.actionsOf(Feed.VOLUME), 0));
        assertThat(sizes()).isEqualTo(before);
        Run refused = weir("replay", "--emit", "weir.");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("could be a live topic");
    }

    private Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new HashMap<>();
        for (String topic :
                List.of(Topics.DECISIONS, Topics.actionsOf(Feed.VOLUME), Topics.RULES_IN_FORCE, Topics.AGGREGATES)) {
            sizes.put(topic, cluster.readBytes(topic).size());
        }
        return sizes;
    }

    @Test
    @Order(3)
    void rulesAreTriedOnThePast() throws Exception {
        Path rules = directory.resolve("tried.yaml");
        Files.writeString(
                rules,
                "rules:\n  - " + RuleWriter.definition("zips", "zap").replace("\n", "\n    ") + "\n  - "
                        + AuditedHistory.COUNTS + "\n");
        Run run = weir("rules", "backtest", "-f", rules.toString(), "--html", "report.html");
        System.out.println(run.out());
        assertThat(run.code()).as(run.err()).isZero();
        long zaps = cluster.<FileEvent>read(Topics.FILE_EVENTS).stream()
                .filter(e -> e.value().getPath().endsWith(".zap"))
                .count();
        assertThat(run.out()).contains("zips: " + (zaps - 20) + " events newly matched, 176 no longer");
        assertThat(run.out()).doesNotContain("counts: ").contains("counts");
        assertThat(directory.resolve("report.html")).content().contains("<svg", "zips");
    }

    @Test
    @Order(3)
    void whyTellsTheStoryOfAFile() {
        Run echo = weir("why", "inbox:/d1/echo.zap");
        System.out.println(echo.out() + echo.err());
        assertThat(echo.code()).as(echo.err()).isZero();
        assertThat(echo.out())
                .contains("created inbox:/d1/echo.zap, caused by action ", "decided: suppressed, an echo of action ")
                .contains("rule settles: extension='zap': expected ", "judged under rules offset ");
        Run acted = weir("why", "/d1/f481.zap", "-o", "json");
        assertThat(acted.out())
                .contains("decided: matched", "requested: quarantine by rule zips", "result: quarantine done");
        Run nothing = weir("why", "inbox:/elsewhere/a");
        assertThat(nothing.out())
                .contains("there is no event of inbox:/elsewhere/a", "not watched: no agent reports on it");
        Run early = weir("why", "/d1/f481.zap", "--at", "2001-01-01T00:00:00Z");
        assertThat(early.out()).contains("before retention: events are kept from ");
    }

    @Test
    @Order(4)
    void aForgedDecisionIsNamed() {
        Decision real = cluster.<Decision>read(Topics.DECISIONS).get(0).value();
        ConsumerRecord<String, FileEvent> quiet = undecided();
        Decision forged = Decision.newBuilder(real)
                .setEventId(Feed.id(quiet.value().getSequence()))
                .setPath(quiet.value().getPath())
                .setPartition(quiet.partition())
                .setOffset(quiet.offset())
                .build();
        cluster.send(new ProducerRecord<>(Topics.DECISIONS, forged.getEventId(), forged));
        Run run = verify();
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out())
                .contains("forged: weir.decisions-", "decision on " + forged.getEventId() + ": nothing leads to");
    }

    private ConsumerRecord<String, FileEvent> undecided() {
        Set<String> decided = new HashSet<>();
        cluster.<Decision>read(Topics.DECISIONS).forEach(d -> decided.add(d.key()));
        return cluster.<FileEvent>read(Topics.FILE_EVENTS).stream()
                .filter(e -> e.value().getSequence() > 0
                        && !decided.contains(Feed.id(e.value().getSequence())))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(5)
    void aDoubledDecisionIsNamed() {
        ConsumerRecord<String, Decision> real =
                cluster.<Decision>read(Topics.DECISIONS).get(7);
        ProducerRecord<String, Decision> again =
                new ProducerRecord<>(Topics.DECISIONS, real.partition(), real.key(), real.value(), real.headers());
        cluster.send(again);
        Run run = verify();
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out())
                .contains(
                        "doubled: weir.decisions-" + real.partition() + "@",
                        "also at weir.decisions-" + real.partition() + "@" + real.offset());
    }

    @Test
    @Order(6)
    void aDroppedDecisionIsNamed() throws Exception {
        FileEvent event = AuditedHistory.event(history.nextNumber(), "/d3/dropped.zip");
        cluster.send(AuditedHistory.record(event));
        history.passOver();
        Run run = verify();
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out())
                .contains("missing: weir.file-events-", "decision on " + Feed.id(history.last()) + " is not recorded");
    }

    @Test
    @Order(7)
    void aMissingNumberIsNamed() throws Exception {
        history.nextNumber();
        cluster.send(AuditedHistory.record(AuditedHistory.event(history.nextNumber(), "/d3/after.txt")));
        history.passOver();
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            Run run = verify();
            assertThat(run.code()).isEqualTo(3);
            assertThat(run.out()).contains("hole: weir.file-events-", "number " + (history.last() - 1) + " is missing");
        });
    }

    @Test
    @Order(8)
    void anEditedDecisionIsNamedWithBothSides() {
        edit("weir.decisions", "matched", "tripped");
        Run run = verify();
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out())
                .contains("wrong: weir.decisions-", "expected: outcome=matched", "found:    outcome=tripped");
    }

    @Test
    @Order(9)
    void anEditedRuleOfThePastIsNamed() {
        edit("weir.rules", "extension: zip", "extension: zop");
        Run run = verify();
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("rules: weir.rules: apply 'one'", "changed with this set: [zips]");
    }

    @Test
    @Order(10)
    void whatIsNotKeptAnyMoreIsSaid() throws Exception {
        List<ConsumerRecord<String, FileEvent>> events = cluster.<FileEvent>read(Topics.FILE_EVENTS).stream()
                .filter(event -> event.partition() == 0)
                .toList();
        TopicPartition first = new TopicPartition(Topics.FILE_EVENTS, 0);
        try (Admin admin = Admin.create(cluster.connection().adminConfig("it"))) {
            admin.deleteRecords(Map.of(
                            first, RecordsToDelete.beforeOffset(events.get(100).offset())))
                    .all()
                    .get();
        }
        String early = Instant.ofEpochMilli(events.get(0).timestamp()).toString();
        String whole = Instant.ofEpochMilli(events.get(100).timestamp()).toString();
        for (String[] command : List.of(new String[] {"replay"}, new String[] {"audit", "verify"}, new String[] {
            "rules", "backtest", "-f", directory.resolve("tried.yaml").toString()
        })) {
            List<String> arguments = new ArrayList<>(List.of(command));
            arguments.addAll(List.of("--from", early));
            Run run = weir(arguments.toArray(String[]::new));
            System.out.println(run.err());
            assertThat(run.code()).as(String.join(" ", arguments)).isEqualTo(1);
            assertThat(run.err()).contains("have been deleted, since their retention is over", "try --from " + whole);
        }
        assertThat(weir("replay").err()).contains("is not kept any more", "exact from");
    }

    private void edit(String topic, String from, String to) {
        cluster.restart(
                kafka -> assertThat(LogFiles.replaceFirst(kafka, topic, from.getBytes(UTF_8), to.getBytes(UTF_8)))
                        .isTrue());
    }
}
