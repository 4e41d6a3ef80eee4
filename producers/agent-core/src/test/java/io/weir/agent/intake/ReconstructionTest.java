package io.weir.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.schemas.marks.Effect;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a start after a stop or a repair after an overflow finds out. */
class ReconstructionTest {
    private final Bench bench = new Bench();

    @BeforeEach
    void someFiles() {
        bench.files.mkdir("/d");
        bench.files.drop("/d/a", 1);
        bench.files.drop("/d/b", 2);
        bench.start().drain().pass(1000).news();
    }

    private String file(String path) {
        return bench.files.stat(bench.files.place(path)).orElseThrow().fileId();
    }

    @Test
    void nothingChangedGivesJustTheGap() {
        bench.kill();
        assertThat(bench.start().pass(1000).news()).containsExactly("gap / agent-stopped over");
    }

    @Test
    void aFirstStartTellsNothingOrAllAsAsked() {
        assertThat(new Bench().start().news()).isEmpty();
        Bench emitting = new Bench(true);
        emitting.files.create("/x");
        assertThat(emitting.start().news()).containsExactly("created /?", "created /x?");
    }

    @Test
    void eachDifferenceIsOneEvent() {
        bench.kill();
        bench.files.drop("/d/new", 3);
        bench.files.write("/d/a", 9);
        bench.files.chmod("/d/a", 0600);
        bench.files.delete("/d/b");
        assertThat(bench.start().news())
                .containsExactly(
                        "gap / agent-stopped over", "attributes-changed /d/a?", "created /d/new?", "deleted /d/b?");
        assertThat(bench.pass(300).news()).containsExactlyInAnyOrder("written /d/a?", "written /d/new?");
        bench.kill();
        assertThat(bench.start().pass(1000).news()).containsExactly("gap / agent-stopped over");
    }

    @Test
    void movesAreRecognisedByFileId() {
        bench.kill();
        bench.files.move("/d", "/e");
        bench.files.move("/e/a", "/c");
        bench.files.chmod("/c", 0777);
        assertThat(bench.start().pass(1000).news())
                .containsExactly(
                        "gap / agent-stopped over", "moved /d/a -> /c?", "attributes-changed /c?", "moved /d -> /e?");
    }

    @Test
    void whatAnActionReplacedUnseenIsItsDoing() {
        bench.files.drop("/d/b", 1);
        bench.start().pass(1000).news();
        String file = bench.files.stat(bench.files.place("/d/a")).orElseThrow().fileId();
        String replaced =
                bench.files.stat(bench.files.place("/d/b")).orElseThrow().fileId();
        bench.kill();
        Effect move = new Effect.Move("/d/a", "/d/b", file, replaced);
        bench.marks.begin("act", 1, "w", move);
        bench.files.delete("/d/b");
        bench.files.move("/d/a", "/d/b");
        bench.marks.end("act", 1, move);
        assertThat(bench.start().pass(1000).news())
                .as("each told, and as the action's")
                .contains("moved /d/a -> /d/b?*")
                .allMatch(line -> line.startsWith("gap ") || line.endsWith("*"));
    }

    @Test
    void soItIsWhereAnotherFileIsInTheFormerPlaceByThen() {
        String file = file("/d/a");
        Effect move = new Effect.Move("/d/a", "/d/b", file, file("/d/b"));
        bench.kill();
        bench.marks.begin("act", 1, "w", move);
        bench.files.delete("/d/b");
        bench.files.move("/d/a", "/d/b");
        bench.marks.end("act", 1, move);
        bench.files.drop("/d/a", 7);
        assertThat(bench.start().pass(1000).news())
                .containsExactlyInAnyOrder(
                        "gap / agent-stopped over",
                        "moved /d/a -> /d/b?*",
                        "deleted /d/b?*",
                        "created /d/a?",
                        "written /d/a?");
    }

    @Test
    void whatAProgramDidToItBeforeIsTheProgramsDoing() {
        bench.files.mkdir("/e");
        bench.files.drop("/e/b", 3);
        bench.drain().pass(1000).news();
        String file = file("/d/a");
        Effect scope = new Effect.Scope(List.of("/d/**"));
        Effect move = new Effect.Move("/d/a", "/e/b", file, file("/e/b"));
        bench.kill();
        bench.marks.begin("run", 1, "w", scope);
        bench.files.chmod("/d/a", 0600);
        bench.marks.end("run", 1, scope);
        bench.marks.begin("act", 1, "w", move);
        bench.files.delete("/e/b");
        bench.files.move("/d/a", "/e/b");
        bench.marks.end("act", 1, move);
        bench.files.drop("/d/a", 7);
        assertThat(bench.start().pass(1000).news()).contains("moved /d/a -> /e/b?*", "attributes-changed /e/b?*");
    }

    @Test
    void whatTwoAttemptsHaveMadeOneAfterTheOtherIsWrittenByNobodyElse() {
        Effect create = new Effect.Create("/d/copy", false);
        bench.marks.begin("act", 1, "w1", create);
        bench.marks.begin("act", 2, "w2", create);
        bench.drain().news();
        bench.files.create("/d/copy");
        bench.files.delete("/d/copy");
        bench.one();
        assertThat(bench.news()).as("it could not be read").containsExactly("created /d/copy*");
        bench.kill();
        bench.files.drop("/d/copy", 5);
        bench.marks.end("act", 1, create);
        bench.marks.end("act", 2, create);
        assertThat(bench.start().pass(1000).news()).containsExactly("gap / agent-stopped over");
    }

    @Test
    void anotherFileUnderTheSameNameIsDeletedAndCreated() {
        bench.kill();
        bench.files.delete("/d/a");
        bench.files.drop("/d/a", 1);
        assertThat(bench.start().pass(1000).news())
                .containsExactly("gap / agent-stopped over", "deleted /d/a?", "created /d/a?", "written /d/a?");
    }

    @Test
    void whatWasReplacedUnseenIsFoundInADirectoryThatMovesDuringTheScan() {
        bench.kill();
        bench.files.delete("/d/a");
        bench.files.drop("/d/a", 1);
        bench.files.watched(true);
        List<Observation> scan = bench.files.scan(ScanReason.START);
        bench.take(scan.get(0));
        bench.files.move("/d", "/e");
        bench.drain().scan("/e", ScanReason.MOVED_IN_DIRECTORY); // the scan from the start comes too late to see /d
        bench.take(scan.get(scan.size() - 1));
        assertThat(bench.news())
                .containsExactly("gap / agent-stopped over", "moved /d -> /e", "deleted /e/a?", "moved-in /e/a");
    }

    @Test
    void whatIsFoundWhereAnotherFileIsAboutToLeaveIsNotThatFile() {
        bench.files.overflow();
        List<Observation> scan = bench.files.scan(ScanReason.REPAIR);
        bench.take(scan.get(0));
        bench.files.move("/d/a", "/x");
        bench.files.drop("/d/a", 7);
        FileStat later = bench.files.stat(bench.files.place("/d/a")).orElseThrow();
        bench.take(new Observation.Found(
                1, bench.files.place("/d/a"), later, ScanReason.REPAIR, Observation.Closing.BY_STREAM, true));
        assertThat(bench.drain().news()).startsWith("moved /d/a -> /x", "created /d/a");
    }

    @Test
    void aFileWhoseClosingNobodySawIsToldAsWritten() {
        bench.files.create("/d/half");
        bench.drain();
        bench.files.write("/d/half", 5);
        bench.drain().news();
        bench.kill();
        assertThat(bench.start().pass(1000).news()).containsExactly("gap / agent-stopped over", "written /d/half?");
    }

    @Test
    void anOwedWrittenOutlivesTheProcess() {
        bench.kill();
        bench.files.drop("/d/new", 3);
        bench.start().news();
        bench.kill();
        assertThat(bench.start().pass(1000).news()).containsExactly("gap / agent-stopped over", "written /d/new?");
    }

    @Test
    void anOwedWrittenShowsWhatWasToldMeanwhile() {
        bench.kill();
        bench.files.drop("/d/new", 3);
        bench.start().news();
        bench.files.chmod("/d/new", 0750);
        bench.drain().pass(300);
        assertThat(bench.drafts).extracting(Draft::type).containsExactly("attributes-changed", "written");
        assertThat(bench.drafts)
                .allSatisfy(
                        d -> assertThat(Objects.requireNonNull(d.stat()).mode()).isEqualTo(0750));
    }

    @Test
    void ofAFileThatCouldNeverBeReadTheEndIsFoundToo() {
        bench.files.create("/x");
        bench.files.create("/y");
        bench.files.move("/x", "/z");
        bench.files.move("/y", "/w");
        bench.one();
        bench.one();
        assertThat(bench.news()).containsExactly("created /x", "created /y");
        bench.files.move("/w", "/y");
        bench.files.overflow();
        bench.scan(ScanReason.REPAIR).pass(300);
        assertThat(bench.news()).containsExactlyInAnyOrder("deleted /x?", "created /z?", "written /z?", "written /y?");
    }

    @Test
    void anIncompleteScanConcludesNothingToBeGone() {
        bench.intake.take(new Observation.ScanStarted(1, bench.files.place("/"), ScanReason.REPAIR), 0);
        bench.files.delete("/d/b");
        bench.files.overflow();
        bench.intake.take(new Observation.ScanFinished(1, bench.files.place("/"), ScanReason.REPAIR, false), 0);
        assertThat(bench.news()).isEmpty();
        assertThat(bench.scan(ScanReason.REPAIR).news()).containsExactly("deleted /d/b?");
    }

    @Test
    void whereAScanCouldNotReadNothingIsConcludedToBeGone() {
        bench.files.mkdir("/e");
        bench.files.drop("/e/f", 1);
        bench.drain().pass(1000).news();
        bench.intake.take(new Observation.ScanStarted(1, bench.files.place("/"), ScanReason.REPAIR), 0);
        bench.files.delete("/d/b");
        bench.files.delete("/e/f");
        bench.files.overflow();
        bench.intake.take(
                new Observation.ScanFinished(
                        1, bench.files.place("/"), ScanReason.REPAIR, Set.of(bench.files.place("/e"))),
                0);
        assertThat(bench.news()).containsExactly("deleted /d/b?");
    }

    @Test
    void aGapIsToldWhenItOpensAndWhenItCloses() {
        bench.intake.take(new Observation.GapOpened(1, bench.files.place("/d"), "overflow", "why"), 0);
        assertThat(bench.intake.coverage())
                .extracting(GapSpan::text, GapSpan::lasts)
                .containsExactly(tuple("vol:/d: overflow: why", true));
        bench.intake.take(new Observation.GapClosed(2, bench.files.place("/d"), "overflow"), 0);
        assertThat(bench.news()).containsExactly("gap /d overflow lasts", "gap /d overflow over");
        assertThat(bench.intake.openGaps()).isZero();
        assertThat(bench.intake.coverage()).extracting(GapSpan::lasts).containsExactly(false);
    }

    @Test
    void whatAnActionDidMeanwhileIsItsOwn() {
        String a = file("/d/a");
        String b = file("/d/b");
        bench.kill();
        bench.marks.begin("act", 1, "worker", new Effect.Move("/d/a", "/q/a", a), new Effect.Create("/q", true));
        bench.files.mkdir("/q");
        bench.files.move("/d/a", "/q/a");
        bench.marks.end("act", 1, new Effect.Move("/d/a", "/q/a", a), new Effect.Create("/q", true));
        Effect set = new Effect.SetFields("/d/b", b, Map.of("mode", "0600"), false);
        bench.marks.begin("set", 1, "worker", set);
        bench.files.chmod("/d/b", 0600);
        assertThat(bench.start().news())
                .containsExactly(
                        "gap / agent-stopped over",
                        "attributes-changed /d/b?*",
                        "created /q?*",
                        "moved /d/a -> /q/a?*");
        bench.marks.end("set", 1, set);
        assertThat(bench.drain().pass(1000).news()).isEmpty();
        assertThat(bench.files.marks()).isEmpty();
    }

    @Test
    void whatAScanRevealsOfAnActionIsKnownByItsMarkOnDisk() {
        String a = file("/d/a");
        String b = file("/d/b");
        bench.kill();
        Effect[] effects = {
            new Effect.Create("/q", true),
            new Effect.Move("/d/a", "/q/a", a),
            new Effect.SetFields("/d/b", b, Map.of("mode", "0600"), false)
        };
        bench.marks.begin("act", 1, "worker", effects);
        bench.files.mkdir("/q");
        bench.files.move("/d/a", "/q/a");
        bench.files.chmod("/d/b", 0600);
        bench.marks.end("act", 1, effects);
        assertThat(bench.start().evidence()).containsExactly("MARK_ON_DISK", "MARK_ON_DISK", "MARK_ON_DISK");
    }

    @Test
    void aForeignChangeMixedIntoAnActionsIsForeign() {
        String b = file("/d/b");
        bench.kill();
        bench.marks.begin("set", 1, "worker", new Effect.SetFields("/d/b", b, Map.of("mode", "0600"), false));
        bench.files.chmod("/d/b", 0600);
        bench.files.chown("/d/b", 7, 7);
        assertThat(bench.start().news()).containsExactly("gap / agent-stopped over", "attributes-changed /d/b?");
    }
}
