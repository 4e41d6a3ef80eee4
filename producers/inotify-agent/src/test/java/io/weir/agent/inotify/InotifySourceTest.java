package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Place;
import io.weir.posix.OpenPath;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class InotifySourceTest {
    @TempDir
    Path dir;

    private Bench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new Bench(dir);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private FileStat stat(String line) {
        int index = bench.recorder.lines().indexOf(line);
        return Objects.requireNonNull(((Change) bench.recorder.all().get(index)).stat());
    }

    @Test
    void theFirstScanFindsRootAndAllBelowParentsFirst() throws Exception {
        Files.createDirectories(bench.in.resolve("a/b"));
        Files.writeString(bench.in.resolve("a/b/f"), "x");
        bench.startRemembering();
        assertThat(bench.told())
                .containsExactly(
                        "scan START /", "found /", "found /a", "found /a/b", "found /a/b/f", "scanned START /");
    }

    /** The kernel tells of it under a name that it never has. */
    @Test
    void aFileMadeWithoutANameIsToldWhenItGetsOne() throws Exception {
        bench.start();
        try (OpenPath in = OpenPath.directory(bench.in.toString());
                OpenPath unnamed = in.makeUnnamed()) {
            Files.writeString(unnamed.descriptorPath(), "content");
            unnamed.setMode(0640);
            unnamed.link(in, "f");
        }
        Files.writeString(bench.in.resolve("#1"), "a name like any other");
        assertThat(bench.told())
                .contains("created /f", "created /#1", "written /#1")
                .noneMatch(l -> l.matches(".*/#\\d\\d+"));
    }

    @Test
    void aFilesLifeIsToldInOrderWithItsState() throws Exception {
        bench.start();
        Path file = bench.in.resolve("f");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(new byte[3]);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        bench.sync();
        FileStat stat = stat("attributes-changed /f");
        assertThat(stat).isEqualTo(bench.source().stat(new Place("v", "/f")).orElseThrow());
        assertThat(stat.mode()).isEqualTo(0640);
        assertThat(stat.size()).isEqualTo(3);
        Files.move(file, bench.in.resolve("g"));
        Files.delete(bench.in.resolve("g"));
        assertThat(bench.told())
                .containsExactly(
                        "created /f",
                        "modified /f",
                        "written /f",
                        "attributes-changed /f",
                        "moved /g from /f",
                        "deleted /g");
    }

    @Test
    void attributesOfADirectoryAreToldOnceAndOfTheRootToo() throws Exception {
        Path sub = Files.createDirectory(bench.in.resolve("sub"));
        bench.start();
        Files.setPosixFilePermissions(sub, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(bench.in, PosixFilePermissions.fromString("rwx------"));
        assertThat(bench.told()).containsExactly("attributes-changed /sub", "attributes-changed /");
    }

    @Test
    void readsAreToldOnlyWhenAsked() throws Exception {
        Path file = Files.writeString(bench.in.resolve("f"), "x");
        bench.settings(s -> s.withReadEvents(true)).start();
        Files.readString(file);
        assertThat(bench.told()).containsExactly("opened /f", "read /f", "closed /f");
    }

    @Test
    void theAgentsOwnLookAtNewFilesIsNotTold() throws Exception {
        bench.settings(s -> s.withReadEvents(true)).start();
        for (int i = 0; i < 200; i++) {
            Files.writeString(Files.createDirectories(bench.in.resolve("d" + i)).resolve("f"), "x");
        }
        assertThat(bench.told()).noneMatch(l -> l.startsWith("closed "));
    }

    @Test
    void aSinkThatFailsStopsTheSourceWithItsCause() {
        InotifySource source = new InotifySource(InotifySettings.of(List.of(WatchRoot.ofVolume("v", bench.in, true))));
        assertThatThrownBy(() -> source.start(batch -> {
                    throw new IllegalStateException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(source.failure()).hasValueSatisfying(f -> assertThat(f).contains("disk full"));
        source.close();
    }

    @Test
    void withoutRecursionOnlyEntriesDirectlyInTheRootAreTold() throws Exception {
        Files.createDirectories(bench.in.resolve("sub"));
        bench.roots(WatchRoot.ofVolume("v", bench.in, false)).startRemembering();
        Files.writeString(bench.in.resolve("sub/hidden"), "x");
        Files.createDirectories(bench.in.resolve("new/below"));
        assertThat(bench.told())
                .containsExactly("scan START /", "found /", "found /sub", "scanned START /", "created /new");
    }

    @Test
    void severalRootsKeepTheirVolumes() throws Exception {
        bench.roots(new WatchRoot("v", "/data", bench.in, true), new WatchRoot("w", "/", bench.out, true))
                .start();
        Files.createFile(bench.in.resolve("f"));
        Files.move(bench.in.resolve("f"), bench.out.resolve("f"));
        assertThat(bench.toldOfFiles())
                .containsExactly("created /data/f", "written /data/f", "moved-out /data/f", "moved-in w:/f");
        assertThat(bench.source().volumes()).containsExactly("v", "w");
        assertThat(bench.source().stat(new Place("w", "/f"))).isPresent();
        assertThat(bench.source().stat(new Place("v", "/data/f"))).isEmpty();
        assertThat(bench.source().stat(new Place("v", "/elsewhere"))).isEmpty();
    }

    @Test
    void excludedDirectoriesAreNeitherWatchedNorTold() throws Exception {
        Path hidden = bench.in.resolve("sub/hidden");
        bench.settings(s -> s.withExcluded(Set.of(hidden))).start();
        Files.createDirectories(hidden.resolve("below"));
        Files.writeString(hidden.resolve("f"), "x");
        Files.writeString(bench.in.resolve("sub/hidden-not"), "x");
        assertThat(bench.toldOfFiles()).allMatch(l -> l.endsWith("/sub") || l.endsWith("/sub/hidden-not"));
        assertThat(bench.recorder.lines()).contains("created /sub");
    }

    @Test
    void hiddenFilesAndDirectoriesAreNeitherToldNorWatched() throws Exception {
        Files.writeString(bench.in.resolve("old.tmp"), "x");
        bench.settings(s -> s.withHidden(p -> p.endsWith(".tmp"))).startRemembering();
        Bench.shell(
                bench.in,
                "echo x > a.tmp && mv a.tmp a.zip && mv old.tmp b.zip && mv b.zip b.tmp && mkdir d.tmp && echo x > d.tmp/f"
                        + " && mkdir d && echo x > d/g.tmp && echo x > d/g");
        List<String> told = bench.toldOfFiles();
        assertThat(told).noneMatch(l -> l.contains(".tmp"));
        assertThat(told)
                .contains("moved-in /a.zip", "moved-in /b.zip", "moved-out /b.zip", "created /d", "written /d/g");
    }

    @Test
    void aSingleFileIsToldWhateverFileHasItsName() throws Exception {
        Files.writeString(bench.in.resolve("f"), "x");
        bench.roots(new WatchRoot("v", "/", bench.in, false).withNames(Set.of("f", "later")))
                .startRemembering();
        assertThat(bench.toldOfFiles()).containsExactly("found /f");
        Bench.shell(bench.in, "echo x > g && mv g f && chmod 700 f . && mkdir sub && echo x >> f && rm f");
        Bench.shell(bench.in, "mkdir later && echo x > later/unseen");
        assertThat(bench.toldOfFiles().stream().skip(1))
                .containsExactly(
                        "moved-in /f",
                        "attributes-changed /f",
                        "modified /f",
                        "written /f",
                        "deleted /f",
                        "created /later");
    }

    @Test
    void oddNamesComeThroughByteForByte() throws Exception {
        bench.start();
        String longest = "n".repeat(255);
        Bench.shell(
                bench.in,
                "mkdir \"$(printf 'd\\351')\" && : > \"$(printf 'd\\351')/$(printf 'f\\377')\" && : > 'new\nline' && : > "
                        + longest);
        List<String> told = bench.toldOfFiles();
        assertThat(told).contains("created /d\udce9", "created /new\nline", "created /" + longest);
        assertThat(told).anyMatch(l -> l.equals("created /d\udce9/f\udcff") || l.equals("found /d\udce9/f\udcff"));
        assertThat(bench.source().stat(new Place("v", "/d\udce9/f\udcff"))).isPresent();
    }

    @Test
    void pathsBeyondPathMaxAreWatched() throws Exception {
        String half = ("/" + "n".repeat(200)).repeat(15);
        Files.createDirectories(Path.of(bench.in + half));
        Files.createDirectories(Path.of(bench.out + "/lower" + half));
        bench.start();
        Path inside = Path.of(bench.in + half + "/lower");
        Files.move(bench.out.resolve("lower"), inside);
        bench.sync();
        // a current directory may lie deeper than a path can name
        Bench.shell(bench.in, "cd ." + half + "/lower && cd -P ." + half + " && echo x > f");
        String path = half + "/lower" + half + "/f";
        List<String> told = bench.toldOfFiles();
        Files.move(inside, bench.out.resolve("lower")); // JUnit cannot delete it there
        assertThat(told).contains("created " + path, "written " + path);
        assertThat(stat("written " + path).size()).isEqualTo(2);
    }

    @Test
    void linksAreToldAndNeverFollowed() throws Exception {
        Files.createDirectories(bench.out.resolve("target"));
        bench.start();
        Files.createSymbolicLink(bench.in.resolve("link"), bench.out.resolve("target"));
        Files.writeString(bench.out.resolve("target/f"), "x");
        assertThat(bench.told()).containsExactly("created /link");
    }

    @Test
    void filesWrittenAfterTheirDeletionAreNotTold() throws Exception {
        bench.start();
        Path file = bench.in.resolve("f");
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE)) {
            Files.delete(file);
            out.write(1);
        }
        assertThat(bench.told()).containsExactly("created /f", "deleted /f");
    }

    @Test
    void closeIsQuickAndNothingIsToldAfterwards() throws Exception {
        for (int i = 0; i < 2000; i++) {
            Files.createDirectory(bench.in.resolve("d" + i));
        }
        bench.start();
        long begin = System.nanoTime();
        bench.source().close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        Files.createFile(bench.in.resolve("f"));
        assertThat(bench.recorder.all()).isEmpty();
        bench.source().close();
    }

    @Test
    void anAgeingQueueIsReadWhileTheSinkIsBusy() throws Exception {
        bench.start();
        bench.recorder.block(true);
        int files = 9_000; // with two events each more than the kernel's queue holds events
        for (int i = 0; i < files; i++) {
            Files.createFile(bench.in.resolve("f" + i));
        }
        Awaitility.await()
                .until(() -> bench.source().figures().getOrDefault("capture-bytes-waiting", 0L) > files * 32L);
        bench.recorder.block(false);
        bench.sync();
        assertThat(bench.recorder.has(Observation.GapOpened.class)).isFalse();
        assertThat(bench.recorder.lines().stream().filter(l -> l.startsWith("created ")))
                .hasSize(files);
    }
}
