package io.weir.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.baseline.Flag;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.Left;
import io.weir.agent.source.Observation.MarkSeen;
import io.weir.agent.source.Observation.Order;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Place;
import io.weir.schemas.marks.Effect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the stream tells of a file after the file was read, or lost. */
class ReadAheadTest {
    private final Bench bench = new Bench();
    private String file = "";

    @BeforeEach
    void aFile() {
        bench.files.drop("/a", 1);
        bench.start().drain().news();
        file = bench.files.stat(bench.files.place("/a")).orElseThrow().fileId();
    }

    @Test
    void whatAnotherActionMovedBackIsItsDoingThoughTheStreamLostBoth() {
        Effect there = new Effect.Move("/a", "/b", file);
        Effect back = new Effect.Move("/b", "/a", file);
        bench.marks.begin("act", 1, "w", there);
        bench.drain();
        bench.files.move("/a", "/b");
        bench.marks.begin("back", 1, "w", back);
        bench.files.move("/b", "/a");
        bench.files.overflow();
        bench.marks.end("act", 1, there);
        bench.marks.end("back", 1, back);
        assertThat(bench.drain().news()).containsExactly("moved /a -> /b?*", "moved /b -> /a?*");
    }

    @Test
    void anotherFileThatIsFoundWhereAnActionMovedOneIsSomebodyElses() {
        bench.marks.begin("act", 1, "w", new Effect.Move("/a", "/b", file));
        bench.drain();
        bench.files.move("/a", "/b");
        bench.files.create("/d");
        bench.files.move("/d", "/b");
        bench.files.overflow();
        assertThat(bench.scan(ScanReason.REPAIR).news()).contains("created /b?");
    }

    @Test
    void whatWasToldAheadOfTheStreamIsNoNewsThoughItHasMovedOnSince() {
        Place there = bench.files.place("/q/a");
        bench.marks.begin("act", 1, "w", new Effect.Create("/q", true), new Effect.Move("/a", "/q/a", file));
        bench.files.mkdir("/q");
        bench.drain().news();
        bench.files.watched(false);
        bench.files.move("/a", "/q/a");
        bench.take(new ScanStarted(1, bench.files.place("/q"), ScanReason.CREATED_DIRECTORY));
        bench.take(new Left(1, bench.files.place("/a"), List.of()));
        bench.files.move("/q/a", "/q/b");
        bench.take(new Change(1, EventType.MOVED_IN, there, null, false, null));
        assertThat(bench.news()).containsExactly("moved /a -> /q/a*");
        bench.take(new Change(1, EventType.MOVED_IN, there, null, false, null));
        assertThat(bench.news()).containsExactly("moved-in /q/a");
    }

    @Test
    void whatWasFoundElsewhereAndCameBackIsComparedWhereItIs() {
        bench.take(new ScanStarted(1, bench.files.place("/"), ScanReason.REPAIR));
        bench.marks.begin("act", 1, "w", new Effect.Move("/a", "/b", file));
        bench.files.move("/a", "/b");
        bench.files.write("/b", 2);
        bench.files.overflow();
        Place there = bench.files.place("/b");
        Found found = new Found(1, there, bench.files.stat(there).orElseThrow(), ScanReason.REPAIR);
        bench.files.move("/b", "/a");
        bench.take(found);
        assertThat(bench.drain().pass(300).news()).containsExactly("moved /b -> /a", "written /a?");
    }

    private Change attributes(Order order) {
        Place place = bench.files.place("/a");
        FileStat now = bench.files.stat(place).orElseThrow();
        return new Change(1, EventType.ATTRIBUTES_CHANGED, place, null, false, now, order);
    }

    @Test
    void whatWasToldIsNotOwedThoughTheFileHasMovedOnBeforeTheSecondEventIsRead() {
        bench.files.chown("/a", 5, 5);
        bench.take(attributes(new Order(1, 2)));
        Place there = bench.files.place("/a");
        bench.take(new Change(1, EventType.ATTRIBUTES_CHANGED, there, null, false, null, new Order(2, 9)));
        assertThat(bench.news()).containsExactly("attributes-changed /a");
        assertThat(bench.baseline.find(there).orElseThrow().is(Flag.ATTRIBUTES_OWED))
                .isFalse();
    }

    private void aProgramSetsTheModeAfterTwoEventsOfWhichOneIsTold() {
        bench.files.chown("/a", 5, 5);
        bench.take(attributes(new Order(1, 2)));
        assertThat(bench.news()).containsExactly("attributes-changed /a");
        bench.marks.begin("run", 1, "w", new Effect.Scope(List.of("/**")));
        bench.files.chmod("/a", 0600);
    }

    @Test
    void anEventQueuedBeforeTheFileWasReadIsNoNewsThoughAProgramHasChangedTheFileSince() {
        aProgramSetsTheModeAfterTwoEventsOfWhichOneIsTold();
        bench.take(attributes(new Order(2, 3)));
        assertThat(bench.news()).isEmpty();
    }

    @Test
    void anEventQueuedLaterIsForeignWhateverAProgramHasChanged() {
        aProgramSetsTheModeAfterTwoEventsOfWhichOneIsTold();
        bench.take(attributes(new Order(3, 3)));
        assertThat(bench.news()).containsExactly("attributes-changed /a");
    }

    @Test
    void afterALossTheStreamCountsAnew() {
        bench.files.chown("/a", 5, 5);
        bench.take(attributes(new Order(1, 9)));
        bench.files.overflow();
        bench.scan(ScanReason.REPAIR).drain().news();
        bench.files.chown("/a", 6, 6);
        bench.take(attributes(new Order(2, 2)));
        assertThat(bench.news()).containsExactly("attributes-changed /a");
    }

    @Test
    void whatWasToldWhenAFileWasFoundToHaveMovedIsNotToldAgain() {
        Place there = bench.files.place("/b");
        Change unread = new Change(1, EventType.ATTRIBUTES_CHANGED, bench.files.place("/a"), null, false, null);
        bench.files.move("/a", "/b");
        bench.files.chown("/b", 5, 5);
        bench.files.overflow();
        bench.take(unread);
        FileStat now = bench.files.stat(there).orElseThrow();
        bench.take(new Change(1, EventType.MOVED, there, bench.files.place("/a"), false, now, new Order(2, 3)));
        assertThat(bench.news()).containsExactly("moved /a -> /b", "attributes-changed /b");
        bench.files.chmod("/b", 0600); // a program's, which is still to come
        FileStat later = bench.files.stat(there).orElseThrow();
        bench.take(new Change(1, EventType.ATTRIBUTES_CHANGED, there, null, false, later, new Order(3, 9)));
        assertThat(bench.news()).isEmpty();
    }

    @Test
    void aMoveIsKnownByTheFileThatCameThoughAnotherWasReadUnderItsOldName() {
        FileStat another = bench.files.stat(bench.files.place("/a")).orElseThrow();
        bench.files.drop("/x", 1);
        bench.files.overflow();
        FileStat moved = bench.files.stat(bench.files.place("/x")).orElseThrow();
        bench.take(new Change(1, EventType.CREATED, bench.files.place("/x"), null, false, another));
        bench.marks.begin("act", 1, "w", new Effect.Move("/x", "/y", moved.fileId()));
        bench.drain().news();
        bench.take(new Change(1, EventType.MOVED, bench.files.place("/y"), bench.files.place("/x"), false, moved));
        assertThat(bench.news()).containsExactly("moved /x -> /y*");
    }

    @Test
    void whatSomebodyWroteBeforeAProgramCameIsToldThoughTheClosingFallsIntoItsWindow() {
        bench.files.drop("/o", 1);
        bench.drain().news();
        bench.files.write("/o", 2);
        bench.drain();
        bench.files.write("/o", 3);
        bench.drain();
        bench.marks.begin("run", 1, "w", new Effect.Scope(List.of("/**")));
        bench.files.close("/o");
        assertThat(bench.drain().news()).containsExactly("modified /o", "modified /o", "written /o*");
    }

    private void seen(String mark, long queued, long readBehind) {
        bench.take(new MarkSeen(1, "vol", mark, new Order(queued, readBehind)));
    }

    /** An action ends; that somebody else has set the mode since is told at its end, read after all that happened so far. */
    private Effect anActionIsComparedLate() {
        Effect mode = new Effect.SetFields("/a", file, Map.of("mode", "0640"), false);
        bench.marks.begin("act", 1, "w", mode);
        bench.marks.end("act", 1, mode);
        bench.files.chmod("/a", 0777);
        bench.files.overflow();
        seen("act.1.begin", 1, 9);
        seen("act.1.end", 2, 9);
        assertThat(bench.news()).containsExactly("attributes-changed /a");
        return mode;
    }

    @Test
    void whatWasToldAtAnActionsEndIsNoNewsWhenItsEventComes() {
        anActionIsComparedLate();
        bench.files.chmod("/a", 0600); // a program's, which is still to come
        bench.take(attributes(new Order(3, 12)));
        assertThat(bench.news()).isEmpty();
    }

    @Test
    void whatWasToldAtAnActionsEndIsNotToldAgainAtTheEndOfOneThatHadEndedByThen() {
        Effect mode = anActionIsComparedLate();
        bench.marks.begin("other", 1, "w", mode);
        bench.marks.end("other", 1, mode);
        bench.files.chown("/a", 1, 1); // as it was, but for the time
        bench.files.overflow();
        seen("other.1.begin", 3, 12);
        seen("other.1.end", 4, 12);
        assertThat(bench.news()).isEmpty();
    }

    @Test
    void ofSeveralMovesThatWereToldAsOneTheirOwnEventsAreNoNews() {
        Effect one = new Effect.Move("/a", "/q/a", file);
        Effect two = new Effect.Move("/q/a", "/r/a", file);
        Place there = bench.files.place("/r/a");
        bench.files.mkdir("/q");
        bench.files.mkdir("/r");
        bench.marks.begin("one", 1, "w", one);
        bench.drain().news();
        bench.marks.begin("two", 1, "w", two);
        bench.files.move("/a", "/r/a");
        bench.files.overflow();
        bench.take(new ScanStarted(1, bench.files.place("/r"), ScanReason.CREATED_DIRECTORY));
        FileStat now = bench.files.stat(there).orElseThrow();
        Found found = new Found(1, there, now, ScanReason.CREATED_DIRECTORY);
        bench.take(new Left(1, bench.files.place("/a"), List.of(found)));
        assertThat(bench.news()).containsExactly("moved /a -> /r/a*");
        bench.take(new Change(1, EventType.MOVED_IN, bench.files.place("/q/a"), null, false, null));
        assertThat(bench.news()).isEmpty();
    }
}
