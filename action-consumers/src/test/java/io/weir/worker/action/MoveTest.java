package io.weir.worker.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rules.action.Change;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.marks.Effect;
import io.weir.worker.run.Bench;
import io.weir.worker.run.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** move and rename, and what they do where the path is taken. */
class MoveTest {
    private static final Map<String, String> NUMBER = Map.of("to", "/archive/", "on-exists", "number");
    private static final Map<String, String> REPLACE = Map.of("to", "/archive/", "on-exists", "replace");

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
    void aPathWithASlashAtItsEndIsADirectoryWhereTheFileKeepsItsName() throws Exception {
        bench.file("/in/a.txt", "a");
        assertThat(bench.run("move", Map.of("to", "/archive/{event.extension}/"), "/in/a.txt")
                        .getOutcome())
                .isEqualTo("done");
        assertThat(bench.root().resolve("archive/txt/a.txt")).hasContent("a");
        assertThat(bench.run("move", Map.of("to", "/archive/b"), "/archive/txt/a.txt")
                        .getOutcome())
                .isEqualTo("done");
        assertThat(bench.root().resolve("archive/b")).hasContent("a");
        assertThat(bench.run("move", Map.of("to", "/"), "/archive/b").getOutcome())
                .isEqualTo("done");
        assertThat(bench.root().resolve("b")).hasContent("a");
    }

    @Test
    void aFileKeepsTheNameThatItHasByNow() throws Exception {
        bench.file("/in/a.txt", "a");
        var event = bench.event("/in/a.txt");
        bench.run(bench.request("rename", Map.of("to", "/in/b.txt"), event));
        assertThat(bench.run(bench.request("move", NUMBER, event)).getOutcome()).isEqualTo("done");
        assertThat(bench.root().resolve("archive/b.txt")).hasContent("a");
    }

    @Test
    void whatIsThereAlreadyStaysUnderItsNumberedName() throws Exception {
        bench.file("/archive/a.1.txt", "");
        assertThat(bench.run("move", NUMBER, "/archive/a.1.txt").getOutcome()).isEqualTo("nothing-to-do");
        assertThat(bench.marks()).isEmpty();
    }

    @Test
    void aNameThatIsTakenIsAFailureUnlessTheRuleSaysOtherwise() throws Exception {
        bench.file("/archive/a", "old");
        bench.file("/a", "new");
        var result = bench.run("move", Map.of("to", "/archive/"), "/a");
        assertThat(result.getOutcome()).isEqualTo("failed");
        assertThat(result.getDetail()).contains("nothing was replaced").contains("or say on-exists: number");
        assertThat(bench.root().resolve("archive/a")).hasContent("old");
    }

    @Test
    void numbersComeBeforeTheExtensionAndAtTheEndOfDirectories() throws Exception {
        for (String name : List.of("a.tar.gz", "a", ".profile", "d.2024")) {
            boolean directoryName = name.equals("d.2024");
            for (int i = 0; i < 3; i++) {
                bench.file("/in/" + i + "/" + name + (directoryName ? "/x" : ""), "" + i);
                assertThat(bench.run("move", NUMBER, "/in/" + i + "/" + name).getOutcome())
                        .isEqualTo("done");
            }
        }
        assertThat(bench.root().resolve("archive").toFile().list())
                .containsExactlyInAnyOrder(
                        "a.tar.gz",
                        "a.tar.1.gz",
                        "a.tar.2.gz",
                        "a",
                        "a.1",
                        "a.2",
                        ".profile",
                        ".profile.1",
                        ".profile.2",
                        "d.2024",
                        "d.2024.1",
                        "d.2024.2");
    }

    @Test
    void aNumberIsFoundInFewLookUpsAmongMany() throws Exception {
        int taken = 1_000;
        bench.file("/archive/a.txt", "");
        for (int i = 1; i <= taken; i++) {
            bench.file("/archive/a." + i + ".txt", "");
        }
        bench.file("/a.txt", "new");
        assertThat(bench.run("move", NUMBER, "/a.txt").getOutcome()).isEqualTo("done");
        assertThat(bench.root().resolve("archive/a.1001.txt")).hasContent("new");
    }

    @Test
    void aNumberTakenMeanwhileIsNoFailureButTheNextAttemptTakesAnother() throws Exception {
        bench.file("/archive/a", "");
        bench.file("/a", "mine");
        var request = bench.request("move", NUMBER, bench.event("/a"));
        bench.observe(checkpoint -> {
            if (checkpoint == Checkpoint.BEGIN_MARKED) {
                write("archive/a.1");
            }
        });
        Assertions.assertThatThrownBy(() -> bench.run(request)).hasMessageContaining("EEXIST");
        bench.observe(Checkpoint.Observer.NONE);
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
        assertThat(bench.root().resolve("archive/a.1")).hasContent("other");
    }

    @Test
    void manyThatWantTheSameNameAtOnceAllGetOne() throws Exception {
        int many = 24;
        List<ActionRequest> requests = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            bench.file("/in/" + i + "/a.txt", "" + i);
            requests.add(bench.request("move", NUMBER, bench.event("/in/" + i + "/a.txt")));
        }
        bench.file("/archive/a.txt", "");
        // all plan before any moves, so that those which come late find the name taken
        for (int attempt = 1; attempt <= 5 && !requests.isEmpty(); attempt++) {
            var planned = new CyclicBarrier(requests.size());
            bench.observe(checkpoint -> {
                if (checkpoint == Checkpoint.BEGIN_MARKED) {
                    await(planned);
                }
            });
            requests = attempt(requests);
        }
        assertThat(requests).as("still without a name after five attempts").isEmpty();
        assertThat(bench.root().resolve("archive").toFile().list()).hasSize(many + 1);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns those that failed. */
    private List<ActionRequest> attempt(List<ActionRequest> requests) throws Exception {
        var pool = Executors.newFixedThreadPool(requests.size());
        try {
            var failed = new ConcurrentLinkedQueue<ActionRequest>();
            List<Callable<Void>> tasks = new ArrayList<>();
            for (var request : requests) {
                tasks.add(() -> {
                    try {
                        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
                    } catch (IOException e) {
                        failed.add(request);
                    }
                    return null;
                });
            }
            for (var done : pool.invokeAll(tasks)) {
                done.get();
            }
            return List.copyOf(failed);
        } finally {
            pool.shutdownNow();
        }
    }

    private void write(String path) {
        try {
            Files.writeString(bench.root().resolve(path), "other");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileIsReplacedIfTheRuleSaysSoAndTheJournalTellsWhatItWas() throws Exception {
        bench.file("/archive/a", "old");
        bench.file("/a", "new!");
        var old = bench.status("/archive/a");
        var request = bench.request("move", REPLACE, bench.event("/a"));
        var result = bench.run(request);
        assertThat(result.getOutcome()).isEqualTo("done");
        assertThat(bench.root().resolve("archive/a")).hasContent("new!");
        assertThat(bench.exists("/a")).isFalse();
        assertThat(bench.begin(request.getId(), 1).effects())
                .containsExactly(new Effect.Move(
                        "/a", "/archive/a", bench.status("/archive/a").fileId(), old.fileId()));
        assertThat(result.getEffects()).singleElement().satisfies(effect -> assertThat(effect.getBefore())
                .containsEntry("replaced.fileId", old.fileId())
                .containsEntry("replaced.size", "3")
                .containsEntry("replaced.kind", "file"));
    }

    @Test
    void aFileThatCameToThePathMeanwhileIsNotReplaced() throws Exception {
        bench.file("/archive/a", "old");
        bench.file("/a", "new");
        var request = bench.request("move", REPLACE, bench.event("/a"));
        bench.observe(checkpoint -> {
            if (checkpoint == Checkpoint.BEGIN_MARKED) {
                try {
                    Files.move(bench.root().resolve("archive/a"), bench.root().resolve("kept"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                write("archive/a");
            }
        });
        Assertions.assertThatThrownBy(() -> bench.run(request))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no longer names the file");
        assertThat(bench.root().resolve("archive/a")).hasContent("other");
        assertThat(bench.root().resolve("a")).hasContent("new");
    }

    @Test
    void noDirectoryIsReplacedNorDoesOneReplaceAFileNorAnotherNameOfTheSame() throws Exception {
        bench.file("/archive/a/x", "");
        bench.file("/a", "");
        bench.file("/archive/d", "");
        bench.file("/d/x", "");
        bench.file("/l", "");
        Files.createLink(bench.root().resolve("archive/l"), bench.root().resolve("l"));
        for (String path : List.of("/a", "/d", "/l")) {
            var result = bench.run("move", REPLACE, path);
            assertThat(result.getOutcome()).as(path).isEqualTo("failed");
            assertThat(bench.exists(path)).isTrue();
        }
        assertThat(bench.marks()).isEmpty();
    }

    @Test
    void aLinkIsReplacedItself() throws Exception {
        bench.file("/kept", "kept");
        bench.file("/archive/x", "");
        Files.createSymbolicLink(bench.root().resolve("archive/a"), bench.root().resolve("kept"));
        bench.file("/a", "new");
        assertThat(bench.run("move", REPLACE, "/a").getOutcome()).isEqualTo("done");
        assertThat(bench.root().resolve("kept")).hasContent("kept");
        assertThat(bench.root().resolve("archive/a")).hasContent("new").isRegularFile();
    }

    @Test
    void whatIsWrongWithARuleIsToldWhenItIsPublished() {
        assertThat(new Move().faults(Map.of("to", "archive/", "on-exists", "overwrite")))
                .satisfiesExactly(
                        f -> assertThat(f).startsWith("to='archive/{event.name}': expected a path absolute"),
                        f -> assertThat(f).isEqualTo("on-exists='overwrite': expected fail, number, replace"));
        assertThat(new Move().faults(Map.of("to", "/"))).isEmpty();
        assertThat(new Move().faults(Map.of("to", "{event.directory}/done/"))).isEmpty();
        assertThat(new Move().faults(Map.of("to", "/a//"))).hasSize(1);
        assertThat(new Rename().faults(Map.of("to", "/a/"))).hasSize(1);
        assertThat(new Move().changes(Map.of("to", "/archive/"))).isEqualTo(Change.move("/archive/{event.name}"));
    }
}
