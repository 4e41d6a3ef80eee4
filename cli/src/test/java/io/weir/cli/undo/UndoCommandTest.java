package io.weir.cli.undo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandRun;
import io.weir.cli.rule.TestSystem;
import io.weir.schemas.FileEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What actions did is reversed, one or many, with a worker that runs, on a real broker. */
class UndoCommandTest {
    private static final int FILES = 100;

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestSystem system;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestWorker worker;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start(directory);
        worker = TestWorker.start(system, directory);
    }

    @AfterAll
    static void stop() {
        worker.close();
        system.close();
    }

    @Test
    void allThatARuleDidIsReversedLastFirst() throws Exception {
        long before = worker.count("done");
        for (int i = 0; i < FILES; i++) {
            FileEvent event = worker.event("/in" + i % 7 + "/f" + i);
            worker.ask("m" + i, "lock", "chmod", Map.of("mode", "0400"), event);
            worker.ask("n" + i, "lock", "rename", Map.of("to", "/out/{event.name}"), event);
            worker.ask("o" + i, "lock", "chmod", Map.of("mode", "0440"), event);
        }
        worker.await("done", before + 3 * FILES);
        Files.setAttribute(worker.root().resolve("out/f17"), "unix:mode", 0777);

        CommandRun plan = system.weir("undo", "--rule", "lock", "--since", "1h", "--dry-run");
        assertThat(plan.out()).contains("action/o3 would-do").contains("set {mode=0400} of '/out/f3'");
        assertThat(worker.root().resolve("out/f3")).exists();

        CommandRun run = system.weir("undo", "--rule", "lock", "--since", "1h");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("action/o17 refused  v:/in3/f17  (path='/out/f17' was changed since: mode is 0777");
        for (int i = 0; i < FILES; i++) {
            if (i != 17) {
                Path file = worker.root().resolve("in" + i % 7 + "/f" + i);
                assertThat(file).exists();
                assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100644);
            }
        }
        assertThat(worker.root().resolve("out")).doesNotExist();
    }

    @Test
    void oneActionIsReversedByItsIdAndOnlyOnce() throws Exception {
        long before = worker.count("done");
        worker.ask("x1", "tidy", "rename", Map.of("to", "/tidied/x"), worker.event("/x"));
        worker.await("done", before + 1);
        assertThat(system.weir("undo", "x1").out()).startsWith("action/x1 undone  v:/x");
        assertThat(worker.root().resolve("x")).exists();
        assertThat(worker.root().resolve("tidied")).doesNotExist();
        assertThat(system.weir("undo", "--rule", "tidy", "--since", "1h").err()).contains("nothing to undo");
        CommandRun again = system.weir("undo", "x1");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.out()).startsWith("action/x1 not-the-same-file");
    }

    @Test
    void whatIsNotThereOrCannotBeReversedIsSaid() throws Exception {
        assertThat(system.weir("undo", "nothing").err()).contains("action 'nothing' has no result (any more)");
        long refused = worker.count("refused");
        worker.ask("e1", "scan", "exec", Map.of("run", "scan"), worker.event("/e"));
        worker.await("refused", refused + 1);
        assertThat(system.weir("undo", "e1").err()).contains("(refused) changed nothing that could be reversed");
        assertThat(system.weir("undo").code()).isEqualTo(2);
        assertThat(system.weir("undo", "--rule", "lock").err()).contains("expected --since TIME");
    }
}
