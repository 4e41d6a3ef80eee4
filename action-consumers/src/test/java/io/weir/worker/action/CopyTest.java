package io.weir.worker.action;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.posix.OpenPath;
import io.weir.posix.PathText;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.marks.Effect;
import io.weir.worker.run.Bench;
import io.weir.worker.run.Checkpoint;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyTest {
    private static final Map<String, String> COPY = Map.of("to", "/backup/");
    private static final Map<String, String> TREE = Map.of("to", "/backup/", "recursive", "true");

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

    private Path at(String path) {
        return bench.root().resolve(path.substring(1));
    }

    private boolean isRoot() throws IOException {
        return Files.getAttribute(bench.root(), "unix:uid").equals(0);
    }

    @Test
    void aCopyHasTheContentModeOwnerTimesAndAttributesOfItsOriginal() throws Exception {
        byte[] content = new byte[3_000_001];
        new Random(5).nextBytes(content);
        Path file = bench.file("/in/a.bin", "");
        Files.write(file, content);
        Files.setAttribute(file, "unix:mode", 0640);
        Files.setAttribute(file, "user:color", ByteBuffer.wrap(new byte[] {'r', 'e', 'd'}));
        if (isRoot()) {
            Files.setAttribute(file, "unix:uid", 77);
            Files.setAttribute(file, "unix:gid", 78);
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_234_567_890_123L));
        var before = bench.status("/in/a.bin");
        var request = bench.request("copy", COPY, bench.event("/in/a.bin"));

        var result = bench.run(request);

        assertThat(result.getOutcome()).as(result::getDetail).isEqualTo("done");
        assertThat(at("/backup/a.bin")).hasBinaryContent(content);
        var copy = bench.status("/backup/a.bin");
        assertThat(copy.fileId()).isNotEqualTo(before.fileId());
        assertThat(copy.mode()).isEqualTo(before.mode());
        assertThat(copy.uid()).isEqualTo(before.uid());
        assertThat(copy.gid()).isEqualTo(before.gid());
        assertThat(copy.mtime()).isEqualTo(before.mtime());
        assertThat((byte[]) Files.getAttribute(at("/backup/a.bin"), "user:color"))
                .containsExactly('r', 'e', 'd');
        assertThat(bench.status("/in/a.bin")).isEqualTo(before);
        assertThat(result.getDetail()).matches("copied 3000001 bytes, SHA-256 [0-9a-f]{64}");
        assertThat(bench.begin(request.getId(), 1).effects())
                .containsExactly(
                        new Effect.Read("/in/a.bin", before.fileId()),
                        new Effect.Create("/backup", true),
                        new Effect.Create("/backup/a.bin", false));
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void aCopyHasNoSetuidUnlessThePolicyAllows() throws Exception {
        Files.setAttribute(bench.file("/a", ""), "unix:mode", 04755);
        bench.run("copy", COPY, "/a");
        assertThat(bench.status("/backup/a").mode()).isEqualTo(0755);
        bench.with(WorkerSettings.parse("special-modes: true", "w.yaml"));
        bench.run("copy", Map.of("to", "/b"), "/a");
        assertThat(bench.status("/b").mode()).isEqualTo(04755);
    }

    @Test
    void aCopyForWhomThePolicyDoesNotNameIsRefused() throws Exception {
        assumeTrue(isRoot(), "only root keeps owners");
        Files.setAttribute(bench.file("/a", ""), "unix:uid", 77);
        bench.with(WorkerSettings.parse("owners: [root]", "w.yaml"));
        var result = bench.run("copy", COPY, "/a");
        assertThat(result.getOutcome()).isEqualTo("refused");
        assertThat(result.getDetail()).contains("a copy keeps its owner and group", "owner 77 is not among 'owners'");
        assertThat(bench.exists("/backup")).isFalse();
    }

    @Test
    void whatIsTakenIsLeftNumberedOrReplacedAsTheRuleSays() throws Exception {
        bench.file("/a.txt", "new");
        bench.file("/backup/a.txt", "old");
        assertThat(bench.run("copy", COPY, "/a.txt").getOutcome()).isEqualTo("failed");
        assertThat(at("/backup/a.txt")).hasContent("old");
        assertThat(bench.run("copy", Map.of("to", "/backup/", "on-exists", "number"), "/a.txt")
                        .getOutcome())
                .isEqualTo("done");
        assertThat(at("/backup/a.1.txt")).hasContent("new");
        var old = bench.status("/backup/a.txt");
        var request = bench.request("copy", Map.of("to", "/backup/", "on-exists", "replace"), bench.event("/a.txt"));
        var result = bench.run(request);
        assertThat(result.getOutcome()).as(result::getDetail).isEqualTo("done");
        assertThat(at("/backup/a.txt")).hasContent("new");
        assertThat(at("/a.txt")).hasContent("new");
        String temporary = "/backup/.weir-copy-" + request.getId();
        assertThat(bench.begin(request.getId(), 1).effects())
                .contains(
                        new Effect.Create(temporary, false),
                        new Effect.Move(temporary, "/backup/a.txt", null, old.fileId()));
        assertThat(at("/backup").toFile().list()).containsExactlyInAnyOrder("a.txt", "a.1.txt");
    }

    @Test
    void aSourceThatIsChangedWhileItIsCopiedIsTriedAgainAndNothingIsLeft() throws Exception {
        Path file = bench.file("/a", "one");
        AtomicBoolean busy = new AtomicBoolean(true);
        Thread writer = new Thread(() -> write(file, busy));
        writer.start();
        var requests = IntStream.range(0, 200).mapToObj(i -> request("/b/" + i)).toList();
        assertThatThrownBy(() -> {
                    for (var request : requests) {
                        bench.run(request);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("path='/a' was changed while it was copied");
        busy.set(false);
        writer.join();
        int copies = at("/b").toFile().list().length;
        var last = requests.get(copies);
        assertThat(bench.run(last).getOutcome()).isEqualTo("done");
        assertThat(at("/b/" + copies)).hasSameBinaryContentAs(file);
    }

    private ActionRequest request(String to) {
        try {
            return bench.request("copy", Map.of("to", to), bench.event("/a"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, AtomicBoolean busy) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (long i = 0; busy.get(); i++) {
                channel.write(ByteBuffer.wrap(Long.toString(i).getBytes(UTF_8)), 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aLinkIsCopiedAsALinkAndWhatItPointsToIsNotRead(@TempDir Path outside) throws Exception {
        Path secret = Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(at("/l"), secret);
        assertThat(bench.run("copy", COPY, "/l").getOutcome()).isEqualTo("done");
        assertThat(Files.readSymbolicLink(at("/backup/l"))).isEqualTo(secret);
    }

    @Test
    void aLinkSwappedInForTheFileOrForADirectoryOnTheWayIsNotRead(@TempDir Path outside) throws Exception {
        Files.writeString(outside.resolve("a"), "secret");
        bench.file("/in/a", "mine");
        bench.file("/other/a", "mine");
        Files.createDirectory(at("/backup"));
        Map<String, Runnable> attacks = Map.of(
                "/in/a", () -> swap(at("/in/a"), outside.resolve("a")), "/other/a", () -> swap(at("/other"), outside));
        attacks.forEach((path, attack) ->
                assertThat(outcomeUnder(attack, path)).as(path).isEqualTo("not-the-same-file"));
        assertThat(at("/backup")).isEmptyDirectory();
    }

    private String outcomeUnder(Runnable attack, String path) {
        bench.observe(checkpoint -> {
            if (checkpoint == Checkpoint.BEGIN_MARKED) {
                attack.run();
            }
        });
        try {
            return bench.run("copy", COPY, path).getOutcome();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void swap(Path path, Path link) {
        try {
            Files.move(path, path.resolveSibling(path.getFileName() + ".away"));
            Files.createSymbolicLink(path, link);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aTargetDirectorySwappedForALinkTakesNothingOut(@TempDir Path outside) throws Exception {
        bench.file("/a", "mine");
        Files.createDirectory(at("/backup"));
        bench.observe(checkpoint -> {
            if (checkpoint == Checkpoint.BEGIN_MARKED && !Files.isSymbolicLink(at("/backup"))) {
                swap(at("/backup"), outside);
            }
        });
        assertThatThrownBy(() -> bench.run("copy", COPY, "/a")).isInstanceOf(IOException.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void namesThatAreNotUtf8AreCopiedExactly() throws Exception {
        String name = PathText.decode(new byte[] {'n', '\n', (byte) 0xFF, '.', 't'});
        try (OpenPath root = OpenPath.directory(bench.root().toString());
                OpenPath file = root.makeUnnamed()) {
            Files.writeString(file.descriptorPath(), "content");
            file.link(root, name);
        }
        assertThat(bench.run("copy", COPY, "/" + name).getOutcome()).isEqualTo("done");
        assertThat(bench.status("/backup/" + name).size()).isEqualTo(7);
    }

    @Test
    void aDirectoryIsCopiedOnlyIfAskedForWithAllBelowIt() throws Exception {
        bench.file("/d/a", "one");
        bench.file("/d/e/b", "two");
        Files.createSymbolicLink(at("/d/l"), Path.of("e/b"));
        run("mkfifo", at("/d/fifo").toString());
        Files.setAttribute(at("/d"), "unix:mode", 02750);
        Files.setAttribute(at("/d/e"), "unix:mode", 0500);
        Files.setLastModifiedTime(at("/d/e"), FileTime.fromMillis(1_000_000_000_000L));
        assertThat(bench.run("copy", COPY, "/d").getOutcome()).isEqualTo("refused");

        var request = bench.request("copy", TREE, bench.event("/d"));
        var result = bench.run(request);

        assertThat(result.getOutcome()).as(result::getDetail).isEqualTo("done");
        assertThat(at("/backup/d/a")).hasContent("one");
        assertThat(at("/backup/d/e/b")).hasContent("two");
        assertThat(Files.readSymbolicLink(at("/backup/d/l"))).hasToString("e/b");
        assertThat(bench.exists("/backup/d/fifo")).isFalse();
        assertThat(result.getDetail()).contains("1 entries that are no files, directories or links were left out");
        assertThat(bench.status("/backup/d").mode()).isEqualTo(0750);
        assertThat(bench.status("/backup/d/e").mode()).isEqualTo(0500);
        assertThat(Files.getLastModifiedTime(at("/backup/d/e")).toMillis()).isEqualTo(1_000_000_000_000L);
        assertThat(bench.end(request.getId(), 1).done())
                .isEqualTo(bench.begin(request.getId(), 1).effects());
    }

    @Test
    void aTreeWhoseCopyingDiedIsCompletedInItsPlace() throws Exception {
        for (int i = 0; i < 5; i++) {
            bench.file("/d/" + i, "" + i);
        }
        bench.file("/backup/d/x", "other");
        var request = bench.request(
                "copy", Map.of("to", "/backup/", "recursive", "true", "on-exists", "number"), bench.event("/d"));
        bench.killAt(Checkpoint.STEP_DONE, 4);
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(Bench.Killed.class);
        assertThat(bench.restart().run(request).getOutcome()).isEqualTo("done");
        assertThat(at("/backup").toFile().list()).containsExactlyInAnyOrder("d", "d.1");
        assertThat(at("/backup/d.1").toFile().list()).hasSize(5);
    }

    @Test
    void aDirectoryIsNotCopiedIntoItselfNorAFifoAtAll() throws Exception {
        bench.file("/d/a", "");
        assertThat(bench.run("copy", Map.of("to", "/d/copy", "recursive", "true"), "/d")
                        .getDetail())
                .contains("lies below the directory to copy");
        assumeTrue(run("mkfifo", at("/fifo").toString()) == 0, "mkfifo is not installed");
        assertThat(bench.run("copy", COPY, "/fifo").getDetail()).contains("is a fifo, which cannot be copied");
    }
}
