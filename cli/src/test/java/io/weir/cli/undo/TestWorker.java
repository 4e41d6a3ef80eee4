package io.weir.cli.undo;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.Closeable;
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
import org.awaitility.Awaitility;

/** A worker that serves a volume {@code v}, and requests as a filter writes them. */
public final class TestWorker implements Closeable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path root;
    private final WorkerApplication worker;
    private final KafkaProducer<String, ActionRequest> producer;
    private int sequence;

    private TestWorker(Path root, WorkerApplication worker, KafkaProducer<String, ActionRequest> producer) {
        this.root = root;
        this.worker = worker;
        this.producer = producer;
    }

    /** Starts one, over directories of its own below this one. */
    public static TestWorker start(TestSystem system, Path directory) throws IOException, InterruptedException {
        Path root = Files.createDirectory(directory.resolve("root"));
        var mount = new VolumeMount("v", root, directory.resolve("marks"));
        var worker = new WorkerApplication(new WorkerConfig(
                "w1",
                "host",
                directory.resolve("worker"),
                List.of(mount),
                system.connection(),
                WorkerSettings.defaults()));
        worker.start();
        assertThat(worker.awaitRunning(LIMIT)).isTrue();
        return new TestWorker(
                root, worker, new KafkaProducer<>(system.connection().producerConfig("requests")));
    }

    /** Where the volume is. */
    public Path root() {
        return root;
    }

    /** Makes a file with mode 0644, and an event about it. */
    public FileEvent event(String path) throws IOException {
        Path file = root.resolve(path.substring(1));
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

    /** Asks for an action. */
    public void ask(String id, String rule, String action, Map<String, Object> parameters, FileEvent event) {
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

    /** How many actions have had an outcome. */
    public long count(String outcome) {
        return worker.figures().getOrDefault("actions_" + outcome, 0L);
    }

    /** Waits until so many actions have had an outcome. */
    public void await(String outcome, long count) {
        Awaitility.await().atMost(LIMIT).until(() -> count(outcome) >= count);
    }

    @Override
    public void close() {
        producer.close();
        worker.close();
    }
}
