package io.weir.cli.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandRun;
import io.weir.cli.rule.TestSystem;
import io.weir.schemas.ControlState;
import io.weir.schemas.topic.Topics;
import io.weir.worker.VolumeMount;
import io.weir.worker.WorkerApplication;
import io.weir.worker.WorkerConfig;
import io.weir.worker.settings.WorkerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A stop and its release, with a worker that runs, on a real broker; told in order. */
@TestMethodOrder(OrderAnnotation.class)
class StopCommandTest {
    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestSystem system;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static WorkerApplication worker;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start(directory);
        var mount = new VolumeMount("v", Files.createDirectory(directory.resolve("root")), directory.resolve("marks"));
        worker = new WorkerApplication(new WorkerConfig(
                "w1",
                "host",
                directory.resolve("worker"),
                List.of(mount),
                system.connection(),
                WorkerSettings.defaults()));
        worker.start();
        assertThat(worker.awaitRunning(Duration.ofSeconds(30))).isTrue();
    }

    @AfterAll
    static void stop() {
        worker.close();
        system.close();
    }

    @Test
    @Order(1)
    void aStopIsOverWhenAllWorkersKnowIt() {
        CommandRun run = system.weir(
                "stop",
                "--scope",
                "volume/v",
                "--reason",
                "wrong files",
                "--releasers",
                "anna,bob",
                "--author",
                "anna");
        assertThat(run.out())
                .startsWith("stopped volume/v (weir.control offset 0)\n")
                .containsPattern("worker w1 knows it, after \\d+ ms\n");
        assertThat(run.code()).isZero();
        assertThat(system.weir("stop", "--list").out())
                .containsPattern("volume/v  \\S+Z  anna  wrong files  \\(only anna, bob\\)");
    }

    @Test
    @Order(2)
    void onlyWhoMayReleasesIt() {
        CommandRun run = system.weir("resume", "--scope", "volume/v", "--author", "mallory");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("was stopped by anna (wrong files), and only anna, bob may release it; you are 'mallory'");
        assertThat(system.records(Topics.CONTROL)).hasSize(1);
    }

    @Test
    @Order(3)
    void aReleaseIsOverWhenAllWorkersKnowIt() {
        CommandRun run = system.weir("resume", "--scope", "volume/v", "--author", "bob", "--reason", "mended");
        assertThat(run.out()).startsWith("released volume/v").containsPattern("worker w1 knows it");
        assertThat(((ControlState) system.records(Topics.CONTROL).get(1).value()).getStopped())
                .isFalse();
        assertThat(system.weir("stop", "--list").err()).contains("nothing is stopped");
    }

    @Test
    @Order(4)
    void whatIsNotStoppedCannotBeReleased() {
        CommandRun run = system.weir("resume");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("scope='all' is not stopped; stopped are: none");
    }

    @Test
    void aStopWithoutAReasonOrWithAWrongScopeIsRefused() {
        assertThat(system.weir("stop").err()).contains("--reason: expected why");
        assertThat(system.weir("stop", "--scope", "everything", "--reason", "x").err())
                .contains("scope='everything': expected all, volume/NAME or rule/ID");
    }
}
