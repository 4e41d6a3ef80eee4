package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NewDirectoriesTest {
    @TempDir
    Path dir;

    private Bench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new Bench(dir).start();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aStormIntoFreshNestedDirectoriesIsToldOnceEach() throws Exception {
        List<String> files = new ArrayList<>();
        Random random = new Random(seed());
        for (int i = 0; i < 2000; i++) {
            StringBuilder path = new StringBuilder();
            for (int depth = random.nextInt(4); depth >= 0; depth--) {
                path.append("/d").append(random.nextInt(12)).append('-').append(depth);
            }
            Path directory = Files.createDirectories(Path.of(bench.in + path.toString()));
            Files.writeString(directory.resolve("f" + i), "x");
            files.add(path + "/f" + i);
        }
        assertEachToldAndWrittenOnce(files);
    }

    @Test
    void filesRightBehindMkdirAreToldAndWritten() {
        Bench.shell(bench.in, "mkdir -p a/b/c && echo x > a/b/c/f && mkdir -p x/y && echo y > x/y/g");
        assertEachToldAndWrittenOnce(List.of("/a/b/c/f", "/x/y/g"));
    }

    @Test
    void anArchiveUnpackedIsToldOnceEach() throws Exception {
        List<String> files = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Path directory = Files.createDirectories(bench.out.resolve("src/d" + i % 20 + "/e" + i % 7));
            Files.writeString(directory.resolve("f" + i), "x");
            files.add("/src/d" + i % 20 + "/e" + i % 7 + "/f" + i);
        }
        Bench.shell(bench.out, "tar cf ../x.tar src && cd ../in && tar xf ../x.tar");
        assertEachToldAndWrittenOnce(files);
    }

    @Test
    void temporaryNamesRenamedInFreshDirectoriesEndUnderTheirLastName() throws Exception {
        for (int i = 0; i < 500; i++) {
            Path directory = Files.createDirectories(bench.in.resolve("d" + i / 3));
            Path temporary = Files.writeString(directory.resolve(".f" + i + ".tmp"), "x");
            Files.move(temporary, directory.resolve("f" + i));
        }
        bench.sync();
        assertRebuilt();
    }

    @Test
    void directoriesDeletedAndMadeAgainUnderTheSameNameAreFollowed() throws Exception {
        for (int i = 0; i < 300; i++) {
            Path directory = Files.createDirectories(bench.in.resolve("d/e"));
            Files.writeString(directory.resolve("f" + i), "x");
            if (i % 3 != 0) {
                deleteTree(bench.in.resolve("d"));
            }
        }
        bench.sync();
        assertRebuilt();
    }

    @Test
    void directoriesRenamedWhileTheyAreFilledAreFollowed() throws Exception {
        for (int i = 0; i < 150; i++) {
            Path directory = Files.createDirectories(bench.in.resolve("t" + i + "/sub"));
            Files.writeString(directory.resolve("f"), "x");
            Files.move(bench.in.resolve("t" + i), bench.in.resolve("final" + i));
            Files.writeString(bench.in.resolve("final" + i + "/sub/g"), "x");
            Files.move(bench.in.resolve("final" + i + "/sub"), bench.in.resolve("s" + i));
            Files.writeString(bench.in.resolve("s" + i + "/h"), "x");
        }
        bench.sync();
        assertRebuilt();
    }

    @Test
    void aLargeDirectoryMovedInIsFoundWholly() throws Exception {
        Path big = Files.createDirectories(bench.out.resolve("big/sub"));
        for (int i = 0; i < 21_000; i++) {
            Files.createFile(big.resolve("file-number-" + i));
        }
        Files.move(bench.out.resolve("big"), bench.in.resolve("big"));
        bench.sync();
        assertThat(bench.recorder.lines()).startsWith("moved-in /big", "scan MOVED_IN_DIRECTORY /big");
        assertRebuilt();
        assertThat(bench.recorder.lines()).noneMatch(l -> l.startsWith("written"));
    }

    @Test
    void manyLargeDirectoriesMovedInAtOnceAreFoundWholly() throws Exception {
        for (int d = 0; d < 8; d++) {
            Path large = Files.createDirectories(bench.out.resolve("tree/d" + d));
            for (int i = 0; i < 2_500; i++) {
                Files.createFile(large.resolve("file-number-" + i));
            }
        }
        Files.move(bench.out.resolve("tree"), bench.in.resolve("tree"));
        bench.sync();
        assertRebuilt();
    }

    @Test
    void aFileStillBeingWrittenIsWrittenWhenItIsClosed() throws Exception {
        Path directory = Files.createDirectory(bench.out.resolve("d"));
        try (var out = Files.newOutputStream(directory.resolve("f"))) {
            out.write(1);
            Files.move(directory, bench.in.resolve("d"));
            bench.sync();
            assertThat(bench.recorder.lines()).contains("found /d/f").doesNotContain("written /d/f");
        }
        assertThat(bench.toldOfFiles()).containsOnlyOnce("written /d/f");
    }

    @Test
    void aDirectoryToldAheadSinceAFileMayHaveGoneIntoItIsNotToldAgainByItsEvent() throws Exception {
        bench.close();
        bench = new Bench(dir.toRealPath().resolve("again"));
        Files.writeString(bench.in.resolve("leaves"), "x");
        Path fresh = bench.in.resolve("new");
        String script = "mv leaves ../out/ && mkdir -p new/sub/below && echo x > new/sub/below/f";
        bench.kernel(() -> new WhenWatched(Kernel.open(), fresh, () -> Bench.shell(bench.in, script)))
                .start();
        Files.createDirectory(fresh);
        assertThat(bench.toldOfFiles())
                .containsExactly(
                        "created /new",
                        "found /new/sub",
                        "found /new/sub/below",
                        "left /leaves maybe [/new/sub/below/f]",
                        "found /new/sub/below/f",
                        "written /new/sub/below/f");
    }

    private void assertEachToldAndWrittenOnce(List<String> files) {
        bench.sync();
        List<String> lines = bench.recorder.lines();
        assertThat(lines.stream().filter(l -> l.startsWith("written ")).map(l -> l.substring(8)))
                .as("written, seed %d", seed())
                .containsExactlyInAnyOrderElementsOf(files);
        assertThat(lines.stream()
                        .filter(l -> l.startsWith("created ") || l.startsWith("found "))
                        .map(l -> l.substring(l.indexOf('/')))
                        .filter(files::contains))
                .as("appeared, seed %d", seed())
                .containsExactlyInAnyOrderElementsOf(files);
        assertRebuilt();
    }

    private void assertRebuilt() {
        TreeModel model = TreeModel.of(bench.recorder.all());
        assertThat(model.twice).isEmpty();
        assertThat(model.orphans).isEmpty();
        try {
            assertThat(TreeModel.differences(TreeModel.disk("v", bench.in, bench.source()), model.files()))
                    .isEmpty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long seed() {
        return Long.getLong("weir.seed", 7L);
    }

    static void deleteTree(Path top) throws IOException {
        try (Stream<Path> walk = Files.walk(top)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
