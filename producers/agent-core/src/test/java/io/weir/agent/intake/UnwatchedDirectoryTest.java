package io.weir.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.Left;
import io.weir.agent.source.Observation.ScanFinished;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Place;
import io.weir.schemas.marks.Effect;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An action makes a directory and moves something into it before it is watched. What was moved is taken to be there; the scan
 * that comes upon the directory finds what others did to it meanwhile.
 */
class UnwatchedDirectoryTest {
    private final Bench bench = new Bench();
    private String file = "";
    private String directory = "";

    @BeforeEach
    void someFiles() {
        bench.files.mkdir("/d");
        bench.files.drop("/d/a", 1);
        bench.files.drop("/f", 1);
        bench.start().drain().news();
        file = id("/f");
        directory = id("/d");
    }

    private String id(String path) {
        return stat(path).fileId();
    }

    private FileStat stat(String path) {
        return bench.files.stat(at(path)).orElseThrow();
    }

    private Place at(String path) {
        return bench.files.place(path);
    }

    /** An action makes a directory and is about to move something into it; others act before it is watched. */
    private void isMoved(String from, String to, String fileId, Runnable others) {
        bench.marks.begin("act", 1, "w", new Effect.Create("/q", true), new Effect.Move(from, to, fileId));
        bench.files.mkdir("/q");
        bench.drain().news();
        bench.files.watched(false);
        bench.files.move(from, to);
        others.run();
        bench.files.watched(true);
        bench.take(new ScanStarted(1, at("/q"), ScanReason.CREATED_DIRECTORY));
        bench.take(new Left(1, at(from), List.of()));
        assertThat(bench.news()).containsExactly("moved " + from + " -> " + to + "*");
    }

    private void isFound(String path) {
        bench.take(new Found(1, at(path), stat(path), ScanReason.MOVED_IN_DIRECTORY));
    }

    private void scanIsOver(String path) {
        bench.take(new ScanFinished(1, at(path), ScanReason.CREATED_DIRECTORY, true));
    }

    @Test
    void whatIsInADirectoryThatAnActionMovedIsKnown() {
        isMoved("/d", "/q/d", directory, () -> {});
        isFound("/q/d");
        isFound("/q/d/a");
        scanIsOver("/q");
        assertThat(bench.news()).isEmpty();
    }

    @Test
    void whatIsNewInADirectoryThatAnActionMovedIsItsDoing() {
        bench.marks.begin("act", 1, "w", new Effect.Create("/q", true), new Effect.Move("/x", "/q/x", "8:77"));
        bench.files.mkdir("/q");
        bench.drain().news();
        bench.take(new ScanStarted(1, at("/q"), ScanReason.CREATED_DIRECTORY));
        FileStat moved = new FileStat("8:77", "directory", 0, 0755, 1, 1, 1, 1, 1, 1);
        FileStat inIt = new FileStat("8:78", "file", 0, 0644, 1, 1, 1, 1, 1, 1);
        bench.take(new Found(1, at("/q/x"), moved, ScanReason.MOVED_IN_DIRECTORY));
        bench.take(new Found(1, at("/q/x/f"), inIt, ScanReason.MOVED_IN_DIRECTORY));
        assertThat(bench.news()).containsExactly("moved-in /q/x*", "moved-in /q/x/f*");
    }

    @Test
    void whatSomebodyDeletedThereBeforeItWasWatchedIsTold() {
        isMoved("/d", "/q/d", directory, () -> bench.files.delete("/q/d/a"));
        isFound("/q/d");
        scanIsOver("/q");
        assertThat(bench.news()).containsExactly("deleted /q/d/a?");
    }

    @Test
    void whatSomebodyRenamedThereBeforeItWasWatchedIsTold() {
        isMoved("/f", "/q/f", file, () -> bench.files.move("/q/f", "/q/g"));
        isFound("/q/g");
        scanIsOver("/q");
        assertThat(bench.news()).containsExactly("moved /q/f -> /q/g");
    }

    @Test
    void anotherFileInItsPlaceIsTold() {
        isMoved("/f", "/q/f", file, () -> {
            bench.files.delete("/q/f");
            bench.files.create("/q/f");
        });
        isFound("/q/f");
        assertThat(bench.news()).containsExactly("deleted /q/f?", "moved-in /q/f");
    }

    @Test
    void attributesThatSomebodySetBeforeItWasWatchedAreTold() {
        isMoved("/d", "/q/d", directory, () -> {
            bench.files.chown("/q/d", 5, 5);
            bench.files.chown("/q/d/a", 5, 5);
        });
        isFound("/q/d");
        isFound("/q/d/a");
        assertThat(bench.news()).containsExactly("attributes-changed /q/d?", "attributes-changed /q/d/a?");
    }

    @Test
    void soTheyAreThoughTheAgentWasKilledBeforeItCameUponIt() {
        isMoved("/f", "/q/f", file, () -> bench.files.chown("/q/f", 5, 5));
        bench.kill();
        assertThat(bench.start().drain().news()).contains("attributes-changed /q/f?");
    }

    @Test
    void whatWasWrittenToAFileThatIsStillOpenIsTold() {
        bench.files.create("/open");
        bench.drain().news();
        isMoved("/open", "/q/open", id("/open"), () -> bench.files.write("/q/open", 7));
        bench.take(new Found(1, at("/q/open"), stat("/q/open"), ScanReason.MOVED_IN_DIRECTORY));
        assertThat(bench.news()).contains("modified /q/open?");
    }

    @Test
    void whatWasWrittenSinceItWasFoundIsNotToldTwice() {
        bench.files.create("/open");
        bench.drain().news();
        isMoved("/open", "/q/open", id("/open"), () -> {});
        Found found = new Found(1, at("/q/open"), stat("/q/open"), ScanReason.MOVED_IN_DIRECTORY);
        bench.files.write("/q/open", 7);
        bench.take(found);
        assertThat(bench.pass(300).news()).containsExactly("modified /q/open?", "written /q/open?");
        assertThat(bench.drain().news()).isEmpty();
    }

    @Test
    void anotherActionThatMovedItOnBeforeItWasWatchedIsKnown() {
        isMoved("/f", "/q/f", file, () -> {});
        Effect on = new Effect.Move("/q/f", "/r/f", file);
        bench.marks.begin("other", 1, "w", new Effect.Create("/r", true), on);
        bench.files.mkdir("/r");
        bench.drain();
        bench.take(new ScanStarted(1, at("/r"), ScanReason.CREATED_DIRECTORY));
        bench.news();
        bench.files.watched(false);
        bench.files.move("/q/f", "/r/f");
        bench.files.watched(true);
        scanIsOver("/q");
        isFound("/r/f");
        scanIsOver("/r");
        assertThat(bench.news()).containsExactly("moved /q/f -> /r/f*");
    }

    @Test
    void itIsKnownByTheMarkThoughItCannotBeReadWhereItCame() {
        isMoved("/f", "/q/f", file, () -> {});
        bench.marks.begin("other", 1, "w", new Effect.Move("/q/f", "/d/f", file));
        bench.drain();
        bench.files.watched(false);
        bench.files.move("/q/f", "/d/f");
        bench.files.moveOut("/d/f");
        bench.files.watched(true);
        bench.take(new Change(1, EventType.MOVED_IN, at("/d/f"), null, false, null));
        scanIsOver("/q");
        assertThat(bench.news()).containsExactly("moved /q/f -> /d/f*");
    }

    @Test
    void aMoveThatWasToldWithALaterOneIsNotToldOnceMoreWhenItsEventComes() {
        bench.marks.begin("first", 1, "w", new Effect.Create("/q", true), new Effect.Move("/f", "/q/f", file));
        bench.marks.begin("second", 1, "w", new Effect.Move("/q/f", "/d/f", file));
        bench.marks.begin("third", 1, "w", new Effect.Move("/d/f", "/d/g", file));
        bench.marks.begin("fourth", 1, "w", new Effect.Move("/d/g", "/q/g", file));
        bench.files.mkdir("/q");
        bench.drain().news();
        bench.files.watched(false);
        bench.files.move("/f", "/q/g");
        bench.files.watched(true);
        bench.take(new ScanStarted(1, at("/q"), ScanReason.CREATED_DIRECTORY));
        Found ahead = new Found(1, at("/q/g"), stat("/q/g"), ScanReason.MOVED_IN_DIRECTORY);
        bench.take(new Left(1, at("/f"), List.of(ahead)));
        assertThat(bench.news()).containsExactly("moved /f -> /q/g*");
        bench.take(new Change(1, EventType.MOVED_IN, at("/d/f"), null, false, null));
        bench.take(new Change(1, EventType.MOVED, at("/d/g"), at("/d/f"), false, null));
        assertThat(bench.news()).isEmpty();
    }

    @Test
    void aDirectoryKnownOnlyBySomethingInItIsForgottenWithThat() {
        bench.take(new Change(1, EventType.MOVED, at("/n/f"), at("/f"), false, stat("/f")));
        bench.take(new Change(1, EventType.DELETED, at("/n/f"), null, false, null));
        assertThat(bench.baseline.find(at("/n"))).isEmpty();
    }
}
