package io.weir.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.it.TestCluster;
import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.qumulo.client.rest.Credentials;
import io.weir.qumulo.client.rest.Trust;
import io.weir.qumulo.emulator.QumuloEmulator;
import io.weir.qumulo.emulator.tree.Inode;
import io.weir.schemas.ActionResult;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.Volume;
import io.weir.schemas.marks.MarkCodec;
import io.weir.schemas.topic.ComponentTexts;
import io.weir.schemas.topic.Topics;
import io.weir.worker.WorkerApplication;
import io.weir.worker.WorkerConfig;
import io.weir.worker.qumulo.ClusterVolume;
import io.weir.worker.settings.WorkerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker of a volume on a Qumulo cluster, over a real broker. */
class ClusterWorkerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @AutoClose
    private final TestCluster kafka = TestCluster.start().withTopics();

    @TempDir
    Path directory;

    @AutoClose
    private QumuloEmulator cluster;

    @AutoClose
    private Requests requests;

    @BeforeEach
    void start() throws Exception {
        cluster = QumuloEmulator.start();
        cluster.accounts().grant("access-v1:t");
        cluster.tree().createFile("/a");
        requests = new Requests(kafka, directory);
    }

    private WorkerApplication worker() throws Exception {
        var access = new ClusterAccess(
                List.of(cluster.uri()),
                new Credentials.TokenFile(Files.writeString(directory.resolve("token"), "access-v1:t")),
                new Trust.SystemAuthorities());
        var application = new WorkerApplication(new WorkerConfig(
                "w1",
                "host",
                directory.resolve("worker"),
                List.of(ClusterVolume.of(Requests.VOLUME, access)),
                kafka.connection(),
                WorkerSettings.defaults()));
        application.start();
        assertThat(application.awaitRunning(LIMIT)).isTrue();
        return application;
    }

    private FileEvent event(String path) {
        Inode inode = cluster.tree().state().find(path).orElseThrow();
        return FileEvent.newBuilder()
                .setType("created")
                .setVolume(Requests.VOLUME)
                .setPath(path)
                .setAgent("agent")
                .setEpoch(1)
                .setSequence(1)
                .setObservedAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .setHost("host")
                .setState(FileState.newBuilder()
                        .setFileId(Long.toString(inode.id()))
                        .setKind("file")
                        .setSize(inode.size())
                        .setMode(inode.attributes().mode())
                        .setOwner("admin")
                        .setGroup("Users")
                        .setMtime(0)
                        .setCtime(0)
                        .build())
                .build();
    }

    @Test
    void itActsAndItsHeartbeatNamesTheLockOfItsMarks() throws Exception {
        String lock;
        try (WorkerApplication worker = worker()) {
            requests.send("c1", "chmod", Map.of("mode", "0600"), event("/a"));
            var results = kafka.<ActionResult>readUntil(Topics.ACTION_RESULTS, LIMIT, r -> !r.isEmpty());
            assertThat(results.get(0).value().getOutcome()).isEqualTo("done");
            assertThat(worker.degradation()).isEmpty();
            Inode file = cluster.tree().state().find("/a").orElseThrow();
            assertThat(file.attributes().mode()).isEqualTo(0600);
            var data = cluster.tree()
                    .state()
                    .find("/.weir/marks/c1.1.begin")
                    .orElseThrow()
                    .file()
                    .data();
            lock = MarkCodec.decodeBegin(data.read(0, data.size())).lock();
        }
        await().untilAsserted(() -> assertThat(statuses())
                .isNotEmpty()
                .allSatisfy(status -> assertThat(status.getTexts()).containsEntry(ComponentTexts.LOCK, lock))
                .last()
                .satisfies(status -> assertThat(status.getState()).isEqualTo("stopped")));
        assertThat(kafka.<Volume>read(Topics.VOLUMES))
                .extracting(r -> r.value().getKind())
                .containsExactly("qumulo");
    }

    private List<ComponentStatus> statuses() {
        return kafka.<ComponentStatus>read(Topics.COMPONENTS).stream()
                .filter(record -> record.key().equals("worker/w1"))
                .map(ConsumerRecord::value)
                .toList();
    }
}
