package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.Observation.ScanFinished;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import io.weir.posix.PosixException;
import io.weir.posix.RealPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of a directory that a poll could not look at, it must not be concluded that all in it is gone. */
@Timeout(120)
class UnreadInPollsTest {
    /** Renames a directory when a poll has come to its sibling, which it has listed together with it. */
    private static final class Renaming extends PassingKernel {
        private final Path one;
        private final Path other;
        private volatile boolean armed;

        Renaming(Kernel kernel, Path one, Path other) {
            super(kernel);
            this.one = one;
            this.other = other;
        }

        @Override
        public int add(String path, int mask) throws PosixException {
            int watch = super.add(path, mask);
            Path directory = RealPath.of(Path.of(path));
            if (armed && (directory.equals(one) || directory.equals(other))) {
                armed = false;
                rename(directory.equals(one) ? other : one);
            }
            return watch;
        }

        private static void rename(Path directory) {
            try {
                Files.move(directory, directory.resolveSibling("renamed"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aPollSaysWhereItHasNotLookedSinceADirectoryWasRenamed(@TempDir Path dir) throws Exception {
        try (Bench bench = new Bench(dir.toRealPath())) {
            Path one = Files.createDirectories(bench.in.resolve("one"));
            Path other = Files.createDirectories(bench.in.resolve("other"));
            Renaming[] kernel = new Renaming[1];
            bench.settings(s -> s.withPolling(new Polling(Set.of(bench.in), Duration.ofMillis(100))))
                    .kernel(() -> kernel[0] = new Renaming(Kernel.open(), one, other))
                    .start();
            kernel[0].armed = true;
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> bench.recorder.lines().stream()
                    .anyMatch(line -> line.startsWith("moved /renamed")));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> polls(bench).size() >= 2);
            assertThat(polls(bench)).anySatisfy(poll -> assertThat(poll.unread())
                    .hasSize(1)
                    .extracting(Place::path)
                    .containsAnyOf("/one", "/other", "/renamed"));
        }
    }

    private static List<ScanFinished> polls(Bench bench) {
        return bench.recorder.all().stream()
                .filter(ScanFinished.class::isInstance)
                .map(ScanFinished.class::cast)
                .filter(scan -> scan.reason() == ScanReason.POLL)
                .toList();
    }
}
