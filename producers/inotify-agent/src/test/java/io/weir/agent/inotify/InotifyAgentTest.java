package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.AgentConfig;
import io.weir.agent.EventOutlet;
import io.weir.agent.SpooledEvent;
import io.weir.schemas.FileEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class InotifyAgentTest {
    @TempDir
    Path dir;

    private Path in;
    private final Outlet outlet = new Outlet();

    @BeforeEach
    void make() throws Exception {
        in = Files.createDirectory(dir.resolve("in"));
    }

    /** Keeps what it is given. */
    private static final class Outlet implements EventOutlet {
        private final List<FileEvent> events = new ArrayList<>();

        @Override
        public synchronized void deliver(List<SpooledEvent> batch, Acknowledgement acknowledgement) {
            for (SpooledEvent event : batch) {
                events.add(event.event());
                acknowledgement.safe(event.sequence());
            }
        }

        synchronized List<String> lines() {
            return events.stream()
                    .map(e -> e.getOrigin() + " " + e.getType() + " " + e.getPath())
                    .toList();
        }

        synchronized long count(String type) {
            return events.stream().filter(e -> e.getType().equals(type)).count();
        }

        synchronized List<Long> sequences() {
            return events.stream().map(FileEvent::getSequence).toList();
        }

        @Override
        public void close() {}
    }

    /** The data directory lies below the watched one. */
    private InotifyAgent agent() {
        AgentConfig config = AgentConfig.of("a", "h", in.resolve("data"));
        return InotifyAgent.open(
                new InotifyAgentConfig(config, List.of(WatchRoot.ofVolume("v", in, true)), Set.of()), outlet);
    }

    private void await(String line) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(outlet.lines())
                .contains(line));
    }

    @Test
    void everyFileOfAStormIsCreatedAndWrittenOnceAndTheAgentNeverSeesItself() throws Exception {
        int files = 500;
        try (InotifyAgent agent = agent()) {
            agent.start();
            for (int i = 0; i < files; i++) {
                Path directory = Files.createDirectories(in.resolve("a" + i % 20 + "/b" + i % 50 + "/c" + i));
                Files.writeString(directory.resolve("f"), "x");
            }
            Files.createFile(in.resolve("last"));
            await("live written /last");
            // What a listing has found may be told after an event that came later.
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> outlet.count("written") >= files + 1);
            assertThat(agent.status().healthy()).isTrue();
            assertThat(agent.status().figure("directories-watched")).isGreaterThan(500);
        }
        List<String> written =
                outlet.lines().stream().filter(l -> l.contains(" written ")).toList();
        assertThat(written).doesNotHaveDuplicates().hasSize(files + 1);
        assertThat(outlet.lines().stream().filter(l -> l.contains(" created ")))
                .doesNotHaveDuplicates()
                .hasSize(files + 1 + 20 + 100 + files);
        assertThat(outlet.lines()).noneMatch(l -> l.contains("/data"));
        for (int i = 0; i < outlet.sequences().size(); i++) {
            assertThat(outlet.sequences().get(i)).isEqualTo(i + 1);
        }
    }

    @Test
    void filesMovedIntoDirectoriesMadeJustBeforeAreMovedOnce() throws Exception {
        int files = 100;
        for (int i = 0; i < files; i++) {
            Files.writeString(in.resolve("known" + i + ".zip"), "x");
        }
        try (InotifyAgent agent = agent()) {
            agent.start();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < files; i++) {
                String name = (i % 2 == 0 ? "known" : "new") + i + ".zip";
                Path directory = Files.createDirectories(in.resolve("d" + i + "/e"));
                Files.move(in.resolve("known" + i + ".zip"), directory.resolve(name));
                expected.add("live created /d" + i);
                expected.add("live created /d" + i + "/e");
                expected.add("live moved /d" + i + "/e/" + name);
            }
            Files.createFile(in.resolve("last"));
            await("live written /last");
            expected.add("live created /last");
            expected.add("live written /last");
            assertThat(outlet.lines()).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void whatChangedWhileItWasDownIsReconstructed() throws Exception {
        Files.writeString(in.resolve("stays"), "x");
        Files.writeString(in.resolve("goes"), "x");
        try (InotifyAgent agent = agent()) {
            agent.start();
        }
        assertThat(outlet.count("created")).isZero();
        Files.delete(in.resolve("goes"));
        Files.createDirectories(in.resolve("new"));
        Files.move(in.resolve("stays"), in.resolve("new/stays"));
        try (InotifyAgent agent = agent()) {
            agent.start();
            await("reconstructed moved /new/stays");
            await("reconstructed deleted /goes");
            await("reconstructed created /new");
        }
        assertThat(outlet.count("gap")).isEqualTo(1);
    }
}
