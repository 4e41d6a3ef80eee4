package io.weir.worker.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rules.action.Change;
import io.weir.schemas.marks.Effect;
import io.weir.worker.run.Bench;
import io.weir.worker.run.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeleteTest {
    private static final Map<String, String> DELETE = Map.of("confirm", "true");
    private static final Map<String, String> AT_ONCE = Map.of("confirm", "true", "keep", "0");

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
    void aFileGoesIntoQuarantineAndItsResultTellsHowLongItIsKept() throws Exception {
        bench.file("/in/a", "content");
        bench.file("/in/d/b", "content");
        var result = bench.run("delete", DELETE, "/in/a");
        assertThat(result.getOutcome()).isEqualTo("done");
        assertThat(result.getDetail()).matches("kept until 20..-..-..T..:..:..Z");
        assertThat(bench.root().resolve(".quarantine/in/a")).hasContent("content");
        assertThat(bench.run("delete", Map.of("confirm", "true", "to", "/bin", "keep", "12h"), "/in/d")
                        .getOutcome())
                .isEqualTo("done");
        assertThat(bench.root().resolve("bin/in/d/b")).hasContent("content");
        assertThat(bench.run("delete", DELETE, "/.quarantine/in/a").getOutcome())
                .isEqualTo("nothing-to-do");
    }

    @Test
    void keptForNoTimeAFileIsGoneAndTheJournalTellsWhatItWas() throws Exception {
        bench.file("/in/a", "content");
        String id = bench.status("/in/a").fileId();
        var request = bench.request("delete", AT_ONCE, bench.event("/in/a"));
        var result = bench.run(request);
        assertThat(result.getOutcome()).as(result::getDetail).isEqualTo("done");
        assertThat(bench.root().resolve("in")).isEmptyDirectory();
        String aside = "/in/.weir-delete-" + request.getId();
        assertThat(bench.begin(request.getId(), 1).effects())
                .containsExactly(new Effect.Move("/in/a", aside, id), new Effect.Delete(aside, id));
        assertThat(result.getEffects().get(1).getBefore())
                .containsEntry("size", "7")
                .containsEntry("kind", "file");
    }

    @Test
    void aFileThatIsPutInItsPlaceInTheLastMomentIsNotDeleted() throws Exception {
        bench.file("/in/a", "old");
        bench.observe(checkpoint -> {
            if (checkpoint == Checkpoint.BEGIN_MARKED) {
                try {
                    Files.move(bench.root().resolve("in/a"), bench.root().resolve("kept"));
                    Files.writeString(bench.root().resolve("in/a"), "new");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        assertThat(bench.run("delete", AT_ONCE, "/in/a").getOutcome()).isEqualTo("not-the-same-file");
        assertThat(bench.root().resolve("in/a")).hasContent("new");
        assertThat(bench.root().resolve("kept")).hasContent("old");
    }

    @Test
    void onlyAnEmptyDirectoryIsGoneAtOnce() throws Exception {
        bench.file("/d/a", "");
        var refused = bench.run("delete", AT_ONCE, "/d");
        assertThat(refused.getOutcome()).isEqualTo("refused");
        assertThat(refused.getDetail()).contains("keep: 0 deletes no tree").contains("leave keep out");
        Files.delete(bench.root().resolve("d/a"));
        assertThat(bench.run("delete", AT_ONCE, "/d").getOutcome()).isEqualTo("done");
        assertThat(bench.exists("/d")).isFalse();
    }

    @Test
    void ofAFileWithSeveralNamesOnlyTheOneIsDeleted() throws Exception {
        bench.file("/a", "content");
        Files.createLink(bench.root().resolve("b"), bench.root().resolve("a"));
        assertThat(bench.run("delete", AT_ONCE, "/a").getOutcome()).isEqualTo("done");
        assertThat(bench.exists("/a")).isFalse();
        assertThat(bench.root().resolve("b")).hasContent("content");
    }

    @Test
    void aRuleHasToConfirmAndIsToldWhatIsWrongWithIt() {
        assertThat(new Delete().faults(Map.of("confirm", "yes", "to", "bin", "keep", "soon")))
                .satisfiesExactly(
                        f -> assertThat(f)
                                .isEqualTo("confirm='yes': expected true, to say that files are to be deleted"),
                        f -> assertThat(f).startsWith("to='bin': expected a path absolute within the volume"),
                        f -> assertThat(f)
                                .startsWith("keep: bad duration 'soon'")
                                .endsWith(", or 0"));
        assertThat(new Delete().faults(Map.of("confirm", "true", "keep", "0"))).isEmpty();
        assertThat(new Delete().faults(Map.of("confirm", "true"))).isEmpty();
    }

    @Test
    void theSearchForCyclesKnowsWhereTheFileGoes() {
        assertThat(new Delete().changes(Map.of("confirm", "true"))).isEqualTo(Change.moveBelow("/.quarantine"));
        assertThat(new Delete().changes(Map.of("confirm", "true", "keep", "0"))).isEqualTo(Change.delete());
    }
}
