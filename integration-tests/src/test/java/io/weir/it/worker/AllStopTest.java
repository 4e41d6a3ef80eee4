package io.weir.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.it.TestCluster;
import io.weir.schemas.ActionResult;
import io.weir.schemas.ControlState;
import io.weir.schemas.topic.Topics;
import io.weir.worker.WorkerApplication;
import io.weir.worker.settings.Program;
import io.weir.worker.settings.WorkerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emergency brake, on a real broker. */
class AllStopTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int FILES = 500;

    @AutoClose
    private final TestCluster cluster = TestCluster.start().withTopics();

    @TempDir
    Path directory;

    @AutoClose
    private Requests requests;

    @AutoClose
    private WorkerApplication first;

    @AutoClose
    private WorkerApplication second;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(directory.resolve("root"));
        requests = new Requests(cluster, directory.resolve("root"));
        first = worker("w1");
        second = worker("w2");
    }

    private WorkerApplication worker(String id) throws Exception {
        var slow = new Program(
                "slow",
                List.of("/bin/sh", "-c", "while :; do echo x >> ticks; sleep 0.05; done"),
                Duration.ofSeconds(60),
                List.of());
        var later = new Program("later", List.of("/bin/sh", "-c", "exit 75"), Duration.ofSeconds(60), List.of());
        var settings = WorkerSettings.defaults().with(slow).with(later);
        var worker = new WorkerApplication(Requests.config(id, cluster.connection(), directory, settings));
        worker.start();
        assertThat(worker.awaitRunning(LIMIT)).isTrue();
        return worker;
    }

    private Instant control(String scope, boolean stopped) {
        var state = ControlState.newBuilder()
                .setScope(scope)
                .setStopped(stopped)
                .setReason("test")
                .setBy("anna")
                .setAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .build();
        cluster.send(new ProducerRecord<>(Topics.CONTROL, scope, state));
        return Instant.now();
    }

    private List<ActionResult> results(int count) {
        return cluster.<ActionResult>readUntil(Topics.ACTION_RESULTS, LIMIT, r -> r.size() >= count).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    private long figure(String name) {
        return first.figures().getOrDefault(name, 0L) + second.figures().getOrDefault(name, 0L);
    }

    private void renameAnother(int i) throws Exception {
        requests.send("q" + i, "rename", Map.of("to", "{event.path}-done"), requests.file("/d" + i % 50 + "/f" + i));
    }

    @Test
    void noWorkerChangesAnythingASecondAfterAStopAndNothingIsLost() throws Exception {
        int sent = 0;
        while (sent < FILES) {
            renameAnother(sent++);
        }
        await().atMost(LIMIT).until(() -> figure("actions_done") > 100);
        Instant stopped = control("all", true);
        // However fast the workers are, requests keep coming until the stop holds one back.
        while (figure("held") == 0) {
            assertThat(Instant.now()).as("the stop holds nothing back").isBefore(stopped.plus(LIMIT));
            renameAnother(sent++);
        }
        await().atMost(LIMIT).until(() -> figure("held") == figure("in_flight"));

        List<ActionResult> before = results(100);
        assertThat(before).hasSizeLessThan(sent);
        assertThat(before)
                .allSatisfy(result -> assertThat(result.getFinishedAt()).isBefore(stopped.plusSeconds(1)));
        assertThat(first.degradation())
                .hasValueSatisfying(text -> assertThat(text).contains("all-stop of all by anna"));

        control("all", false);
        List<ActionResult> all = results(sent);
        assertThat(all).extracting(ActionResult::getActionId).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(result -> assertThat(result.getOutcome()).isEqualTo("done"));
    }

    @Test
    void aStopOfOneRuleHoldsBackThatAlone() throws Exception {
        control("rule/other", true);
        control("rule/rule", true);
        await().atMost(LIMIT).until(() -> figure("control_offset") >= 4);
        requests.send("held", "chmod", Map.of("mode", "0604"), requests.file("/a"));
        await().atMost(LIMIT).until(() -> figure("held") == 1);
        control("rule/rule", false);
        assertThat(results(1)).extracting(ActionResult::getOutcome).containsExactly("done");
    }

    @Test
    void whatFailsAfterItWasHeldBackIsHeldNoMore() throws Exception {
        control("all", true);
        await().atMost(LIMIT).until(() -> figure("control_offset") >= 2);
        requests.send("r", "exec", Map.of("run", "later"), requests.file("/a"));
        await().atMost(LIMIT).until(() -> figure("held") == 1);

        control("all", false);

        await().atMost(LIMIT).until(() -> figure("retries") > 0);
        assertThat(figure("held")).isZero();
    }

    @Test
    void aProgramThatRunsIsKilledAndRunsAgainAfterwards() throws Exception {
        requests.send("p", "exec", Map.of("run", "slow"), requests.file("/a"));
        Path ticks = directory.resolve("root/ticks");
        await().atMost(LIMIT).until(() -> Files.exists(ticks));
        Instant stopped = control("all", true);
        await().atMost(LIMIT).until(() -> figure("held") == 1);
        assertThat(Files.getLastModifiedTime(ticks).toInstant()).isBefore(stopped.plusSeconds(1));
        Files.delete(ticks);
        control("all", false);
        await().atMost(LIMIT).until(() -> Files.exists(ticks));
    }

    @Test
    void aRuleCanStop() throws Exception {
        requests.send("s", "all-stop", Map.of("reason", "too many", "scope", "volume"), requests.file("/a"));
        results(1);
        requests.send("held", "chmod", Map.of("mode", "0604"), requests.file("/b"));
        await().atMost(LIMIT).until(() -> figure("held") == 1);
        assertThat(results(1)).hasSize(1);
    }
}
