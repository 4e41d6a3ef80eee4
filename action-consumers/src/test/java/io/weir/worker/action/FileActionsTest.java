package io.weir.worker.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.weir.posix.OpenPath;
import io.weir.posix.PathText;
import io.weir.schemas.marks.Effect;
import io.weir.worker.run.Bench;
import io.weir.worker.settings.WorkerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileActionsTest {
    private static final Map<String, String> QUARANTINE = Map.of("to", "/.quarantine");
    private static final Map<String, String> RENAME =
            Map.of("to", "{event.directory}/{event.stem}-x.{event.extension}");

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
    void quarantineMovesTheFileAndKeepsItsRelativePathModeAndTimes() throws Exception {
        bench.file("/in/box/a.zip", "evil");
        var before = bench.status("/in/box/a.zip");
        var request = bench.request("quarantine", QUARANTINE, bench.event("/in/box/a.zip"));
        var result = bench.run(request);
        assertThat(result.getOutcome()).isEqualTo("done");
        assertThat(bench.exists("/in/box/a.zip")).isFalse();
        var after = bench.status("/.quarantine/in/box/a.zip");
        assertThat(after.fileId()).isEqualTo(before.fileId());
        assertThat(after.mode()).isEqualTo(before.mode());
        assertThat(after.mtime()).isEqualTo(before.mtime());
        assertThat(bench.status("/.quarantine").mode()).isEqualTo(0700);
        assertThat(bench.begin(request.getId(), 1).effects())
                .containsExactly(
                        new Effect.Read("/in/box/a.zip", before.fileId()),
                        new Effect.Create("/.quarantine", true),
                        new Effect.Create("/.quarantine/.weir", true),
                        new Effect.Create("/.quarantine/.weir/" + request.getId() + ".json", false),
                        new Effect.Create("/.quarantine/in", true),
                        new Effect.Create("/.quarantine/in/box", true),
                        new Effect.Move("/in/box/a.zip", "/.quarantine/in/box/a.zip", before.fileId()));
        assertThat(bench.end(request.getId(), 1).done())
                .isEqualTo(bench.begin(request.getId(), 1).effects());
    }

    @Test
    void aNameTakenInQuarantineGetsANumberAndNothingIsReplaced() throws Exception {
        for (String content : List.of("one", "two", "three")) {
            bench.file("/a.zip", content);
            assertThat(bench.run("quarantine", QUARANTINE, "/a.zip").getOutcome())
                    .isEqualTo("done");
        }
        assertThat(bench.root().resolve(".quarantine/a.zip")).hasContent("one");
        assertThat(bench.root().resolve(".quarantine/a.1.zip")).hasContent("two");
        assertThat(bench.root().resolve(".quarantine/a.2.zip")).hasContent("three");
    }

    @Test
    void whatIsInQuarantineStaysThereWithoutAMark() throws Exception {
        bench.file("/.quarantine/a.zip", "");
        var result = bench.run("quarantine", QUARANTINE, "/.quarantine/a.zip");
        assertThat(result.getOutcome()).isEqualTo("nothing-to-do");
        assertThat(bench.marks()).isEmpty();
    }

    @Test
    void aDirectoryGoesIntoQuarantineWithAllBelowItUnlessItHoldsTheQuarantine() throws Exception {
        bench.file("/in/box/a.zip", "");
        assertThat(bench.run("quarantine", Map.of("to", "/in/jail"), "/in").getOutcome())
                .isEqualTo("refused");
        assertThat(bench.run("quarantine", QUARANTINE, "/in/box").getOutcome()).isEqualTo("done");
        assertThat(bench.exists("/.quarantine/in/box/a.zip")).isTrue();
    }

    @Test
    void renameFollowsItsTemplateAndMakesParents() throws Exception {
        bench.file("/in/a.b.txt", "");
        var result = bench.run("rename", RENAME, "/in/a.b.txt");
        assertThat(result.getOutcome()).isEqualTo("done");
        assertThat(bench.exists("/in/a.b-x.txt")).isTrue();
        assertThat(result.getEffects()).singleElement().satisfies(effect -> {
            assertThat(effect.getKind()).isEqualTo("move");
            assertThat(effect.getPath()).isEqualTo("/in/a.b.txt");
            assertThat(effect.getTarget()).isEqualTo("/in/a.b-x.txt");
        });
        assertThat(bench.run("rename", Map.of("to", "/out/deep/{event.name}"), "/in/a.b-x.txt")
                        .getOutcome())
                .isEqualTo("done");
        assertThat(bench.exists("/out/deep/a.b-x.txt")).isTrue();
    }

    @Test
    void renameNeverReplacesAndSaysSo() throws Exception {
        bench.file("/a.txt", "a");
        bench.file("/a-x.txt", "other");
        var result = bench.run("rename", RENAME, "/a.txt");
        assertThat(result.getOutcome()).isEqualTo("failed");
        assertThat(result.getDetail()).startsWith("to='/a-x.txt' exists already; nothing was replaced");
        assertThat(bench.root().resolve("a.txt")).hasContent("a");
        assertThat(bench.root().resolve("a-x.txt")).hasContent("other");
        assertThat(bench.marks()).isEmpty();
    }

    @Test
    void aTemplateThatLeavesTheVolumeOrNamesNothingIsRefused() throws Exception {
        bench.file("/d/e", "");
        assertRefused("/../../etc/{event.name}", "/d/e", "has '..' as a name");
        assertRefused("{event.stem}", "/d/e", "does not begin with '/'");
        assertRefused("/d/{event.extension}", "/d/e", "has an empty name");
        assertRefused("/d/e/below", "/d/e", "lies below");
        assertThat(bench.exists("/d/e")).isTrue();
    }

    @Test
    void aNameCannotBringDirectoriesIntoATemplate() throws Exception {
        bench.file("/in/...x", "");
        assertThat(bench.run("rename", Map.of("to", "{event.directory}/{event.stem}/out"), "/in/...x")
                        .getOutcome())
                .isEqualTo("done");
        assertThat(bench.exists("/in/__/out")).isTrue();
    }

    private void assertRefused(String to, String path, String why) throws Exception {
        var result = bench.run("rename", Map.of("to", to), path);
        assertThat(result.getOutcome()).isEqualTo("refused");
        assertThat(result.getDetail()).contains(why);
    }

    @Test
    void chmodSetsTheModeAndReportsWhatItWas() throws Exception {
        Path file = bench.file("/a", "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));
        var request = bench.request("chmod", Map.of("mode", "0640"), bench.event("/a"));
        var result = bench.run(request);
        assertThat(result.getOutcome()).isEqualTo("done");
        assertThat(bench.status("/a").mode()).isEqualTo(0640);
        assertThat(result.getEffects()).singleElement().satisfies(effect -> {
            assertThat(effect.getBefore()).containsExactly(entry("mode", "0777"));
            assertThat(effect.getAfter()).containsExactly(entry("mode", "0640"));
        });
        assertThat(bench.begin(request.getId(), 1).effects())
                .containsExactly(
                        new Effect.SetFields("/a", bench.status("/a").fileId(), Map.of("mode", "0640"), false));
    }

    @Test
    void aModeThatIsRightAlreadyCostsNoCallAndNoMark() throws Exception {
        Path file = bench.file("/a", "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        var before = bench.status("/a");
        var result = bench.run("chmod", Map.of("mode", "640"), "/a");
        assertThat(result.getOutcome()).isEqualTo("nothing-to-do");
        assertThat(bench.status("/a").ctime()).isEqualTo(before.ctime());
        assertThat(bench.marks()).isEmpty();
    }

    @Test
    void specialModesNeedTheWorkersPermission() throws Exception {
        bench.file("/a", "");
        var refused = bench.run("chmod", Map.of("mode", "4755"), "/a");
        assertThat(refused.getOutcome()).isEqualTo("refused");
        assertThat(refused.getDetail()).contains("'special-modes: false' (default) forbids");
        bench.with(WorkerSettings.parse("special-modes: true", "w.yaml"));
        assertThat(bench.run("chmod", Map.of("mode", "4755"), "/a").getOutcome())
                .isEqualTo("done");
        assertThat(bench.status("/a").mode()).isEqualTo(04755);
    }

    @Test
    void whatWouldReachOutsideOfTheRootsIsRefused() throws Exception {
        bench.file("/in/a", "");
        bench.with(WorkerSettings.parse("roots: [/in]", "w.yaml"));
        var result = bench.run("rename", Map.of("to", "/out/a"), "/in/a");
        assertThat(result.getOutcome()).isEqualTo("refused");
        assertThat(result.getDetail()).contains("path='/out' of volume 'vol' lies outside of 'roots' [/in] (w.yaml:1)");
        assertThat(bench.marks()).isEmpty();
        assertThat(bench.root().resolve("in/a")).exists();
        assertThat(bench.run("rename", Map.of("to", "/in/b"), "/in/a").getOutcome())
                .isEqualTo("done");
    }

    @Test
    void anActionThatIsNotPermittedIsRefused() throws Exception {
        bench.file("/a", "");
        bench.with(WorkerSettings.parse("actions: [chmod]", "w.yaml"));
        var result = bench.run("quarantine", QUARANTINE, "/a");
        assertThat(result.getOutcome()).isEqualTo("refused");
        assertThat(result.getDetail()).contains("'quarantine' is not among 'actions'");
    }

    @Test
    void aLinkIsMovedItselfAndNeverChmodded(@TempDir Path outside) throws Exception {
        Path secret = Files.writeString(outside.resolve("secret"), "");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.createSymbolicLink(bench.root().resolve("l"), secret);
        var refused = bench.run("chmod", Map.of("mode", "0600"), "/l");
        assertThat(refused.getOutcome()).isEqualTo("refused");
        assertThat(Files.getPosixFilePermissions(secret)).hasSize(6);
        assertThat(bench.run("quarantine", QUARANTINE, "/l").getOutcome()).isEqualTo("done");
        assertThat(Files.readSymbolicLink(bench.root().resolve(".quarantine/l")))
                .isEqualTo(secret);
        assertThat(secret).exists();
    }

    @Test
    void namesWithNewlinesAndBytesThatAreNotUtf8AreActedOnExactly() throws Exception {
        String name = PathText.decode(new byte[] {'n', '\n', ' ', (byte) 0xFF, '.', 't'});
        try (OpenPath root = OpenPath.directory(bench.root().toString())) {
            root.makeDirectory(name, 0755);
        }
        assertThat(bench.run("chmod", Map.of("mode", "0700"), "/" + name).getOutcome())
                .isEqualTo("done");
        assertThat(bench.status("/" + name).mode()).isEqualTo(0700);
        assertThat(bench.run("rename", RENAME, "/" + name).getOutcome()).isEqualTo("done");
        String renamed = name.replace(".t", "-x.t");
        assertThat(bench.exists("/" + renamed)).isTrue();
        var request = bench.request("quarantine", QUARANTINE, bench.event("/" + renamed));
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
        assertThat(bench.exists("/.quarantine/" + renamed)).isTrue();
        assertThat(bench.begin(request.getId(), 1).effects())
                .contains(new Effect.Move(
                        "/" + renamed,
                        "/.quarantine/" + renamed,
                        bench.status("/.quarantine/" + renamed).fileId()));
    }
}
