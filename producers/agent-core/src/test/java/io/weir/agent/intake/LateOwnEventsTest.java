package io.weir.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.GapOpened;
import io.weir.agent.source.Observation.Left;
import io.weir.agent.source.Observation.ScanFinished;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Place;
import io.weir.schemas.marks.Effect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What actions did is told apart though actions overlap, or the stream lost or was late to show it. */
class LateOwnEventsTest {
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
        return stat(path).fileId();
    }

    private FileStat stat(String path) {
        return bench.files.stat(at(path)).orElseThrow();
    }

    private Place at(String path) {
        return bench.files.place(path);
    }

    private Effect mode(String path, String mode) {
        return new Effect.SetFields(path, file, Map.of("mode", mode), false);
    }

    private Effect move(String from, String to) {
        return new Effect.Move(from, to, file);
    }

    @Test
    void whatAnActionThatHasEndedSetIsNotForeignToAnotherThatBeganBesideIt() {
        bench.marks.begin("one", 1, "w1", mode("/d/a", "0640"));
        bench.marks.begin("other", 1, "w2", mode("/d/a", "0600"));
        bench.files.chmod("/d/a", 0600);
        bench.files.chmod("/d/a", 0640);
        bench.marks.end("one", 1, mode("/d/a", "0640"));
        bench.drain();
        bench.marks.end("other", 1, mode("/d/a", "0600"));
        assertThat(bench.drain().news()).allMatch(line -> line.endsWith("*"));
        assertThat(bench.files.marks()).isEmpty();
    }

    @Test
    void itsMarksStaySoLongSinceTheAgentMayBeKilled() {
        bench.marks.begin("one", 1, "w1", mode("/d/a", "0640"));
        bench.marks.begin("other", 1, "w2", mode("/d/a", "0600"));
        bench.marks.end("one", 1, mode("/d/a", "0640"));
        bench.drain();
        assertThat(bench.files.marks()).containsKeys("one.1.begin", "one.1.end");
    }

    @Test
    void whatAProgramDoesInItsScopeIsNotForeignToAnotherAction() {
        bench.files.move("/d/a", "/out/a");
        bench.drain().news();
        bench.marks.begin("act", 1, "w1", mode("/out/a", "0640"));
        bench.files.chmod("/out/a", 0640);
        bench.marks.end("act", 1, mode("/out/a", "0640"));
        bench.marks.begin("run", 1, "w2", new Effect.Scope(List.of("/out/**")));
        bench.files.chmod("/out/a", 0600);
        bench.marks.end("run", 1);
        assertThat(bench.drain().news()).isNotEmpty().allMatch(line -> line.endsWith("*"));
        bench.files.chmod("/out/a", 0777);
        assertThat(bench.drain().news()).containsExactly("attributes-changed /out/a");
    }

    @Test
    void severalMovesOneAfterAnotherExplainWhatOnlyShowsTheirEnds() {
        bench.marks.begin("one", 1, "w", move("/d/a", "/out/b"));
        bench.files.move("/d/a", "/out/b");
        bench.marks.end("one", 1, move("/d/a", "/out/b"));
        bench.marks.begin("two", 1, "w", move("/out/b", "/out/c"));
        bench.files.move("/out/b", "/out/c");
        bench.marks.end("two", 1, move("/out/b", "/out/c"));
        bench.files.overflow();
        bench.scan(ScanReason.REPAIR).drain();
        assertThat(bench.news()).containsExactly("moved /d/a -> /out/c?*");
        assertThat(bench.files.marks()).isEmpty();
    }

    @Test
    void aMoveIsOursThoughItsDirectoryWasMovedMeanwhile() {
        bench.marks.begin("one", 1, "w", move("/d/a", "/out/a"));
        bench.drain();
        bench.files.move("/d/a", "/out/a");
        bench.files.move("/d", "/e");
        bench.files.overflow();
        bench.scan(ScanReason.REPAIR);
        assertThat(bench.news()).containsExactly("moved /d -> /e?", "moved /e/a -> /out/a?*");
    }

    @Test
    void somebodyElsesDeletionIsForeignThoughAMoveIsDeclared() {
        Effect both = new Effect.Move("/d", "/e", directory);
        bench.files.drop("/b", 1);
        Effect alone = new Effect.Move("/b", "/c", id("/b"));
        bench.drain().news();
        bench.marks.begin("act", 1, "w", both, alone);
        bench.files.delete("/d/a");
        bench.files.delete("/b");
        bench.marks.end("act", 1);
        assertThat(bench.drain().news()).containsExactly("deleted /d/a", "deleted /b");
    }

    @Test
    void aDeletionBelowADirectoryThatIsStillToBeMovedIsForeignThoughNobodySawIt() {
        bench.marks.begin("act", 1, "w", new Effect.Move("/d", "/e", directory));
        bench.drain();
        bench.files.delete("/d/a");
        bench.files.overflow();
        bench.scan(ScanReason.REPAIR);
        assertThat(bench.news()).containsExactly("deleted /d/a?");
    }

    @Test
    void whoRemovesWhatAnActionMovedIsSomebodyElseThoughNobodySawEither() {
        bench.marks.begin("act", 1, "w", move("/d/a", "/out/a"));
        bench.files.move("/d/a", "/out/a");
        bench.marks.end("act", 1, move("/d/a", "/out/a"));
        bench.files.delete("/out/a");
        bench.files.overflow();
        bench.scan(ScanReason.REPAIR);
        assertThat(bench.news()).containsExactly("moved /d/a -> /out/a?*", "deleted /out/a?");
    }

    @Test
    void whatAnActionMovedIsNotGoneThoughAnotherFileIsFoundInItsPlaceFirst() {
        bench.marks.begin("act", 1, "w", move("/d/a", "/out/a"));
        bench.files.move("/d/a", "/out/a");
        bench.marks.end("act", 1, move("/d/a", "/out/a"));
        bench.files.create("/d/a");
        bench.files.overflow();
        bench.scan(ScanReason.REPAIR);
        assertThat(bench.news()).containsExactly("moved /d/a -> /out/a?*", "created /d/a?");
    }

    @Test
    void anAttemptThatFindsDoneWhatWasToldLongAgoTellsNothing() {
        bench.marks.begin("act", 1, "w1", move("/d/a", "/out/a"));
        bench.files.move("/d/a", "/out/a");
        bench.marks.end("act", 1, move("/d/a", "/out/a"));
        bench.files.move("/out/a", "/out/b");
        bench.drain().news();
        bench.marks.begin("act", 2, "w2", move("/d/a", "/out/a"));
        bench.marks.end("act", 2, move("/d/a", "/out/a"));
        assertThat(bench.drain().news()).isEmpty();
    }

    @Test
    void marksOutliveARepairThatAnOverflowCutsShort() {
        bench.take(new GapOpened(1, at("/"), "overflow", "simulated"));
        bench.take(new ScanStarted(1, at("/"), ScanReason.REPAIR));
        bench.files.watched(false);
        bench.files.chmod("/d/a", 0600);
        bench.files.watched(true);
        bench.marks.begin("act", 1, "w", mode("/d/a", "0600"));
        bench.marks.end("act", 1);
        bench.drain().news();
        bench.take(new ScanFinished(1, at("/"), ScanReason.REPAIR, false));
        assertThat(bench.files.marks()).containsKey("act.1.begin");
        bench.scan(ScanReason.REPAIR).drain();
        assertThat(bench.files.marks()).isEmpty();
    }

    @Test
    void endMarksThatAnOverflowOfTheFirstScanLostAreRead() {
        bench.kill();
        bench.files.watched(true);
        bench.take(new ScanStarted(1, at("/"), ScanReason.START));
        bench.marks.begin("act", 1, "w", mode("/d/a", "0600"));
        bench.drain();
        bench.marks.end("act", 1, mode("/d/a", "0600"));
        bench.files.overflow();
        bench.take(new GapOpened(1, at("/"), "overflow", "simulated"));
        bench.take(new ScanFinished(1, at("/"), ScanReason.START, false));
        bench.scan(ScanReason.START).drain();
        assertThat(bench.files.marks()).isEmpty();
    }

    @Test
    void ofTwoThatMakeTheSameTheFirstExplainsWhatIsFoundFirst() {
        Effect made = new Effect.Create("/q", true);
        bench.take(new GapOpened(1, at("/"), "overflow", "simulated"));
        bench.marks.begin("one", 1, "w", made);
        bench.files.overflow();
        bench.files.mkdir("/q");
        bench.files.overflow();
        bench.marks.end("one", 1, made);
        bench.take(new ScanStarted(1, at("/"), ScanReason.REPAIR));
        bench.drain().news();
        Found first = new Found(1, at("/q"), stat("/q"), ScanReason.REPAIR);
        bench.files.move("/q", "/r");
        bench.marks.begin("two", 1, "w", made);
        bench.files.mkdir("/q");
        bench.take(first);
        assertThat(bench.drain().news()).containsExactly("created /q?*", "moved /q -> /r", "created /q*");
    }

    @Test
    void whatChangedBeforeANewDirectoryWasWatchedIsTold() {
        Effect made = new Effect.Create("/q", true);
        bench.marks.begin("act", 1, "w", made, move("/d/a", "/q/a"));
        bench.files.mkdir("/q");
        bench.one();
        bench.one();
        bench.news();
        bench.files.watched(false);
        bench.files.move("/d/a", "/q/a");
        bench.files.chown("/q/a", 5, 5);
        bench.files.watched(true);
        bench.take(new ScanStarted(1, at("/q"), ScanReason.CREATED_DIRECTORY));
        Found found = new Found(1, at("/q/a"), stat("/q/a"), ScanReason.CREATED_DIRECTORY);
        bench.take(new Left(1, at("/d/a"), List.of(found)));
        bench.take(found);
        assertThat(bench.news()).containsExactly("moved /d/a -> /q/a*", "attributes-changed /q/a?");
    }

    @Test
    void whereAnActionMovedAFileIsKnownThoughItIsNotFoundThereYet() {
        bench.marks.begin("act", 1, "w", new Effect.Create("/q", true), move("/d/a", "/q/a"));
        bench.files.mkdir("/q");
        bench.one();
        bench.one();
        bench.news();
        bench.files.watched(false);
        bench.files.move("/d/a", "/q/a");
        bench.files.watched(true);
        bench.take(new ScanStarted(1, at("/q"), ScanReason.CREATED_DIRECTORY));
        bench.take(new Left(1, at("/d/a"), List.of()));
        assertThat(bench.news()).containsExactly("moved /d/a -> /q/a*");
    }

    @Test
    void whatComesInWhileAScanGoesOnAndIsKnownElsewhereHasMoved() {
        bench.files.watched(false);
        bench.files.move("/d", "/out/d");
        bench.files.chown("/out/d/a", 5, 5);
        bench.files.watched(true);
        bench.take(new GapOpened(1, at("/"), "overflow", "simulated"));
        bench.take(new ScanStarted(1, at("/"), ScanReason.REPAIR));
        bench.news();
        bench.take(new Change(1, EventType.MOVED_IN, at("/out/d"), null, true, stat("/out/d")));
        bench.take(new ScanStarted(1, at("/out/d"), ScanReason.MOVED_IN_DIRECTORY));
        bench.take(new Found(1, at("/out/d/a"), stat("/out/d/a"), ScanReason.MOVED_IN_DIRECTORY));
        assertThat(bench.news()).containsExactly("moved /d -> /out/d", "attributes-changed /out/d/a?");
    }

    @Test
    void aScanGoesOnInADirectoryThatIsMovedMeanwhile() {
        bench.marks.begin("act", 1, "w", new Effect.Move("/elsewhere", "/n", "8:77"));
        bench.drain();
        FileStat moved = new FileStat("8:77", "directory", 0, 0755, 1, 1, 1, 1, 1, 1);
        FileStat inIt = new FileStat("8:78", "file", 0, 0644, 1, 1, 1, 1, 1, 1);
        bench.take(new Change(1, EventType.MOVED_IN, at("/n"), null, true, moved));
        bench.take(new ScanStarted(1, at("/n"), ScanReason.MOVED_IN_DIRECTORY));
        bench.take(new Change(1, EventType.MOVED, at("/out/n"), at("/n"), true, moved));
        bench.take(new Found(1, at("/out/n/f"), inIt, ScanReason.MOVED_IN_DIRECTORY));
        assertThat(bench.news()).containsExactly("moved-in /n*", "moved /n -> /out/n", "moved-in /out/n/f*");
    }

    @Test
    void whatAProgramDidToAFileThatMovedOnIsNotNewsLater() {
        bench.files.move("/d/a", "/out/a");
        bench.drain().news();
        bench.marks.begin("run", 1, "w", new Effect.Scope(List.of("/out/**")));
        bench.files.chmod("/out/a", 0600);
        bench.marks.end("run", 1);
        bench.files.move("/out/a", "/d/a");
        assertThat(bench.drain().news()).containsExactly("attributes-changed /out/a*", "moved /out/a -> /d/a");
        bench.files.overflow();
        assertThat(bench.scan(ScanReason.REPAIR).drain().news()).isEmpty();
    }

    @Test
    void whatIsFoundIsReadAgainIfTheStreamHasToldMore() {
        FileStat before = stat("/d/a");
        bench.take(new ScanStarted(1, at("/"), ScanReason.REPAIR));
        bench.files.chmod("/d/a", 0600);
        bench.drain().news();
        bench.take(new Found(1, at("/d/a"), before, ScanReason.REPAIR));
        assertThat(bench.news()).isEmpty();
    }

    @Test
    void aWayThatLeadsThroughAPlaceTwiceIsToldAsAWhole() {
        Effect[] moves = {
            new Effect.Create("/q", true),
            move("/d/a", "/d/l"),
            move("/d/l", "/q/l"),
            move("/q/l", "/d/l"),
            move("/d/l", "/out/l")
        };
        bench.take(new GapOpened(1, at("/"), "overflow", "simulated"));
        bench.take(new ScanStarted(1, at("/"), ScanReason.REPAIR));
        bench.marks.begin("act", 1, "w", moves);
        bench.drain().news();
        bench.files.watched(false);
        bench.files.move("/d/a", "/out/l");
        bench.files.watched(true);
        bench.take(new Found(1, at("/out/l"), stat("/out/l"), ScanReason.REPAIR));
        assertThat(bench.news()).containsExactly("moved /d/a -> /out/l?*");
        bench.take(new Change(1, EventType.MOVED_IN, at("/d/l"), null, false, null));
        assertThat(bench.baseline.find(at("/d/l"))).isEmpty();
        bench.take(new Change(1, EventType.MOVED, at("/out/l"), at("/d/l"), false, stat("/out/l")));
        assertThat(bench.news()).isEmpty();
    }

    @Test
    void whatAProgramDidIsKnownWhereAnActionHasMovedTheFileSince() {
        Effect made = new Effect.Create("/q", true);
        bench.take(new GapOpened(1, at("/"), "overflow", "simulated"));
        bench.take(new ScanStarted(1, at("/"), ScanReason.REPAIR));
        bench.marks.begin("run", 1, "w", new Effect.Scope(List.of("/d/**")));
        bench.marks.end("run", 1, new Effect.Scope(List.of("/d/**")));
        bench.marks.begin("act", 1, "w", made, move("/d/a", "/q/a"));
        bench.files.mkdir("/q");
        bench.drain().news();
        bench.files.watched(false);
        bench.files.chmod("/d/a", 0600);
        bench.files.move("/d/a", "/q/a");
        bench.files.watched(true);
        bench.take(new ScanStarted(1, at("/q"), ScanReason.CREATED_DIRECTORY));
        bench.take(new Left(1, at("/d/a"), List.of()));
        bench.take(new Found(1, at("/q/a"), stat("/q/a"), ScanReason.REPAIR));
        assertThat(bench.news()).containsExactly("moved /d/a -> /q/a*", "attributes-changed /q/a?*");
    }

    @Test
    void aProgramThatBeganWhenTheFileHadBeenMovedDidNotWriteToIt() {
        bench.marks.begin("act", 1, "w", new Effect.Create("/q", true), move("/d/a", "/q/a"));
        bench.files.mkdir("/q");
        bench.one();
        bench.one();
        bench.take(new ScanStarted(1, at("/q"), ScanReason.CREATED_DIRECTORY));
        bench.files.watched(false);
        bench.files.write("/d/a", 9);
        bench.files.move("/d/a", "/q/a");
        bench.files.watched(true);
        bench.marks.end("act", 1, new Effect.Create("/q", true), move("/d/a", "/q/a"));
        bench.marks.begin("run", 1, "w", new Effect.Scope(List.of("/d/**")));
        bench.take(new Left(1, at("/d/a"), List.of()));
        bench.drain().news();
        bench.take(new Found(1, at("/q/a"), stat("/q/a"), ScanReason.CREATED_DIRECTORY));
        assertThat(bench.pass(300).news()).containsExactly("written /q/a?");
    }

    @Test
    void aFileThatWasReadInPlaceOfAnotherIsTheOneThatAnActionMovedThere() {
        bench.files.drop("/d/b", 1);
        bench.drain().pass(300).news();
        Effect other = new Effect.Move("/d/b", "/out/l", id("/d/b"));
        bench.marks.begin("one", 1, "w", move("/d/a", "/out/l"));
        bench.files.move("/d/a", "/out/l");
        bench.files.delete("/out/l");
        bench.marks.begin("two", 1, "w", other);
        bench.files.move("/d/b", "/out/l");
        bench.marks.begin("set", 1, "w", new Effect.SetFields("/out/l", id("/out/l"), Map.of("mode", "0600"), false));
        bench.files.chmod("/out/l", 0600);
        bench.one();
        bench.one();
        assertThat(bench.news()).as("what is read is the other file").containsExactly("moved /d/a -> /out/l*");
        bench.files.overflow();
        bench.scan(ScanReason.REPAIR);
        assertThat(bench.news()).containsExactly("moved /d/b -> /out/l?*");
        assertThat(bench.scan(ScanReason.REPAIR).news()).isEmpty();
    }

    @Test
    void whatAnActionMadeUnderANameThatWasOpenIsNotOwedAsWritten() {
        bench.files.create("/d/x");
        bench.files.move("/d/x", "/d/y");
        bench.one();
        assertThat(bench.news()).as("gone before it could be read").containsExactly("created /d/x");
        Effect made = new Effect.Create("/d/x", false);
        bench.marks.begin("act", 1, "w", made);
        bench.files.drop("/d/x", 5);
        bench.marks.end("act", 1, made);
        bench.files.overflow();
        bench.scan(ScanReason.REPAIR).drain().pass(300).news();
        assertThat(bench.files.marks()).isEmpty();
        assertThat(bench.scan(ScanReason.REPAIR).pass(300).news()).isEmpty();
    }
}
