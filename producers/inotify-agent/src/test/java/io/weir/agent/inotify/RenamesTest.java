package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import io.weir.agent.source.Observation.Closing;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.posix.Directory;
import io.weir.posix.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RenamesTest {
    @TempDir
    Path dir;

    private Bench bench;
    private Path a;
    private Path b;

    @BeforeEach
    void open() throws Exception {
        bench = new Bench(dir);
        a = bench.in.resolve("a");
        Files.createDirectories(a.resolve("below"));
        b = Files.createDirectories(bench.in.resolve("b"));
        Files.writeString(a.resolve("below/f"), "x");
        bench.start();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void renamesWithinAndAcrossDirectoriesAreOneEventEach() throws Exception {
        Files.move(a.resolve("below/f"), a.resolve("below/g"));
        Files.move(a.resolve("below/g"), b.resolve("g"));
        assertThat(bench.told()).containsExactly("moved /a/below/g from /a/below/f", "moved /b/g from /a/below/g");
    }

    @Test
    void aRenamedDirectorysFilesHaveTheirNewPathsFromThenOn() throws Exception {
        Files.move(a, b.resolve("c"));
        append(b.resolve("c/below/f"));
        assertThat(bench.told()).containsExactly("moved /b/c from /a", "modified /b/c/below/f", "written /b/c/below/f");
    }

    @Test
    void movesOutAndInAreTold() throws Exception {
        Files.move(a, bench.out.resolve("a"));
        Files.writeString(bench.out.resolve("a/below/f"), "not seen");
        Files.move(bench.out.resolve("a"), bench.in.resolve("again"));
        assertThat(bench.told())
                .containsExactly(
                        "moved-out /a",
                        "moved-in /again",
                        "scan MOVED_IN_DIRECTORY /again",
                        "found /again/below",
                        "found /again/below/f",
                        "scanned MOVED_IN_DIRECTORY /again");
        Files.writeString(bench.in.resolve("again/below/f"), "seen");
        assertThat(bench.toldOfFiles()).contains("written /again/below/f");
    }

    /** File systems note births by a clock that stands still for some milliseconds. */
    private void awaitLaterBirths(Path old) throws Exception {
        long born = FileStatus.lstat(old.toString()).btime();
        Path probe = bench.out.resolve("probe");
        do {
            Files.deleteIfExists(probe);
            Files.createFile(probe);
        } while (born != -1 && FileStatus.lstat(probe.toString()).btime() <= born);
    }

    /** Does something while the source cannot watch anything new. */
    private void unseen(String script) throws Exception {
        bench.recorder.block(true);
        Files.createFile(bench.in.resolve("hold"));
        bench.recorder.awaitBlocking();
        Bench.shell(bench.in, script);
        bench.recorder.block(false);
    }

    @Test
    void whatMayBeAFileThatWentIntoANewDirectoryIsToldWithIt() throws Exception {
        awaitLaterBirths(Files.writeString(bench.out.resolve("old"), "x"));
        unseen("mkdir -p new/sub && mv a/below/f new/sub/f && echo x > new/other && mv ../out/old new");
        List<String> told = bench.toldOfFiles();
        assertThat(told)
                .startsWith(
                        "created /hold",
                        "written /hold",
                        "created /new",
                        "found /new/sub",
                        "left /a/below/f maybe [/new/sub/f]");
        assertThat(told.subList(5, told.size()))
                .containsExactlyInAnyOrder(
                        "found /new/other", "written /new/other", "found /new/old", "found /new/sub/f");
        assertThat(bench.recorder.all().stream()
                        .filter(o -> o instanceof Found f && f.place().path().equals("/new/old")))
                .singleElement()
                .satisfies(o -> assertThat(((Found) o).reason()).isEqualTo(ScanReason.MOVED_IN_DIRECTORY));
    }

    @Test
    void anEmptyFileMayJustBeAboutToBeOpened() throws Exception {
        unseen("mkdir new && : > new/empty && echo x > new/full");
        assertThat(bench.toldOfFiles()).contains("written /new/full").doesNotContain("written /new/empty");
        assertThat(bench.recorder.all().stream()
                        .filter(o -> o instanceof Found f && f.closing() == Closing.UNKNOWN)
                        .map(o -> ((Found) o).place().path()))
                .containsExactly("/new/empty");
    }

    @Test
    void ofARenamedFileAllThatItMayBeIsTold() throws Exception {
        unseen("mkdir new && mv a/below/f new/g && touch new/h");
        assertThat(bench.toldOfFiles())
                .anyMatch(l ->
                        l.startsWith("left /a/below/f maybe [/new/") && l.contains("/new/g") && l.contains("/new/h"));
    }

    @Test
    void aDirectoryThatWentIntoANewOneIsMovedAndStillWatched() throws Exception {
        unseen("mkdir -p new/sub && mv a new/sub/c");
        append(bench.in.resolve("new/sub/c/below/f"));
        assertThat(bench.toldOfFiles())
                .containsExactly(
                        "created /hold",
                        "written /hold",
                        "created /new",
                        "found /new/sub",
                        "left /a maybe [/new/sub/c]",
                        "found /new/sub/c",
                        "modified /new/sub/c/below/f",
                        "written /new/sub/c/below/f");
    }

    @Test
    void aFileMovedOutIsToldAtOnce() throws Exception {
        Files.move(a.resolve("below/f"), bench.out.resolve("f"));
        bench.mark("m");
        bench.awaitRestAfter("m");
        assertThat(bench.recorder.lines()).containsExactly("moved-out /a/below/f", "mark m");
    }

    @Test
    void aMoveOntoAnEmptyDirectoryReplacesIt() throws Exception {
        Bench.shell(bench.in, "mv -T a b");
        Files.writeString(b.resolve("f"), "x");
        Files.createDirectory(a);
        Files.writeString(a.resolve("g"), "x");
        assertThat(bench.toldOfFiles())
                .startsWith("moved /b from /a", "created /b/f", "modified /b/f", "written /b/f", "created /a")
                .contains("written /a/g");
    }

    @Test
    void aMoveOntoAnEmptyDirectoryAndBackIsNoExchangeThoughSomebodyHasTheReplacedOneOpen() throws Exception {
        Directory open = Directory.open(b.toString());
        try (open) {
            Bench.shell(bench.in, "mv -T a b && mv -T b a");
            append(a.resolve("below/f"));
            assertThat(bench.told())
                    .containsExactly(
                            "moved /b from /a", "moved /a from /b", "modified /a/below/f", "written /a/below/f");
        }
    }

    @Test
    void exchangedDirectoriesAreBothFollowed() throws Exception {
        exchange(a, b);
        Files.writeString(a.resolve("was-b"), "x");
        Files.writeString(b.resolve("below/was-a"), "x");
        assertThat(bench.toldOfFiles())
                .startsWith("moved /b from /a", "moved /a from /b")
                .contains("written /a/was-b", "written /b/below/was-a");
    }

    @Test
    void ofADirectoryExchangedWithOneOutOfSightTheOneThatCameIsWatched() throws Exception {
        Path elsewhere = Files.createDirectories(bench.out.resolve("elsewhere"));
        Files.createDirectories(elsewhere.resolve("deep/down"));
        exchange(elsewhere, a); // told first is that it came
        assertThat(bench.toldOfFiles()).contains("moved-in /a", "found /a/deep/down");
        exchange(b, elsewhere); // told first is that it left
        bench.sync();
        bench.recorder.clear();
        Files.writeString(a.resolve("deep/down/f"), "x");
        append(b.resolve("below/f"));
        Files.writeString(elsewhere.resolve("f"), "not seen");
        assertThat(bench.toldOfFiles())
                .containsExactly(
                        "created /a/deep/down/f",
                        "modified /a/deep/down/f",
                        "written /a/deep/down/f",
                        "modified /b/below/f",
                        "written /b/below/f");
    }

    private static void append(Path file) throws IOException {
        Files.writeString(file, "y", StandardOpenOption.APPEND);
    }

    private static void exchange(Path one, Path other) {
        int atCwd = -100;
        int result = Function.getFunction("c", "renameat2")
                .invokeInt(new Object[] {atCwd, one.toString(), atCwd, other.toString(), 2});
        assertThat(result).isZero();
    }

    @Test
    void aDirectoryMovedIntoAFreshOneKeepsItsWatch() throws Exception {
        for (int i = 0; i < 200; i++) {
            Path fresh = Files.createDirectory(bench.in.resolve("fresh" + i));
            Files.move(i == 0 ? a : bench.in.resolve("fresh" + (i - 1) + "/a"), fresh.resolve("a"));
        }
        bench.sync();
        bench.recorder.clear();
        append(bench.in.resolve("fresh199/a/below/f"));
        assertThat(bench.told()).containsExactly("modified /fresh199/a/below/f", "written /fresh199/a/below/f");
    }
}
