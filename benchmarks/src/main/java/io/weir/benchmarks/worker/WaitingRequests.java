package io.weir.benchmarks.worker;

import io.weir.posix.FileStatus;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Files, and a request about each, as a filter writes it. */
final class WaitingRequests {
    private static final int DIRECTORIES = 100;

    private WaitingRequests() {}

    /** Makes so many files in a hundred directories, and writes a request about each. */
    static void write(
            KafkaConnection connection,
            String volume,
            Path root,
            String action,
            Map<String, Object> parameters,
            int count)
            throws IOException {
        try (var producer = new KafkaProducer<String, ActionRequest>(connection.producerConfig("bench-requests"))) {
            for (int i = 0; i < count; i++) {
                FileEvent event = event(volume, root, "/d" + i % DIRECTORIES + "/f" + i, i);
                var record = new ProducerRecord<>(
                        Topics.actionsOf(volume),
                        Keys.fileEvent(volume, event.getPath()),
                        request(i, action, parameters, event));
                String id = EventId.of(event).toString();
                new Causation(id, id, 0).write(record.headers());
                var unused = producer.send(record);
            }
        }
    }

    private static ActionRequest request(int number, String action, Map<String, Object> parameters, FileEvent event) {
        return ActionRequest.newBuilder()
                .setId("request-" + number)
                .setRule("bench")
                .setRulesOffset(0)
                .setPosition(0)
                .setAction(action)
                .setParameters(parameters)
                .setEvent(event)
                .setEventPartition(0)
                .setEventOffset(number)
                .setNotAfter(Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MICROS))
                .build();
    }

    private static FileEvent event(String volume, Path root, String path, int number) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, "content");
        FileStatus status = FileStatus.lstat(file.toString());
        return FileEvent.newBuilder()
                .setType("written")
                .setVolume(volume)
                .setPath(path)
                .setAgent("bench")
                .setEpoch(1)
                .setSequence(number + 1)
                .setObservedAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .setHost("bench")
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
}
