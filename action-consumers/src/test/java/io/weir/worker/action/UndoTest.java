package io.weir.worker.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.posix.PathText;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.worker.run.Bench;
import io.weir.worker.run.Checkpoint;
import io.weir.worker.settings.WorkerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was done is reversed, and only where nobody has touched it since. */
class UndoTest {
    @TempDir
    Path directory;

    @AutoClose
    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(directory);
    }

    @Test
    void aMoveIsReversedWithTheDirectoriesMadeForIt() throws Exception {
        bench.file("/in/a", "x");
        ActionResult moved = bench.run("rename", Map.of("to", "/x/y/a"), "/in/a");
        ActionResult undone = bench.undo(moved);
        assertThat(undone.getOutcome()).isEqualTo("done");
        assertThat(bench.exists("/in/a")).isTrue();
        assertThat(bench.exists("/x")).isFalse();
    }

    @Test
    void aDirectoryThatOthersUseStays() throws Exception {
        bench.file("/in/a", "x");
        ActionResult moved = bench.run("rename", Map.of("to", "/x/y/a"), "/in/a");
        bench.file("/x/other", "");
        assertThat(bench.undo(moved).getOutcome()).isEqualTo("done");
        assertThat(bench.exists("/x/y")).isFalse();
        assertThat(bench.exists("/x/other")).isTrue();
    }

    @Test
    void aModeIsSetBackAndAnUndoCanBeUndone() throws Exception {
        bench.file("/a", "x");
        Files.setAttribute(bench.root().resolve("a"), "unix:mode", 0640);
        ActionResult changed = bench.run("chmod", Map.of("mode", "0600"), "/a");
        ActionResult undone = bench.undo(changed);
        assertThat(bench.status("/a").mode()).isEqualTo(0640);
        assertThat(bench.undo(undone).getOutcome()).isEqualTo("done");
        assertThat(bench.status("/a").mode()).isEqualTo(0600);
        assertThat(bench.undo(undone).getOutcome()).isEqualTo("nothing-to-do");
    }

    @ParameterizedTest
    @EnumSource(Checkpoint.class)
    void whatAWorkerThatDiedDidCanBeReversed(Checkpoint at) throws Exception {
        bench.file("/d/a", "x");
        bench.file("/d/b", "x");
        for (String name : new String[] {"a", "b"}) {
            Files.setAttribute(bench.root().resolve("d/" + name), "unix:mode", 0640);
        }
        ActionRequest request = bench.request("chmod", Map.of("mode", "go=", "recursive", "true"), bench.event("/d"));
        bench.killAt(at, 1);
        try {
            bench.run(request);
        } catch (Bench.Killed e) {
            bench.restart();
        }
        ActionResult changed = bench.run(request);
        assertThat(bench.status("/d/a").mode()).isEqualTo(0600);
        ActionResult undone = bench.undo(changed);
        assertThat(undone.getOutcome()).as(undone.getDetail()).isEqualTo("done");
        assertThat(bench.status("/d/a").mode()).isEqualTo(0640);
        assertThat(bench.status("/d/b").mode()).isEqualTo(0640);
        assertThat(bench.status("/d").mode()).isEqualTo(0755);
    }

    @Test
    void whatWasChangedSinceIsLeftAlone() throws Exception {
        bench.file("/a", "x");
        ActionResult changed = bench.run("chmod", Map.of("mode", "0600"), "/a");
        Files.setAttribute(bench.root().resolve("a"), "unix:mode", 0444);
        ActionResult undone = bench.undo(changed);
        assertThat(undone.getOutcome()).isEqualTo("refused");
        assertThat(undone.getDetail()).contains("was changed since: mode is 0444, and the action had set 0600");
        assertThat(bench.status("/a").mode()).isEqualTo(0444);
    }

    @Test
    void anotherFileIsNotTakenForTheOneThatWasMovedNorReplaced() throws Exception {
        bench.file("/in/a", "x");
        ActionResult moved = bench.run("rename", Map.of("to", "/b"), "/in/a");
        bench.file("/in/a", "new");
        assertThat(bench.undo(moved).getDetail()).contains("path='/in/a' is taken by another file now");
        Files.delete(bench.root().resolve("in/a"));
        Files.move(bench.root().resolve("b"), bench.root().resolve("c"));
        bench.file("/b", "other");
        assertThat(bench.undo(moved).getOutcome()).isEqualTo("not-the-same-file");
    }

    @Test
    void aCopyIsRemovedUnlessItWasWrittenTo() throws Exception {
        bench.file("/in/a", "x");
        ActionResult first = bench.run("copy", Map.of("to", "/copies/"), "/in/a");
        ActionResult second = bench.run("copy", Map.of("to", "/copies/b"), "/in/a");
        Files.writeString(bench.root().resolve("copies/b"), "edited");
        assertThat(bench.undo(second).getDetail()).contains("path='/copies/b' was written to since it was made");
        ActionResult undone = bench.undo(first);
        assertThat(undone.getOutcome()).as(undone.getDetail()).isEqualTo("done");
        assertThat(bench.exists("/copies/a")).isFalse();
        assertThat(bench.exists("/copies/b")).isTrue();
        assertThat(bench.exists("/in/a")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Checkpoint.class,
            names = {"STEP_DONE", "LEDGER_FINISHED"})
    void whatAMoveHasReplacedIsSaidToBeGone(Checkpoint died) throws Exception {
        bench.file("/in/a", "new");
        bench.file("/out/a", "old one");
        String replaced = bench.status("/out/a").fileId();
        ActionRequest request =
                bench.request("move", Map.of("to", "/out/", "on-exists", "replace"), bench.event("/in/a"));
        bench.killAt(died, 1);
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(Bench.Killed.class);
        ActionResult moved = bench.restart().run(request);
        String loss = "what was replaced at '/out/a' (file " + replaced;

        assertThat(bench.undo(moved, true).getDetail())
                .startsWith("move '/out/a' to '/in/a'; " + loss)
                .contains(died == Checkpoint.LEDGER_FINISHED ? ", 7 bytes)" : replaced + ")")
                .endsWith("is gone for good and does not come back");
        assertThat(bench.exists("/in/a")).isFalse();

        ActionResult undone = bench.undo(moved);
        assertThat(undone.getOutcome()).isEqualTo("done");
        assertThat(undone.getDetail()).contains(loss);
        assertThat(bench.root().resolve("in/a")).hasContent("new");
        assertThat(bench.exists("/out/a")).isFalse();
    }

    @Test
    void aCopyThatReplacedAFileIsRemovedAndThatIsSaidToBeGone() throws Exception {
        bench.file("/in/a", "new");
        bench.file("/out/a", "old");
        ActionResult copied = bench.run("copy", Map.of("to", "/out/", "on-exists", "replace"), "/in/a");
        ActionResult undone = bench.undo(copied);
        assertThat(undone.getOutcome()).as(undone.getDetail()).isEqualTo("done");
        assertThat(undone.getDetail()).contains("what was replaced at '/out/a'", "does not come back");
        assertThat(bench.exists("/out/a")).isFalse();
        assertThat(bench.root().resolve("in/a")).hasContent("new");
    }

    @Test
    void aCopyOfATreeIsRemoved() throws Exception {
        bench.file("/in/d/e/f", "x");
        ActionResult copied = bench.run("copy", Map.of("to", "/copies/", "recursive", "true"), "/in/d");
        assertThat(bench.exists("/copies/d/e/f")).isTrue();
        ActionResult undone = bench.undo(copied);
        assertThat(undone.getOutcome()).as(undone.getDetail()).isEqualTo("done");
        assertThat(bench.exists("/copies")).isFalse();
    }

    @Test
    void directoriesCanBeLeftAndRemovedWhenOthersHaveLeftThemToo() throws Exception {
        bench.file("/in/d/e/f", "x");
        ActionResult copied = bench.run("copy", Map.of("to", "/copies/", "recursive", "true"), "/in/d");
        Files.setAttribute(bench.root().resolve("copies/d"), "unix:mode", 0700);
        assertThat(bench.undo(copied, "leave").getOutcome()).isEqualTo("done");
        assertThat(bench.exists("/copies/d/e/f")).isFalse();
        assertThat(bench.exists("/copies/d/e")).isTrue();
        assertThat(bench.undo(copied, "leave").getDetail())
                .isEqualTo("nothing of what was done is left to be reversed, but perhaps directories");
        assertThat(bench.undo(copied, "only").getOutcome()).isEqualTo("done");
        assertThat(bench.exists("/copies")).isFalse();
        assertThat(bench.undo(copied, "some").getOutcome()).isEqualTo("refused");
    }

    @Test
    void namesKeepTheirBytes() throws Exception {
        String name = "/in/" + PathText.decode(new byte[] {'a', (byte) 0xff, '\n'});
        bench.file("/in/x", "x");
        Files.move(bench.root().resolve("in/x"), bench.root().resolve("in/y"));
        bench.rename("/in/y", name);
        ActionResult moved = bench.run("quarantine", Map.of("to", "/q"), name);
        assertThat(moved.getOutcome()).isEqualTo("done");
        assertThat(bench.exists(name)).isFalse();
        assertThat(bench.undo(moved).getOutcome()).isEqualTo("done");
        assertThat(bench.exists(name)).isTrue();
    }

    @Test
    void thePolicyHoldsButForTheListOfActions() throws Exception {
        bench.file("/in/a", "x");
        ActionResult moved = bench.run("rename", Map.of("to", "/out/a"), "/in/a");
        bench.with(WorkerSettings.parse("actions: [chmod]\nroots: [/out]", "w.yaml"));
        assertThat(bench.undo(moved).getDetail()).contains("lies outside of 'roots' [/out] (w.yaml:2)");
        bench.with(WorkerSettings.parse("actions: [chmod]", "w.yaml"));
        assertThat(bench.undo(moved).getOutcome()).isEqualTo("done");
    }

    @Test
    void specialBitsThatWereTakenAwayComeBackOnlyWherePermitted() throws Exception {
        bench.file("/a", "x");
        Files.setAttribute(bench.root().resolve("a"), "unix:mode", 04755);
        ActionResult changed = bench.run("chmod", Map.of("mode", "0755"), "/a");
        assertThat(bench.undo(changed).getDetail()).contains("'special-modes: false' (default) forbids");
        bench.with(WorkerSettings.parse("special-modes: true", "w.yaml"));
        assertThat(bench.undo(changed).getOutcome()).isEqualTo("done");
        assertThat(bench.status("/a").mode()).isEqualTo(04755);
    }
}
