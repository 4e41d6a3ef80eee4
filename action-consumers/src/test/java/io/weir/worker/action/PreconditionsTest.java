package io.weir.worker.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.schemas.marks.Effect;
import io.weir.worker.UnableToWorkException;
import io.weir.worker.run.Bench;
import io.weir.worker.run.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file is no longer what the rule saw, by chance or by malice. */
class PreconditionsTest {
    private static final Map<String, String> MODE = Map.of("mode", "0600");

    @TempDir
    Path directory;

    Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(directory);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void anotherFileUnderTheNameIsNotTouched() throws Exception {
        bench.file("/a", "old");
        var request = bench.request("chmod", MODE, bench.event("/a"));
        Files.move(bench.root().resolve("a"), bench.root().resolve("kept"));
        bench.file("/a", "new");
        int mode = bench.status("/a").mode();
        var result = bench.run(request);
        assertThat(result.getOutcome()).isEqualTo("not-the-same-file");
        assertThat(result.getDetail()).contains("is another file");
        assertThat(bench.status("/a").mode()).isEqualTo(mode);
        assertThat(bench.marks()).isEmpty();
    }

    @Test
    void aFileThatHasGoneIsAnOrdinaryResult() throws Exception {
        Path file = bench.file("/a", "");
        var request = bench.request("quarantine", Map.of("to", "/q"), bench.event("/a"));
        Files.delete(file);
        assertThat(bench.run(request).getOutcome()).isEqualTo("not-the-same-file");
        assertThat(bench.exists("/q")).isFalse();
    }

    @Test
    void anInodeNumberUsedAgainIsToldApartByItsTimeOfBirth() throws Exception {
        bench.file("/a", "");
        var state = Bench.state(bench.status("/a"));
        state.put("btime", (Long) state.get("btime") - 1);
        var event = bench.event("/a", state);
        assertThat(bench.run(bench.request("chmod", MODE, event)).getOutcome()).isEqualTo("not-the-same-file");
    }

    @Test
    void anEventWithoutStateNamesNoFile() throws Exception {
        bench.file("/a", "");
        var event = bench.event("/a");
        event.put("state", null);
        var result = bench.run(bench.request("chmod", MODE, event));
        assertThat(result.getOutcome()).isEqualTo("not-the-same-file");
        assertThat(result.getDetail()).contains("no file id is known");
    }

    @Test
    void anEventThatNamesItsFileNeedsNoState() throws Exception {
        bench.file("/a", "");
        bench.file("/b", "");
        var event = bench.event("/a");
        event.put("state", null);
        event.put("fileId", bench.status("/a").fileId());
        assertThat(bench.run(bench.request("chmod", MODE, event)).getOutcome()).isEqualTo("done");
        event.put("fileId", bench.status("/b").fileId());
        assertThat(bench.run(bench.request("chmod", MODE, event)).getOutcome()).isEqualTo("not-the-same-file");
    }

    @Test
    void aDirectoryOnTheWaySwappedForALinkIsNotFollowedEvenToTheSameInode() throws Exception {
        Path file = bench.file("/d/a", "");
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Files.createLink(outside.resolve("a"), file);
        var request = bench.request("chmod", MODE, bench.event("/d/a"));
        Files.move(bench.root().resolve("d"), directory.resolve("away"));
        Files.createSymbolicLink(bench.root().resolve("d"), outside);
        assertThat(bench.run(request).getOutcome()).isEqualTo("not-the-same-file");
        assertThat(Files.getPosixFilePermissions(file.getFileSystem().getPath(outside + "/a")))
                .isNotEmpty();
    }

    @Test
    void aTargetDirectorySwappedForALinkBetweenPlanAndStepTakesNothingOut() throws Exception {
        bench.file("/a", "");
        bench.file("/q/kept", "");
        Path outside = Files.createDirectories(directory.resolve("outside"));
        bench.observe(checkpoint -> {
            if (checkpoint == Checkpoint.BEGIN_MARKED
                    && !Files.isSymbolicLink(bench.root().resolve("q"))) {
                swap(bench.root().resolve("q"), outside);
            }
        });
        var request = bench.request("quarantine", Map.of("to", "/q"), bench.event("/a"));
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(IOException.class);
        assertThat(bench.exists("/a")).isTrue();
        assertThat(outside).isEmptyDirectory();
        assertThat(bench.end(request.getId(), 1).done()).allMatch(Effect.Read.class::isInstance);
    }

    @Test
    void theFileSwappedBetweenPlanAndStepIsNotTouched() throws Exception {
        bench.file("/a", "old");
        bench.observe(checkpoint -> {
            if (checkpoint == Checkpoint.BEGIN_MARKED) {
                replace(bench.root().resolve("a"));
            }
        });
        for (String action : new String[] {"chmod", "rename"}) {
            var request = bench.request(action, Map.of("mode", "0600", "to", "/b"), bench.event("/a"));
            var result = bench.run(request);
            assertThat(result.getOutcome()).isEqualTo("not-the-same-file");
            assertThat(bench.root().resolve("a")).hasContent("new");
            assertThat(bench.end(request.getId(), 1).done()).isEmpty();
        }
    }

    @Test
    void aFileSystemMountedOnTheWayBetweenPlanAndStepIsNotTouched() throws Exception {
        Map<String, Map<String, String>> actions = Map.of(
                "chmod", MODE,
                "move", Map.of("to", "/b"),
                "copy", Map.of("to", "/b"),
                "delete", Map.of("confirm", "true", "keep", "0"));
        for (var action : actions.entrySet()) {
            bench.file("/d/a", "old");
            var request = bench.request(action.getKey(), action.getValue(), bench.event("/d/a"));
            boolean[] mounted = {true};
            bench.observe(checkpoint -> {
                if (checkpoint == Checkpoint.BEGIN_MARKED) {
                    mounted[0] = mountWithAnother(bench.root().resolve("d"));
                }
            });
            try {
                var result = bench.run(request);
                assumeTrue(mounted[0], "a tmpfs cannot be mounted here");
                assertThat(result.getOutcome()).as(action.getKey()).isEqualTo("not-the-same-file");
                assertThat(bench.root().resolve("d/a")).hasContent("another");
            } finally {
                run("umount", bench.root().resolve("d").toString());
            }
            assertThat(bench.root().resolve("d/a")).hasContent("old");
        }
        assertThat(bench.exists("/b")).isFalse();
    }

    private static boolean mountWithAnother(Path at) {
        try {
            if (run("mount", "-t", "tmpfs", "none", at.toString()) != 0) {
                return false;
            }
            Files.writeString(at.resolve("a"), "another");
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    @Test
    void requestsPastTheirTimeExpire() throws Exception {
        bench.file("/a", "");
        var request = bench.request("chmod", MODE, bench.event("/a"));
        request.put("notAfter", Instant.now().minusSeconds(1));
        var result = bench.run(request);
        assertThat(result.getOutcome()).isEqualTo("expired");
        assertThat(bench.marks()).isEmpty();
    }

    @Test
    void aVolumeThatIsNotMountedKeepsItsRequestsWaiting() throws Exception {
        bench.file("/a", "");
        var request = bench.request("chmod", MODE, bench.event("/a"));
        Files.move(bench.root(), directory.resolve("unmounted"));
        assertThatThrownBy(() -> bench.run(request))
                .isInstanceOf(UnableToWorkException.class)
                .hasMessageContaining("volume 'vol' root=")
                .hasMessageContaining("mount it");
        Files.move(directory.resolve("unmounted"), bench.root());
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
    }

    @Test
    void aSecondActionOnTheEventFindsTheFileThatTheFirstRenamed() throws Exception {
        bench.file("/a", "");
        var event = bench.event("/a");
        assertThat(bench.run(bench.request("rename", Map.of("to", "/b"), event)).getOutcome())
                .isEqualTo("done");
        assertThat(bench.run(bench.request("chmod", MODE, event)).getOutcome()).isEqualTo("done");
        assertThat(bench.run(bench.request("rename", Map.of("to", "/c"), event)).getOutcome())
                .isEqualTo("done");
        bench.restart();
        assertThat(bench.run(bench.request("chmod", Map.of("mode", "0444"), event))
                        .getOutcome())
                .isEqualTo("done");
        assertThat(bench.status("/c").mode()).isEqualTo(0444);
    }

    @Test
    void whatNoWorkerCouldDoIsNotAccepted() throws Exception {
        bench.file("/a", "");
        var unknown = bench.request("explode", Map.of(), bench.event("/a"));
        assertThat(bench.runner().unacceptable(unknown)).hasValueSatisfying(why -> assertThat(why)
                .contains("action 'explode' is not known to worker 'w1', which knows [all-stop, chmod, chown, copy,"
                        + " delete, email, exec, move, purge, quarantine, rename, undo, webhook]"));
        var elsewhere = bench.event("/a");
        elsewhere.put("volume", "other");
        assertThat(bench.runner().unacceptable(bench.request("chmod", MODE, elsewhere)))
                .hasValueSatisfying(why -> assertThat(why).contains("needs the files of volume 'other'"));
    }

    private static void swap(Path directory, Path link) {
        try {
            Files.move(directory, directory.resolveSibling("swapped"));
            Files.createSymbolicLink(directory, link);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path file) {
        try {
            Files.move(file, file.resolveSibling("old-" + System.nanoTime()));
            Files.writeString(file, "new");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
