package io.weir.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.ScanFinished;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Place;
import io.weir.schemas.marks.Effect;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files go and come while a comparison is under way that has not come upon them. */
class DuringAScanTest {
    private final Bench bench = new Bench();

    @BeforeEach
    void begin() {
        bench.start().drain().news();
    }

    /** A scan begins, and a directory goes where it has not come yet. */
    private Found aDirectoryLeavesDuringAScan() {
        bench.files.mkdir("/deep");
        bench.files.drop("/deep/in", 1);
        bench.files.mkdir("/far");
        bench.drain().news();
        bench.take(new ScanStarted(1, bench.files.place("/"), ScanReason.REPAIR));
        bench.files.delete("/deep/in");
        bench.files.move("/deep", "/far/deep");
        bench.files.overflow();
        bench.take(new Change(1, EventType.MOVED_OUT, bench.files.place("/deep"), null, true, null));
        Place there = bench.files.place("/far/deep");
        return new Found(1, there, bench.files.stat(there).orElseThrow(), ScanReason.REPAIR);
    }

    @Test
    void whatLeavesDuringAScanThatComesUponItElsewhereHasMovedAndWhatIsGoneFromItIsTold() {
        Found found = aDirectoryLeavesDuringAScan();
        assertThat(bench.news()).isEmpty();
        bench.take(found);
        bench.take(new ScanFinished(1, bench.files.place("/"), ScanReason.REPAIR, true));
        assertThat(bench.news()).containsExactly("moved /deep -> /far/deep?", "deleted /far/deep/in?");
    }

    @Test
    void whatLeavesDuringAScanAndIsFoundNowhereWentOutOfSight() {
        aDirectoryLeavesDuringAScan();
        bench.take(new ScanFinished(1, bench.files.place("/"), ScanReason.REPAIR, true));
        assertThat(bench.news()).containsExactly("moved-out /deep");
    }

    @Test
    void whatLeftIsToldBeforeAnotherComesToItsPlace() {
        aDirectoryLeavesDuringAScan();
        bench.files.create("/deep");
        assertThat(bench.drain().news()).containsExactly("moved-out /deep", "created /deep");
    }

    @Test
    void whatAnActionMovedIsLookedForThoughAnotherCameToItsPlaceBeforeTheScanWasThere() {
        bench.files.mkdir("/far");
        bench.files.drop("/x", 1);
        bench.drain().news();
        String file = bench.files.stat(bench.files.place("/x")).orElseThrow().fileId();
        bench.marks.begin("act", 1, "w", new Effect.Move("/x", "/far/x", file));
        bench.take(new ScanStarted(1, bench.files.place("/"), ScanReason.REPAIR));
        bench.files.move("/x", "/far/x");
        bench.files.move("/far", "/farther");
        bench.files.overflow();
        bench.files.create("/x");
        bench.drain();
        for (String path : List.of("/", "/farther", "/farther/x", "/x")) {
            Place place = bench.files.place(path);
            bench.take(new Found(1, place, bench.files.stat(place).orElseThrow(), ScanReason.REPAIR));
        }
        bench.take(new ScanFinished(1, bench.files.place("/"), ScanReason.REPAIR, true));
        assertThat(bench.news()).containsExactly("moved /x -> /far/x?*", "created /x", "moved /far -> /farther?");
    }

    @Test
    void attributesOfADirectoryThatComesInAndIsKnownElsewhereAreCompared() {
        bench.files.mkdir("/deep");
        bench.files.mkdir("/far");
        bench.drain().news();
        bench.files.move("/deep", "/far/deep");
        bench.files.chown("/far/deep", 5, 5);
        bench.files.overflow();
        bench.take(new ScanStarted(1, bench.files.place("/"), ScanReason.REPAIR));
        Place there = bench.files.place("/far/deep");
        bench.take(new Change(
                1,
                EventType.MOVED_IN,
                there,
                null,
                true,
                bench.files.stat(there).orElseThrow()));
        assertThat(bench.news()).containsExactly("moved /deep -> /far/deep", "attributes-changed /far/deep?");
    }

    @Test
    void whatMovesIsNotWhatTheBaselineHasThereIfThatIsADirectory() {
        bench.files.mkdir("/deep");
        bench.files.drop("/deep/in", 1);
        bench.drain().news();
        bench.files.delete("/deep/in");
        bench.files.delete("/deep");
        bench.files.create("/deep");
        bench.files.overflow();
        bench.take(new ScanStarted(1, bench.files.place("/"), ScanReason.REPAIR));
        bench.files.move("/deep", "/far");
        assertThat(bench.drain().news())
                .containsExactly(
                        "deleted /deep/in?",
                        "deleted /deep?",
                        "created /deep?",
                        "written /deep?",
                        "moved /deep -> /far");
    }

    @Test
    void whatIsMadeWhereTheBaselineHasSomethingThatNobodySawSinceIsNew() {
        bench.files.drop("/x", 1);
        bench.drain().news();
        bench.files.delete("/x");
        bench.files.overflow();
        bench.take(new ScanStarted(1, bench.files.place("/"), ScanReason.REPAIR));
        bench.take(new Change(1, EventType.CREATED, bench.files.place("/x"), null, false, null));
        assertThat(bench.news()).containsExactly("deleted /x?", "created /x");
    }

    @Test
    void anotherNameOfAFileThatIsRenamedMeanwhileIsNotWhereItWent() {
        bench.take(new ScanStarted(1, bench.files.place("/"), ScanReason.REPAIR));
        FileStat linked = new FileStat("8:7", "file", 1, 0644, 1, 1, 2, 1, 1, 1);
        bench.take(new Found(1, bench.files.place("/name"), linked, ScanReason.REPAIR));
        bench.take(new Found(1, bench.files.place("/other"), linked, ScanReason.REPAIR));
        Place name = bench.files.place("/name");
        bench.take(new Change(1, EventType.MOVED, bench.files.place("/name~"), name, false, null));
        assertThat(bench.news())
                .containsExactly("created /name?", "created /other?", "written /name?", "moved /name -> /name~");
    }

    /** What is at a place now, though the stream told of it when another file was there. */
    private Change readLate(String type, @Nullable String from, String path) {
        Place place = bench.files.place(path);
        Place previous = from == null ? null : bench.files.place(from);
        return new Change(
                1, type, place, previous, false, bench.files.stat(place).orElseThrow());
    }

    private void aFileThatTheScanCameUponMovesOnUntold(String from, String to) {
        bench.files.drop(from, 1);
        bench.drain().news();
        bench.take(new ScanStarted(1, bench.files.place("/"), ScanReason.REPAIR));
        Place place = bench.files.place(from);
        bench.take(new Found(1, place, bench.files.stat(place).orElseThrow(), ScanReason.REPAIR));
        bench.files.move(from, to);
        bench.files.overflow();
    }

    @Test
    void whatCameInAndWasReadWhenAnotherWasThereIsNotThatOther() {
        aFileThatTheScanCameUponMovesOnUntold("/known", "/x");
        bench.take(readLate(EventType.MOVED_IN, null, "/x"));
        bench.take(new Change(1, EventType.MOVED_OUT, bench.files.place("/x"), null, false, null));
        bench.take(readLate(EventType.MOVED, "/known", "/x"));
        assertThat(bench.news()).containsExactly("moved-in /x", "moved-out /x", "moved /known -> /x");
    }

    @Test
    void whatMovesAndWasReadWhenAnotherWasThereIsNotThatOther() {
        aFileThatTheScanCameUponMovesOnUntold("/known", "/x");
        bench.take(readLate(EventType.MOVED, "/tmp", "/x"));
        bench.take(readLate(EventType.MOVED, "/known", "/x"));
        assertThat(bench.news())
                .containsExactly("created /tmp?", "written /tmp?", "moved /tmp -> /x", "moved /known -> /x");
    }

    @Test
    void whatMovesBeforeTheScanCameUponItIsComparedWhereItWent() {
        bench.files.drop("/x", 1);
        bench.files.create("/half");
        bench.drain().pass(1000).news();
        bench.kill();
        bench.files.write("/x", 7);
        bench.files.watched(true);
        bench.take(new ScanStarted(1, bench.files.place("/"), ScanReason.START));
        bench.files.move("/x", "/y");
        bench.files.move("/half", "/whole");
        bench.drain();
        bench.take(new ScanFinished(1, bench.files.place("/"), ScanReason.START, true));
        assertThat(bench.pass(300).news())
                .containsExactly(
                        "gap / agent-stopped over",
                        "moved /x -> /y",
                        "moved /half -> /whole",
                        "written /y?",
                        "written /whole?");
    }

    @Test
    void whatLeftADirectoryThatIsRenamedMeanwhileIsToldGoneFromThere() {
        bench.files.mkdir("/deep");
        bench.files.drop("/deep/in", 1);
        bench.drain().news();
        bench.take(new ScanStarted(1, bench.files.place("/"), ScanReason.REPAIR));
        bench.files.moveOut("/deep/in");
        bench.files.move("/deep", "/far");
        bench.drain();
        bench.take(new ScanFinished(1, bench.files.place("/"), ScanReason.REPAIR, true));
        assertThat(bench.news()).containsExactly("moved /deep -> /far", "moved-out /far/in");
    }

    @Test
    void whatLeftAndComesBackIsToldAsBoth() {
        aDirectoryLeavesDuringAScan();
        bench.files.move("/far/deep", "/deep");
        bench.files.overflow();
        Place back = bench.files.place("/deep");
        bench.take(new Change(
                1, EventType.MOVED_IN, back, null, true, bench.files.stat(back).orElseThrow()));
        assertThat(bench.news()).containsExactly("moved-out /deep", "moved-in /deep");
    }
}
