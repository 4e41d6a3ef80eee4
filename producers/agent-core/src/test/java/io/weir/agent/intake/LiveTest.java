package io.weir.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.ScanReason;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LiveTest {
    private final Bench bench = new Bench().start();

    @Test
    void aFileThatIsDroppedIsCreatedModifiedAndWritten() {
        bench.files.drop("/a", 5);
        assertThat(bench.drain().news()).containsExactly("created /a", "modified /a", "written /a");
        assertThat(bench.pass(1000).news()).isEmpty();
    }

    @Test
    void aRunOfModifiedIsOneEventAtOnceAndOneForItsEnd() {
        bench.files.create("/a");
        for (int i = 1; i <= 50; i++) {
            bench.files.write("/a", i);
            bench.drain();
        }
        assertThat(bench.news()).containsExactly("created /a", "modified /a");
        assertThat(bench.pass(99).news()).isEmpty();
        assertThat(bench.pass(2).drafts).singleElement().satisfies(d -> {
            assertThat(d.type()).isEqualTo("modified");
            assertThat(Objects.requireNonNull(d.stat()).size()).isEqualTo(50);
        });
        bench.news();
        assertThat(bench.pass(1000).news()).isEmpty();
    }

    @Test
    void writtenEndsARunAndAnotherEventFlushesIt() {
        bench.files.drop("/a", 1);
        bench.drain().news();
        bench.files.write("/a", 2);
        bench.drain();
        bench.files.write("/a", 3);
        bench.files.close("/a");
        assertThat(bench.drain().news()).containsExactly("modified /a", "written /a");
        assertThat(bench.pass(1000).news()).isEmpty();

        bench.files.write("/a", 4);
        bench.drain();
        bench.files.write("/a", 5);
        bench.drain();
        bench.files.move("/a", "/b");
        assertThat(bench.drain().news()).containsExactly("modified /a", "modified /a", "moved /a -> /b");
    }

    @Test
    void attributesThatShowNoNewsAreMergedByAspect() {
        bench.files.drop("/a", 1);
        bench.files.chmod("/a", 0600);
        assertThat(bench.drain().news()).contains("attributes-changed /a");
        bench.files.chmod("/a", 0600);
        assertThat(bench.drain().news()).isEmpty();
        bench.files.chmod("/a", 0640);
        bench.files.write("/a", 2);
        bench.files.chmod("/a", 0600);
        // Both changes of the mode are read late, when the second has undone the first.
        assertThat(bench.drain().news()).containsExactly("modified /a");
        bench.files.touch("/a");
        bench.files.close("/a");
        bench.drain().news();
        bench.files.touch("/a");
        assertThat(bench.drain().news()).containsExactly("attributes-changed /a");
    }

    @Test
    void aChangeOfModeRightAfterTheCreationIsToldThoughTheCreationShowedIt() {
        bench.files.create("/a");
        bench.files.chmod("/a", 0777);
        assertThat(bench.drain().news()).containsExactly("created /a", "attributes-changed /a");
    }

    @Test
    void attributesThatCouldNotBeReadAreToldWhereTheFileWent() {
        bench.files.drop("/a", 1);
        bench.drain().news();
        bench.files.chmod("/a", 0777);
        bench.files.move("/a", "/b");
        assertThat(bench.drain().news()).containsExactly("moved /a -> /b", "attributes-changed /b");
    }

    @Test
    void aDirectoryThatMovesTakesAllBelowWithIt() {
        bench.files.mkdir("/d");
        bench.files.mkdir("/d/e");
        bench.files.drop("/d/e/f", 1);
        bench.files.move("/d", "/g");
        bench.files.delete("/g/e/f");
        bench.drain();
        assertThat(bench.news()).endsWith("moved /d -> /g", "deleted /g/e/f");
        assertThat(bench.baseline.find(bench.files.place("/g/e"))).isPresent();
        assertThat(bench.baseline.find(bench.files.place("/d"))).isEmpty();
    }

    @Test
    void aMoveOntoAFileReplacesIt() {
        bench.files.drop("/a", 1);
        bench.files.drop("/b", 2);
        bench.drain().news();
        bench.files.move("/a", "/b");
        bench.files.delete("/b");
        assertThat(bench.drain().news()).containsExactly("moved /a -> /b", "deleted /b");
    }

    @Test
    void aFileReadLateUnderANameThatAnotherHasByThenIsKnownAsItselfOnceItHasMoved() {
        bench.files.drop("/tmp", 1);
        bench.files.move("/tmp", "/a");
        String moved = fileId("/a");
        bench.files.drop("/tmp", 2);
        bench.drain();
        assertThat(bench.news())
                .containsExactly(
                        "created /tmp",
                        "modified /tmp",
                        "written /tmp",
                        "moved /tmp -> /a",
                        "created /tmp",
                        "modified /tmp",
                        "written /tmp");
        assertThat(known("/a")).isEqualTo(moved);
        assertThat(known("/tmp")).isEqualTo(fileId("/tmp"));
        bench.kill();
        assertThat(bench.start().pass(1000).news()).containsExactly("gap / agent-stopped over");
    }

    @Test
    void aWriteThatIsQueuedBehindTheDeletionIsNotTold() {
        bench.files.drop("/a", 1);
        bench.drain().news();
        bench.files.delete("/a");
        bench.drain();
        bench.intake.take(new Observation.Change(1, "modified", bench.files.place("/a"), null, false, null), 0);
        assertThat(bench.news()).containsExactly("deleted /a");
    }

    private String fileId(String path) {
        return bench.files.stat(bench.files.place(path)).orElseThrow().fileId();
    }

    private String known(String path) {
        return Objects.requireNonNull(bench.baseline
                        .find(bench.files.place(path))
                        .orElseThrow()
                        .known())
                .fileId();
    }

    @Test
    void whatWasNeverKnownIsNotToldAsDeleted() {
        bench.files.drop("/a", 1);
        bench.drain().news();
        bench.files.delete("/a");
        bench.drain();
        bench.news();
        bench.intake.take(new Observation.Change(1, "deleted", bench.files.place("/never"), null, false, null), 0);
        assertThat(bench.news()).isEmpty();
        assertThat(bench.intake.counts().get(Outcome.NO_NEWS)).isEqualTo(1);
    }

    @Test
    void whatAScanOfANewDirectoryFoundIsNotToldAgainByTheStream() {
        bench.files.mkdir("/d");
        bench.one();
        bench.files.create("/d/f");
        bench.scan("/d", ScanReason.CREATED_DIRECTORY);
        assertThat(bench.drain().news()).containsExactly("created /d", "created /d/f");
        // That it was closed before anybody watched the source knows and tells.
        assertThat(bench.pass(1000).news()).isEmpty();
    }

    @Test
    void aDirectoryThatComesInBringsItsFiles() {
        bench.files.moveIn("/d", "directory", 0);
        bench.one();
        bench.files.create("/d/f");
        bench.scan("/d", ScanReason.MOVED_IN_DIRECTORY);
        assertThat(bench.drain().news()).containsExactly("moved-in /d", "moved-in /d/f");
        bench.files.moveOut("/d");
        assertThat(bench.drain().news()).containsExactly("moved-out /d");
        assertThat(bench.baseline.find(bench.files.place("/d/f"))).isEmpty();
    }

    @Test
    void aFileMovedIntoANewDirectoryThatIsScannedAheadMovesOnce() {
        bench.files.drop("/f", 1);
        bench.drain().news();
        bench.files.mkdir("/d");
        bench.files.move("/f", "/d/f");
        bench.one();
        bench.scan("/d", ScanReason.CREATED_DIRECTORY);
        assertThat(bench.drain().news()).containsExactly("created /d", "moved /f -> /d/f");
    }

    @Test
    void changesDuringTheFirstScanAreToldThoughTheScanHasThem() {
        Bench fresh = new Bench();
        fresh.files.create("/early");
        fresh.files.chmod("/early", 0700);
        fresh.files.watched(true);
        fresh.files.create("/during");
        fresh.files.chmod("/early", 0777);
        fresh.scan(ScanReason.START);
        assertThat(fresh.drain().news()).containsExactly("created /during", "attributes-changed /early");
    }

    @Test
    void timesThatAreSetOnAFileWhoseContentWasReadLateAreNews() {
        bench.files.drop("/tmp", 5);
        bench.files.chmod("/tmp", 0640);
        bench.files.move("/tmp", "/x");
        bench.drain().pass(1000).news();
        bench.files.touch("/x");
        assertThat(bench.drain().news()).containsExactly("attributes-changed /x");
    }

    @Test
    void timesThatAreSetOnAFileThatWasTruncatedUnopenedAreNews() {
        bench.files.drop("/x", 5);
        bench.drain().pass(1000).news();
        bench.files.write("/x", 2); // and never closed
        bench.drain().pass(1000).news();
        bench.files.touch("/x", 7);
        assertThat(bench.drain().news()).containsExactly("attributes-changed /x");
    }
}
