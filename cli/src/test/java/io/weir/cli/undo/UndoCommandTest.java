package io.weir.cli.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.cli.CommandRun;
import io.weir.cli.rule.TestSystem;
import io.weir.posix.FileStatus;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.Topics;
import io.weir.worker.VolumeMount;
import io.weir.worker.WorkerApplication;
import io.weir.worker.WorkerConfig;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What actions did is reversed, one or many, with a worker that runs, on a real broker. */
class UndoCommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int FILES = 100;

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestSystem system;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static WorkerApplication worker;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static KafkaProducer<String, ActionRequest> producer;

    private static int sequence;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start(directory);
        var mount = new VolumeMount("v", Files.createDirectory(root()), directory.resolve("marks"));
        worker = new WorkerApplication(new WorkerConfig(
                "w1",
                "host",
                directory.resolve("worker"),
                List.of(mount),
                system.connection(),
                WorkerSettings.defaults()));
        worker.start();
        assertThat(worker.awaitRunning(LIMIT)).isTrue();
        producer = new KafkaProducer<>(system.connection().producerConfig("requests"));
    }

    @AfterAll
    static void stop() {
        producer.close();
        worker.close();
        system.close();
    }

    private static Path root() {
        return directory.resolve("root");
    }

    private static FileEvent event(String path) throws IOException {
        Path file = root().resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, path);
        Files.setAttribute(file, "unix:mode", 0644);
        FileStatus status = FileStatus.lstat(file.toString());
        return FileEvent.newBuilder()
                .setType("created")
                .setVolume("v")
                .setPath(path)
                .setAgent("a")
                .setEpoch(1)
                .setSequence(++sequence)
                .setObservedAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .setHost("h")
                .setState(FileState.newBuilder()
                        .setFileId(status.fileId())
                        .setKind("file")
                        .setSize(status.size())
                        .setMode(status.mode())
                        .setOwner("root")
                        .setGroup("root")
                        .setMtime(status.mtime())
                        .setCtime(status.ctime())
                        .build())
                .build();
    }

    private static void ask(String id, String rule, String action, Map<String, Object> parameters, FileEvent event) {
        ActionRequest request = ActionRequest.newBuilder()
                .setId(id)
                .setRule(rule)
                .setRulesOffset(1)
                .setPosition(0)
                .setAction(action)
                .setParameters(parameters)
                .setEvent(event)
                .setEventPartition(0)
                .setEventOffset(0)
                .setNotAfter(Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MICROS))
                .build();
        var record = new ProducerRecord<>(Topics.actionsOf("v"), Keys.fileEvent("v", event.getPath()), request);
        new Causation("a:1:1", "a:1:1", 0).write(record.headers());
        var unused = producer.send(record);
    }

    private static void awaitDone(long actions) {
        await().atMost(LIMIT).until(() -> worker.figures().getOrDefault("actions_done", 0L) >= actions);
    }

    private static long done() {
        return worker.figures().getOrDefault("actions_done", 0L);
    }

    @Test
    void allThatARuleDidIsReversedLastFirst() throws Exception {
        long before = done();
        for (int i = 0; i < FILES; i++) {
            FileEvent event = event("/in" + i % 7 + "/f" + i);
            ask("m" + i, "lock", "chmod", Map.of("mode", "0400"), event);
            ask("n" + i, "lock", "rename", Map.of("to", "/out/{event.name}"), event);
            ask("o" + i, "lock", "chmod", Map.of("mode", "0440"), event);
        }
        awaitDone(before + 3 * FILES);
        Files.setAttribute(root().resolve("out/f17"), "unix:mode", 0777);

        CommandRun plan = system.weir("undo", "--rule", "lock", "--since", "1h", "--dry-run");
        assertThat(plan.out()).contains("action/o3 would-do").contains("set {mode=0400} of '/out/f3'");
        assertThat(root().resolve("out/f3")).exists();

        CommandRun run = system.weir("undo", "--rule", "lock", "--since", "1h");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("action/o17 refused  v:/in3/f17  (path='/out/f17' was changed since: mode is 0777");
        for (int i = 0; i < FILES; i++) {
            if (i != 17) {
                Path file = root().resolve("in" + i % 7 + "/f" + i);
                assertThat(file).exists();
                assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100644);
            }
        }
        assertThat(root().resolve("out")).doesNotExist();
    }

    @Test
    void oneActionIsReversedByItsIdAndOnlyOnce() throws Exception {
        long before = done();
        ask("x1", "tidy", "rename", Map.of("to", "/tidied/x"), event("/x"));
        awaitDone(before + 1);
        assertThat(system.weir("undo", "x1").out()).startsWith("action/x1 undone  v:/x");
        assertThat(root().resolve("x")).exists();
        assertThat(root().resolve("tidied")).doesNotExist();
        assertThat(system.weir("undo", "--rule", "tidy", "--since", "1h").err()).contains("nothing to undo");
        CommandRun again = system.weir("undo", "x1");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.out()).startsWith("action/x1 not-the-same-file");
    }

    @Test
    void whatIsNotThereOrCannotBeReversedIsSaid() throws Exception {
        assertThat(system.weir("undo", "nothing").err()).contains("action 'nothing' has no result (any more)");
        long refused = worker.figures().getOrDefault("actions_refused", 0L);
        ask("e1", "scan", "exec", Map.of("run", "scan"), event("/e"));
        await().atMost(LIMIT).until(() -> worker.figures().getOrDefault("actions_refused", 0L) > refused);
        assertThat(system.weir("undo", "e1").err()).contains("(refused) changed nothing that could be reversed");
        assertThat(system.weir("undo").code()).isEqualTo(2);
        assertThat(system.weir("undo", "--rule", "lock").err()).contains("expected --since TIME");
    }
}
