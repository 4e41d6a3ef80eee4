package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A path of which nobody knows whether it is there, and as what: as the lines of a watch list are. */
@Timeout(120)
class AwaitedRootsTest {
    @TempDir
    Path dir;

    private Bench bench;
    private Path path;

    @BeforeEach
    void open() throws Exception {
        bench = new Bench(dir.toRealPath());
        path = bench.in.resolve("p");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** As a directory, and by its name in the directory that it is in. */
    private void start() {
        start(path, bench.in);
    }

    private void start(Path awaited, Path parent) {
        bench.roots(
                        WatchRoot.ofHost("v", awaited, true).whenThere(),
                        WatchRoot.ofHost("v", parent, false)
                                .withNames(Set.of(awaited.getFileName().toString()))
                                .whenThere())
                .startRemembering();
    }

    private List<String> lines() {
        return bench.recorder.lines().stream()
                .filter(l -> !l.startsWith("mark ") && !l.startsWith("scan"))
                .map(l -> l.replace(bench.in.toString(), ""))
                .toList();
    }

    private void await(String... expected) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(lines()).contains(expected));
    }

    @Test
    void itMayAppearAsAFileAndIsNoGapThen() throws Exception {
        start();
        Files.writeString(path, "x");
        await("written /p");
        bench.sync();
        assertThat(lines()).containsExactly("created /p", "modified /p", "written /p");
    }

    @Test
    void itMayAppearAsADirectoryWithAllBelow() throws Exception {
        start();
        Bench.shell(bench.in, "mkdir -p p/a/b && echo x > p/a/b/f && mkdir other && echo x > other/f");
        await("created /p", "written /p/a/b/f");
        bench.sync();
        assertThat(lines().stream().filter(l -> l.contains("/p")))
                .allMatch(l -> l.startsWith("created ")
                        || l.startsWith("found ")
                        || l.startsWith("written ")
                        || l.startsWith("modified "));
        assertThat(lines()).noneMatch(l -> l.contains("other") || l.contains("gap"));
    }

    @Test
    void itMayBeMovedInAsADirectory() throws Exception {
        Files.createDirectories(bench.out.resolve("q/a"));
        Files.writeString(bench.out.resolve("q/a/f"), "x");
        start();
        Files.move(bench.out.resolve("q"), path);
        await("moved-in /p", "found /p/a/f");
        Files.writeString(path.resolve("a/g"), "x");
        await("written /p/a/g");
    }

    @Test
    void itMayBeEachInTurn() throws Exception {
        Files.createDirectory(path);
        start();
        await("found /p");
        for (int i = 0; i < 3; i++) {
            bench.recorder.clear();
            NewDirectoriesTest.deleteTree(path);
            Files.writeString(path, "file");
            await("deleted /p", "created /p", "written /p");
            bench.recorder.clear();
            Files.delete(path);
            Files.createDirectories(path.resolve("d"));
            Files.writeString(path.resolve("d/f"), "x");
            await("deleted /p", "created /p", "written /p/d/f");
        }
        bench.sync();
        assertThat(lines()).noneMatch(l -> l.contains("gap"));
    }

    /** Root may read everything, so the source's thread, which opens the kernel's queue, gives up that right. */
    @Test
    void whatMayNotBeReadIsAGapUntilItCanBe() throws Exception {
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path secret = Files.createDirectory(bench.in.resolve("secret"));
        Files.createFile(secret.resolve("p"));
        Files.setPosixFilePermissions(secret, Set.of());
        Files.createDirectory(path);
        Files.setPosixFilePermissions(path, Set.of());
        Path inSecret = secret.resolve("p");
        bench.roots(
                        WatchRoot.ofHost("v", inSecret, true).whenThere(),
                        WatchRoot.ofHost("v", secret, false)
                                .withNames(Set.of("p"))
                                .whenThere(),
                        WatchRoot.ofHost("v", path, true).whenThere())
                .settings(s -> s.withMarks(Map.of()))
                .kernel(() -> {
                    Function.getFunction("c", "setfsuid").invokeInt(new Object[] {65534});
                    return Kernel.open();
                })
                .startRemembering();
        await("gap unreadable /secret", "gap unreadable /p");
        assertThat(lines()).doesNotContain("gap unreadable /secret/p");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwxr-xr-x"));
        await("gap-closed unreadable /secret");
        Files.writeString(inSecret, "x");
        await("written /secret/p");
        Files.delete(path);
        Files.createFile(path);
        await("gap-closed unreadable /p");
        assertThat(lines()).noneMatch(l -> l.contains("missing"));
    }

    @Test
    void itsParentNeedNotBeThereEither() throws Exception {
        Path parent = bench.in.resolve("x/y");
        Path far = parent.resolve("p");
        start(far, parent);
        Files.createDirectories(parent);
        makeAndAwait(far);
        Files.writeString(far.resolve("f"), "x");
        await("written /x/y/p/f");
        NewDirectoriesTest.deleteTree(bench.in.resolve("x"));
        await("deleted /x/y/p");
        bench.recorder.clear();
        Files.createDirectories(parent);
        Files.writeString(far, "a file now");
        await("found /x/y/p");
        Files.writeString(far, "again");
        await("written /x/y/p");
        assertThat(lines()).noneMatch(l -> l.contains("gap"));
    }

    /** Made a moment after its parent, it is seen whether the parent is watched by then or not. */
    private void makeAndAwait(Path far) throws Exception {
        Files.createDirectory(far);
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(lines())
                .anyMatch(l -> l.endsWith(" /x/y/p")));
    }
}
