package io.weir.cli.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandRun;
import io.weir.cli.rule.TestSystem;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.ControlState;
import io.weir.schemas.CoverageGap;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path directory;

    private static ComponentStatus.Builder status(String kind, String id, String state) {
        return ComponentStatus.newBuilder()
                .setKind(kind)
                .setId(id)
                .setVersion("1")
                .setHost("nas1")
                .setStartedAt(NOW)
                .setReportedAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .setState(state)
                .setVolumes(List.of("media"));
    }

    private static void report(TestSystem system, ComponentStatus.Builder status) {
        ComponentStatus built = status.build();
        system.send(Topics.COMPONENTS, built.getKind() + "/" + built.getId(), built);
    }

    private static void reportAll(TestSystem system, @Nullable String causeOfWorker) {
        report(
                system,
                status("agent", "a1", "running")
                        .setFigures(Map.of("lag-millis", 1_500L, "events-waiting", 7L, "gaps-open", 0L)));
        report(system, status("filter", "f1", "running").setFigures(Map.of("rules", 3L, "rules-offset", 41L)));
        report(
                system,
                status("worker", "w1", causeOfWorker == null ? "running" : "degraded")
                        .setCause(causeOfWorker)
                        .setFigures(Map.of("in_flight", 2L, "actions_failed", 5L)));
    }

    private static String row(CommandRun run, String id) {
        return run.out()
                .lines()
                .filter(line -> line.startsWith(id + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(run.toString()))
                .replaceAll(" {2,}", "|");
    }

    @Test
    void allAtAGlance() {
        try (TestSystem system = TestSystem.start(directory)) {
            CommandRun before = system.weir("status");
            assertThat(before.code()).isEqualTo(3);
            assertThat(before.out())
                    .contains("no agent runs; start one with 'weir agent'")
                    .contains("no filter runs")
                    .contains("no worker runs");
            reportAll(system, null);
            report(system, status("worker", "gone", "stopped"));
            showsAll(system);
        }
    }

    private static void showsAll(TestSystem system) {
        CommandRun run = system.weir("status");

        assertThat(run.code()).as(run.toString()).isZero();
        assertThat(row(run, "a1")).startsWith("a1|running|media|complete|1.5 s|7|");
        assertThat(row(run, "f1")).startsWith("f1|running|3|41|0|");
        assertThat(row(run, "w1")).startsWith("w1|running|media|0|2|0|0|5|");
        assertThat(run.out()).contains("nothing needs anybody").doesNotContain("gone");
        assertThat(system.weir("status", "--all").out()).contains("gone");
    }

    @Test
    void whatNeedsSomebodyIsSaidWithWhatToDo() {
        try (TestSystem system = TestSystem.start(directory)) {
            needs(system);
        }
    }

    private static void needs(TestSystem system) {
        reportAll(system, "the ledger's disk is full\u001b[2J");
        report(
                system,
                status("agent", "a2", "running")
                        .setFigures(Map.of("gaps-open", 1L))
                        .setGaps(List.of(
                                new CoverageGap("media", "/deep", "watch-limit", "raise it", NOW, NOW, true),
                                new CoverageGap("media", "/old", "overflow", "-", NOW, NOW, false))));
        report(system, status("filter", "f2", "running").setFigures(Map.of("rules-offset", 40L)));
        system.send(
                Topics.CONTROL,
                "all",
                ControlState.newBuilder()
                        .setScope("all")
                        .setStopped(true)
                        .setBy("ann")
                        .setReason("looking")
                        .setAt(NOW)
                        .build());
        system.send(
                Topics.RULE_STATUS,
                "lock:media:/a",
                RuleStatus.newBuilder()
                        .setRule("lock")
                        .setStatus("tripped")
                        .setRulesOffset(41)
                        .setFilter("f1")
                        .setAt(NOW)
                        .build());
        ProducerRecord<String, SpecificRecord> letter = new ProducerRecord<>(Topics.DEAD_LETTERS, "k", null);
        new DeadLetter("worker", "undecodable", "-", Topics.ACTIONS, 0, 0).write(letter.headers());
        letter.headers().add("x", "y".getBytes(UTF_8));
        system.send(letter);

        CommandRun run = system.weir("status");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out())
                .contains("- worker w1 (host nas1) is degraded: the ledger's disk is full?[2J")
                .contains("- agent a2 (host nas1) does not see everything at media:/deep (watch-limit): raise it")
                .doesNotContain("/old")
                .contains("- filter f2 judges by rules of version 40, others by 41")
                .contains("- stopped: all, by ann at " + NOW + ": looking; release it with 'weir resume'")
                .contains("- rule lock is suspended on 1 path")
                .contains("- 1 dead letters wait for a decision; see 'weir dead-letters list'");
        assertThat(system.weir("status", "-o", "json").out())
                .contains("{\"kind\":\"agent\",\"id\":\"a2\",\"state\":\"running\"")
                .contains("{\"kind\":\"need\",\"message\":\"rule lock is suspended");
    }

    @Test
    void requestsThatNobodyTakesAreCountedAndTheirVolumeNamed() {
        SystemState state = new SystemState(
                List.of(),
                Set.of("backup"),
                Map.of("weir-worker-backup", new Backlog(3, true)),
                List.of(),
                List.of(),
                Map.of(),
                0);

        assertThat(Needs.of(state))
                .contains("no worker of volume backup runs, and 3 requests wait; start one with"
                        + " 'weir worker --volume backup=DIR'");
    }

    @Test
    void onePartThatIsSilentIsNamed() {
        Part part = new Part(status("agent", "a1", "running").build(), NOW, Duration.ofMinutes(3));
        SystemState state = new SystemState(List.of(part), Set.of(), Map.of(), List.of(), List.of(), Map.of(), 0);

        assertThat(part.state()).isEqualTo("silent");
        assertThat(Needs.of(state))
                .contains(
                        "agent a1 (host nas1) has said nothing for 3 min: it was killed, or is cut off from Kafka; start"
                                + " it again");
    }

    @Test
    void aClockThatIsWrongIsToldWithWhoseAndByHowMuch() {
        ComponentStatus ahead = status("agent", "a1", "running")
                .setReportedAt(NOW.plus(Duration.ofMinutes(90)))
                .build();
        ComponentStatus behind = status("worker", "w1", "running")
                .setReportedAt(NOW.minus(Duration.ofMinutes(2)))
                .build();
        ComponentStatus right = status("filter", "f1", "running")
                .setReportedAt(NOW.minus(Duration.ofSeconds(50)))
                .build();
        List<Part> parts = Stream.of(ahead, behind, right)
                .map(status -> new Part(status, NOW, Duration.ofSeconds(1)))
                .toList();

        assertThat(Needs.of(new SystemState(parts, Set.of(), Map.of(), List.of(), List.of(), Map.of(), 0)))
                .containsExactly(
                        "agent a1 (host nas1): its clock is 1.5 h ahead of that of the broker that dates its reports; set"
                                + " the one that is wrong",
                        "worker w1 (host nas1): its clock is 2 min behind that of the broker that dates its reports; set"
                                + " the one that is wrong");
    }
}
