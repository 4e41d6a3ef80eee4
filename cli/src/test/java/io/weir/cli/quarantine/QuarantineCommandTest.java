package io.weir.cli.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.cli.CommandRun;
import io.weir.cli.rule.TestSystem;
import io.weir.cli.undo.TestWorker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of files in quarantine, with a worker that runs, on a real broker; told in order. */
@TestMethodOrder(OrderAnnotation.class)
class QuarantineCommandTest {
    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestSystem system;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestWorker worker;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start(directory);
        worker = TestWorker.start(system, directory);
        worker.ask("q1", "put-away", "quarantine", Map.of("to", "/.q"), worker.event("/in/a.zip"));
        worker.ask("q2", "put-away", "quarantine", Map.of("to", "/.q"), worker.event("/in/b.zip"));
        worker.ask("d1", "clean", "delete", Map.of("confirm", "true", "keep", "30d"), worker.event("/tmp/c"));
        worker.ask("d2", "clean", "delete", Map.of("confirm", "true", "keep", "1s"), worker.event("/tmp/d"));
        worker.await("done", 4);
    }

    @AfterAll
    static void stop() {
        worker.close();
        system.close();
    }

    @Test
    @Order(1)
    void whatLiesThereIsListedAndShown() {
        assertThat(system.weir("quarantine", "list").out())
                .containsPattern("q1 +\\S+Z +v:/in/a.zip +9 +put-away +-")
                .containsPattern("d1 +\\S+Z +v:/tmp/c +6 +clean +\\S+Z");
        assertThat(system.weir("quarantine", "list", "--path", "/in/**", "-o", "json")
                        .out())
                .hasLineCount(2)
                .contains("\"path\":\"/.q/in/a.zip\"");
        assertThat(system.weir("quarantine", "show", "q1").out())
                .contains("\"sha256\":\"")
                .contains("\"rule\":\"put-away\"")
                .contains("\"mode\":\"0644\"");
        assertThat(worker.root().resolve(".q/.weir/q1.json")).content().contains("\"from\" : \"/in/a.zip\"");
        assertThat(system.weir("quarantine", "show", "x").err()).contains("'x' is not in quarantine (any more)");
    }

    @Test
    @Order(2)
    void whatIsRestoredIsThereAgainAndNotInQuarantine() {
        CommandRun run = system.weir("quarantine", "restore", "q1");
        assertThat(run.out()).startsWith("action/q1 restored  v:/in/a.zip");
        assertThat(worker.root().resolve("in/a.zip")).hasContent("/in/a.zip");
        assertThat(worker.root().resolve(".q/.weir/q1.json")).doesNotExist();
        assertThat(system.weir("quarantine", "list").out()).doesNotContain("q1 ");
    }

    @Test
    @Order(3)
    void whatIsPurgedIsGone() {
        assertThat(system.weir("quarantine", "purge").code()).isEqualTo(2);
        assertThat(system.weir("quarantine", "purge", "--rule", "put-away", "--dry-run")
                        .out())
                .contains("action/q2 would-do");
        assertThat(worker.root().resolve(".q/in/b.zip")).exists();
        assertThat(system.weir("quarantine", "purge", "--rule", "put-away").out())
                .startsWith("action/q2 purged  v:/in/b.zip");
        assertThat(worker.root().resolve(".q/in")).doesNotExist();
        assertThat(worker.root().resolve(".q/.weir/q2.json")).doesNotExist();
    }

    @Test
    @Order(4)
    void whatIsKeptForAWhileIsPurgedWhenThatIsOver() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.notExists(worker.root().resolve(".quarantine/tmp/d")));
        assertThat(worker.root().resolve(".quarantine/tmp/c")).exists();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !system.weir("quarantine", "list").out().contains("d2 "));
    }
}
