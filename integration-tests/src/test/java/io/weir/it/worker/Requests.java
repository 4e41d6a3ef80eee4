package io.weir.it.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.TestCluster;
import io.weir.posix.FileStatus;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.Topics;
import io.weir.worker.VolumeMount;
import io.weir.worker.WorkerConfig;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes requests as the filter does, about files of one volume. */
final class Requests implements AutoCloseable {
    static final String VOLUME = "vol";

    private final KafkaProducer<String, ActionRequest> producer;
    private final Path root;
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private int sequence;

    Requests(TestCluster cluster, Path root) {
        this.producer = new KafkaProducer<>(cluster.connection().producerConfig("requests"));
        this.root = root;
    }

    static WorkerConfig config(String id, KafkaConnection connection, Path directory, WorkerSettings settings) {
        var mount = new VolumeMount(VOLUME, directory.resolve("root"), directory.resolve("marks"));
        return new WorkerConfig(id, "host", directory.resolve("worker-" + id), List.of(mount), connection, settings);
    }

    /** Makes a file and an event about it. */
    FileEvent file(String path) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, path);
        FileStatus status = FileStatus.lstat(file.toString());
        return FileEvent.newBuilder()
                .setType("created")
                .setVolume(VOLUME)
                .setPath(path)
                .setAgent("agent")
                .setEpoch(1)
                .setSequence(++sequence)
                .setObservedAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .setHost("host")
                .setState(FileState.newBuilder()
                        .setFileId(status.fileId())
                        .setKind(status.kind())
                        .setSize(status.size())
                        .setMode(status.mode())
                        .setOwner("root")
                        .setGroup("root")
                        .setMtime(status.mtime())
                        .setCtime(status.ctime())
                        .build())
                .build();
    }

    void send(String id, String action, Map<String, String> parameters, FileEvent event) {
        ActionRequest request = request(id, "rule", action, parameters, event);
        send(Topics.actionsOf(VOLUME), Keys.fileEvent(VOLUME, event.getPath()), request);
    }

    /** One that is to be carried out together with others of its rule. */
    void gather(String id, String rule, String action, Map<String, ?> parameters, FileEvent event) {
        send(Topics.DIGESTS, rule, request(id, rule, action, parameters, event));
    }

    private static ActionRequest request(
            String id, String rule, String action, Map<String, ?> parameters, FileEvent event) {
        return ActionRequest.newBuilder()
                .setId(id)
                .setRule(rule)
                .setRulesOffset(0)
                .setPosition(0)
                .setAction(action)
                .setParameters(new HashMap<String, Object>(parameters))
                .setEvent(event)
                .setEventPartition(0)
                .setEventOffset(0)
                .setNotAfter(Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MICROS))
                .build();
    }

    private void send(String topic, String key, ActionRequest request) {
        var record = new ProducerRecord<>(topic, key, request);
        String eventId = EventId.of(request.getEvent()).toString();
        new Causation(eventId, eventId, 0).write(record.headers());
        var unused = producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                failures.add(failure);
            }
        });
    }

    /** Fails if a request was not acknowledged. */
    @Override
    public void close() {
        producer.close();
        assertThat(failures).isEmpty();
    }
}
