package io.weir.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.Observation.GapOpened;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Place;
import io.weir.schemas.marks.Effect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mark declares paths of the tree as its worker saw it; what a comparison comes upon may lie elsewhere by then. */
class RelocatedPathsTest {
    private final Bench bench = new Bench();
    private String file = "";
    private String directory = "";

    @BeforeEach
    void someFiles() {
        bench.files.mkdir("/d");
        bench.files.drop("/d/a", 1);
        bench.files.mkdir("/out");
        bench.start().drain().news();
        file = id("/d/a");
        directory = id("/d");
    }

    private String id(String path) {
        return bench.files.stat(at(path)).orElseThrow().fileId();
    }

    private Place at(String path) {
        return bench.files.place(path);
    }

    private void act(String action, String from, String to, String fileId) {
        Effect move = new Effect.Move(from, to, fileId);
        bench.marks.begin(action, 1, "w", move);
        bench.files.move(from, to);
        bench.marks.end(action, 1, move);
    }

    private List<String> newsOfRepair() {
        bench.files.overflow();
        return bench.scan(ScanReason.REPAIR).drain().news();
    }

    @Test
    void aRenameIsOursThoughItsDirectoryWasMovedBeforeAScanSawEither() {
        act("one", "/d/a", "/d/b", file);
        act("two", "/d", "/e", directory);
        assertThat(newsOfRepair()).containsExactly("moved /d -> /e?*", "moved /e/a -> /e/b?*");
    }

    @Test
    void soItIsAfterAKillThoughTheMoveOfTheDirectoryHadBeenTold() {
        act("one", "/d/a", "/d/b", file);
        bench.files.overflow();
        bench.take(new GapOpened(1, at("/"), "overflow", "simulated"));
        bench.take(new ScanStarted(1, at("/"), ScanReason.REPAIR));
        bench.files.move("/d", "/e");
        assertThat(bench.drain().news()).contains("moved /d -> /e");
        bench.kill();
        assertThat(bench.start().drain().news()).contains("moved /e/a -> /e/b?*");
    }

    @Test
    void aMoveIsOursThoughTheDirectoryThatItLedToWasMovedOn() {
        act("one", "/d/a", "/out/a", file);
        bench.files.move("/out", "/far");
        assertThat(newsOfRepair()).containsExactly("moved /out -> /far?", "moved /d/a -> /far/a?*");
    }

    @Test
    void severalMovesOneAfterAnotherLeadThroughADirectoryThatWasMoved() {
        act("one", "/d/a", "/out/a", file);
        bench.files.move("/out", "/far");
        act("two", "/far/a", "/far/b", file);
        assertThat(newsOfRepair()).containsExactly("moved /out -> /far?", "moved /d/a -> /far/b?*");
    }

    @Test
    void aFileThatAnotherReplacedIsWhereTheActionMovedItThoughItsDirectoryWasMoved() {
        act("one", "/d/a", "/out/a", file);
        bench.files.create("/d/a");
        bench.files.move("/d", "/e");
        assertThat(newsOfRepair()).containsExactly("moved /d -> /e?", "moved /e/a -> /out/a?*", "created /e/a?");
    }

    @Test
    void whatAProgramMadeInItsScopeIsItsOwnThoughTheDirectoryWasMoved() {
        bench.marks.begin("run", 1, "w", new Effect.Scope(List.of("/out/**")));
        bench.files.create("/out/log");
        bench.marks.end("run", 1, new Effect.Scope(List.of("/out/**")));
        bench.files.move("/out", "/far");
        assertThat(newsOfRepair()).containsExactly("moved /out -> /far?", "created /far/log?*");
    }

    @Test
    void whatAProgramChangedIsNotForeignToAnotherActionThoughTheDirectoryWasMoved() {
        Effect mode = new Effect.SetFields("/d/a", file, Map.of("mode", "0640"), false);
        Effect scope = new Effect.Scope(List.of("/d/**"));
        bench.marks.begin("act", 1, "w1", mode);
        bench.files.chmod("/d/a", 0640);
        bench.marks.end("act", 1, mode);
        bench.marks.begin("run", 1, "w2", scope);
        bench.files.chmod("/d/a", 0600);
        bench.marks.end("run", 1, scope);
        bench.files.move("/d", "/e");
        assertThat(bench.drain().news()).filteredOn(line -> !line.endsWith("*")).containsExactly("moved /d -> /e");
    }
}
