package io.weir.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.it.TestCluster;
import io.weir.posix.FileStatus;
import io.weir.schemas.ActionResult;
import io.weir.schemas.FileEvent;
import io.weir.schemas.marks.MarkName;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the worker's process while it works. */
class WorkerKillTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int KILLS = 2;
    private static final int FILES = 120;
    private static final int THREADS = 4;

    @AutoClose
    private final TestCluster cluster = TestCluster.start().withTopics();

    @TempDir
    Path directory;

    @Test
    void everyFileIsActedOnOnceAndNoneIsLost() throws Exception {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        System.out.println("weir.seed=" + seed);
        Random random = new Random(seed);
        Path root = Files.createDirectories(directory.resolve("root"));
        Set<String> sent = new HashSet<>();
        VolumeRegistry.register(cluster.connection(), Requests.VOLUME, "mounted", "it");
        Process worker = WorkerProcess.start(cluster.connection(), directory, THREADS);
        try (Requests requests = new Requests(cluster, root)) {
            for (int i = 0; i < FILES; i++) {
                FileEvent event = requests.file("/d" + i % 8 + "/f" + i);
                requests.send("m" + i, "chmod", Map.of("mode", "0604"), event);
                requests.send("q" + i, "quarantine", Map.of("to", "/q"), event);
                sent.addAll(List.of("m" + i, "q" + i));
                if (i % 10 == 0) {
                    requests.send("x" + i, "exec", Map.of("run", "note"), event);
                    sent.add("x" + i);
                }
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                int target = FILES * kill / (KILLS + 1) - random.nextInt(FILES / 10);
                await().atMost(LIMIT)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> quarantined(root).size() >= target);
                worker.destroyForcibly().waitFor();
                assertThat(quarantined(root)).as("killed in the middle").hasSizeLessThan(FILES);
                leaveHalfAMark("q" + kill);
                worker = WorkerProcess.start(cluster.connection(), directory, THREADS);
            }
            assertAllDone(cluster.readUntil(Topics.ACTION_RESULTS, LIMIT, r -> keys(r).equals(sent)));
        } finally {
            worker.destroyForcibly().waitFor();
        }
        assertThat(quarantined(root))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, FILES)
                        .mapToObj(i -> root + "/q/d" + i % 8 + "/f" + i)
                        .toList())
                .allSatisfy(file -> assertThat(FileStatus.lstat(file).mode()).isEqualTo(0604));
        try (Stream<Path> manifests = Files.list(root.resolve("q/.weir"))) {
            assertThat(manifests).as("a manifest for each").hasSize(FILES);
        }
        assertEachProgramRan(Files.readAllLines(root.resolve("runs")));
        assertEveryActionIsClosed();
    }

    /** What a kill leaves that comes between the two system calls that make a mark; by itself it seldom does. */
    private void leaveHalfAMark(String action) throws IOException {
        String mark = new MarkName(action, 9, MarkName.Phase.BEGIN).fileName();
        Files.writeString(directory.resolve("marks").resolve("." + mark + "." + WorkerProcess.ID), "{\"actionId\":");
    }

    private static Set<String> keys(List<ConsumerRecord<String, ActionResult>> records) {
        return records.stream().map(ConsumerRecord::key).collect(Collectors.toSet());
    }

    private static List<String> quarantined(Path root) throws IOException {
        if (!Files.isDirectory(root.resolve("q"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root.resolve("q"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/.weir/"))
                    .map(Path::toString)
                    .toList();
        }
    }

    /** A result that Kafka had acknowledged when the worker died may be reported once more, as it was. */
    private static void assertAllDone(List<ConsumerRecord<String, ActionResult>> results) {
        assertThat(results).allSatisfy(r -> assertThat(r.value().getOutcome()).isEqualTo("done"));
        assertThat(results.stream().map(ConsumerRecord::value).distinct())
                .extracting(ActionResult::getActionId)
                .doesNotHaveDuplicates();
    }

    /** At least once, and again only where the worker died in the middle of the run. */
    private static void assertEachProgramRan(List<String> runs) {
        assertThat(Set.copyOf(runs)).hasSize(FILES / 10);
        assertThat(runs).hasSizeLessThanOrEqualTo(FILES / 10 + KILLS * THREADS);
    }

    /** The last attempt of each action has its end mark, and there is nothing but marks. */
    private void assertEveryActionIsClosed() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("marks"))) {
            List<String> names = files.map(f -> f.getFileName().toString()).toList();
            assertThat(names)
                    .allSatisfy(name -> assertThat(MarkName.parse(name)).isPresent());
            List<MarkName> marks = names.stream()
                    .flatMap(name -> MarkName.parse(name).stream())
                    .toList();
            Map<String, Integer> last =
                    marks.stream().collect(Collectors.toMap(MarkName::actionId, MarkName::attempt, Math::max));
            assertThat(marks)
                    .containsAll(last.entrySet().stream()
                            .map(e -> new MarkName(e.getKey(), e.getValue(), MarkName.Phase.END))
                            .toList());
        }
    }
}
