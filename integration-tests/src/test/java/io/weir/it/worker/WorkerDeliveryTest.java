package io.weir.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.it.TestCluster;
import io.weir.schemas.ActionResult;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Volume;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import io.weir.worker.WorkerApplication;
import io.weir.worker.settings.Program;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerDeliveryTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration SESSION = Duration.ofSeconds(50);

    @AutoClose
    private final TestCluster cluster = TestCluster.start().withTopics();

    @TempDir
    Path directory;

    @AutoClose
    private Requests requests;

    @AutoClose
    private WorkerApplication worker;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(root());
        requests = new Requests(cluster, root());
        worker = worker("w1", WorkerSettings.defaults().with(gate()));
    }

    /** Ends when a file named open is there. */
    private static Program gate() {
        List<String> command = List.of("/bin/sh", "-c", "until [ -e open ]; do sleep 0.05; done");
        return new Program("gate", command, Duration.ofSeconds(60), List.of());
    }

    private WorkerApplication worker(String id, WorkerSettings settings) throws Exception {
        return worker(id, settings, cluster.connection());
    }

    private WorkerApplication worker(String id, WorkerSettings settings, KafkaConnection connection) throws Exception {
        var application = new WorkerApplication(Requests.config(id, connection, directory, settings));
        application.start();
        assertThat(application.awaitRunning(LIMIT)).isTrue();
        return application;
    }

    private Path root() {
        return directory.resolve("root");
    }

    private List<ConsumerRecord<String, ActionResult>> results(
            Predicate<List<ConsumerRecord<String, ActionResult>>> condition) {
        return cluster.readUntil(Topics.ACTION_RESULTS, LIMIT, condition);
    }

    @Test
    void aRequestIsCarriedOutAndReportedWithItsChain() throws Exception {
        FileEvent event = requests.file("/in/a.zip");
        requests.send("q1", "quarantine", Map.of("to", "/.quarantine"), event);
        var record = results(r -> !r.isEmpty()).get(0);
        assertThat(record.key()).isEqualTo("q1");
        assertThat(record.value().getOutcome()).isEqualTo("done");
        assertThat(Causation.read(record.headers()))
                .contains(new Causation("q1", EventId.of(event).toString(), 1));
        assertThat(root().resolve(".quarantine/in/a.zip")).exists();
        assertThat(cluster.<Volume>read(Topics.VOLUMES))
                .extracting(r -> r.value().getRegisteredBy())
                .containsExactly("w1");
        await().untilAsserted(() -> assertThat(cluster.<ComponentStatus>read(Topics.COMPONENTS))
                .anySatisfy(r -> {
                    assertThat(r.key()).isEqualTo("worker/w1");
                    assertThat(r.value().getState()).isEqualTo("running");
                    assertThat(r.value().getVolumes()).containsExactly("vol");
                }));
    }

    @Test
    void actionsOnOneFileKeepTheirOrderWhileFilesGoOnTogether() throws Exception {
        int files = 15;
        int steps = 12;
        List<FileEvent> events = new ArrayList<>();
        for (int file = 0; file < files; file++) {
            events.add(requests.file("/d" + file + "/f"));
        }
        for (int step = 1; step <= steps; step++) {
            for (int file = 0; file < files; file++) {
                requests.send(file + "-" + step, "rename", Map.of("to", "{event.path}-" + step), events.get(file));
            }
        }
        var results = results(r -> r.size() >= files * steps);
        assertThat(results).allSatisfy(r -> assertThat(r.value().getOutcome()).isEqualTo("done"));
        for (int file = 0; file < files; file++) {
            assertThat(root().resolve("d" + file + "/f-" + steps)).exists();
            String prefix = file + "-";
            assertThat(results.stream()
                            .filter(r -> r.key().startsWith(prefix))
                            .sorted(Comparator.comparing(r -> r.value().getStartedAt()))
                            .map(r -> Integer.parseInt(r.key().substring(prefix.length()))))
                    .isSorted();
        }
    }

    @Test
    void whatCannotBeReadOrIsNotKnownBecomesADeadLetterAndTheRestGoesOn() throws Exception {
        FileEvent event = requests.file("/a");
        try (var raw = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", cluster.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            raw.send(new ProducerRecord<>(Topics.actionsOf("vol"), 0, "vol:/", new byte[] {1, 2, 3}))
                    .get();
        }
        requests.send("x", "explode", Map.of(), event);
        requests.send("m", "chmod", Map.of("mode", "0604"), event);
        assertThat(results(r -> !r.isEmpty())).extracting(ConsumerRecord::key).containsExactly("m");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(cluster.readBytes(Topics.DEAD_LETTERS))
                .extracting(r -> DeadLetter.read(r.headers()).orElseThrow().cause())
                .containsExactlyInAnyOrder("undecodable", "unacceptable request"));
    }

    @Test
    void anActionThatFailsForGoodIsReportedAndLiesInTheDeadLetters() throws Exception {
        requests.file("/b");
        requests.send("r", "rename", Map.of("to", "/b"), requests.file("/a"));
        var result = results(r -> !r.isEmpty()).get(0).value();
        assertThat(result.getOutcome()).isEqualTo("failed");
        assertThat(cluster.readBytes(Topics.DEAD_LETTERS)).singleElement().satisfies(r -> {
            DeadLetter letter = DeadLetter.read(r.headers()).orElseThrow();
            assertThat(letter.component()).isEqualTo("worker");
            assertThat(letter.cause()).isEqualTo("action failed");
            assertThat(letter.detail()).contains("exists already");
            assertThat(letter.topic()).isEqualTo("weir.actions.vol");
        });
    }

    @Test
    void slowActionsBlockNoOtherFileAndABacklogWaitsInKafka() throws Exception {
        for (int i = 0; i < 4; i++) {
            requests.send("gate" + i, "exec", Map.of("run", "gate"), requests.file("/slow/" + i));
        }
        requests.send("quick", "chmod", Map.of("mode", "0604"), requests.file("/quick"));
        assertThat(results(r -> !r.isEmpty())).extracting(ConsumerRecord::key).containsExactly("quick");

        FileEvent held = requests.file("/slow/0");
        for (int i = 0; i < 2_000; i++) {
            requests.send("behind" + i, "chmod", Map.of("mode", i % 2 == 0 ? "0600" : "0644"), held);
        }
        await().atMost(LIMIT).until(() -> worker.figures().getOrDefault("in_flight", 0L) >= 512);
        for (int i = 0; i < 4; i++) {
            requests.send("gate-more" + i, "exec", Map.of("run", "gate"), requests.file("/slow/0"));
        }
        assertThat(worker.figures().getOrDefault("in_flight", 0L)).isEqualTo(512);
        Files.writeString(root().resolve("open"), "");
        var results = results(r -> r.size() >= 2_009);
        assertThat(results).extracting(ConsumerRecord::key).doesNotHaveDuplicates();
        assertThat(worker.failure()).isEmpty();
    }

    @Test
    void whatAStopWaitedForIsNotDoneAgainByAnotherWorker() throws Exception {
        for (int i = 0; i < 4; i++) {
            requests.send("gate" + i, "exec", Map.of("run", "gate"), requests.file("/slow/" + i));
        }
        await().atMost(LIMIT).until(() -> worker.figures().getOrDefault("in_flight", 0L) == 4);
        Thread stop = new Thread(worker::close);
        stop.start();
        await().pollInterval(Duration.ofMillis(10)).until(() -> stop.getState() == Thread.State.TIMED_WAITING);
        Files.writeString(root().resolve("open"), "");
        stop.join();
        try (var second = worker("w2", WorkerSettings.defaults().with(gate()))) {
            requests.send("last", "chmod", Map.of("mode", "0604"), requests.file("/slow/0"));
            var results = results(r -> r.stream().anyMatch(one -> one.key().equals("last")));
            assertThat(results)
                    .extracting(ConsumerRecord::key)
                    .containsExactlyInAnyOrder("gate0", "gate1", "gate2", "gate3", "last");
            assertThat(second.failure()).isEmpty();
        }
    }

    @Test
    void aSecondWorkerTakesLoadAndARebalanceLosesAndRepeatsNothing() throws Exception {
        var longSession = new KafkaConnection(
                cluster.bootstrapServers(),
                Map.of("session.timeout.ms", Long.toString(SESSION.toMillis())),
                cluster.connection().registry());
        long left = 0;
        int count = 1_500;
        for (int i = 0; i < count; i++) {
            FileEvent event = requests.file("/d" + i % 40 + "/f" + i);
            requests.send("a" + i, "rename", Map.of("to", "{event.path}-done"), event);
            if (i == 300) {
                try (var second = worker("w2", WorkerSettings.defaults(), longSession)) {
                    for (int more = 0; more < 600; more++) {
                        FileEvent other = requests.file("/e" + more % 40 + "/f" + more);
                        requests.send("b" + more, "rename", Map.of("to", "{event.path}-done"), other);
                    }
                    await().atMost(LIMIT).until(() -> second.figures().getOrDefault("actions_done", 0L) > 20);
                }
                left = System.nanoTime();
            }
        }
        var results = results(r -> r.size() >= count + 600);
        assertThat(results).allSatisfy(r -> assertThat(r.value().getOutcome()).isEqualTo("done"));
        assertThat(results).extracting(ConsumerRecord::key).doesNotHaveDuplicates();
        assertThat(Duration.ofNanos(System.nanoTime() - left))
                .as("from the second one's end to that of all, which does not wait for its session to end")
                .isLessThan(SESSION);
    }

    @Test
    void twoWorkersOnOneDataDirectoryAreRefused() {
        var config = Requests.config("w1", cluster.connection(), directory, WorkerSettings.defaults());
        try (var second = new WorkerApplication(config)) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is in use by another worker");
        }
    }
}
