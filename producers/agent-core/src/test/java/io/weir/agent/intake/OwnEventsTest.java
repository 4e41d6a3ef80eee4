package io.weir.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.Observation.ScanReason;
import io.weir.schemas.marks.Effect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the marks of actions explain, case by case; the model test has the interleavings. */
class OwnEventsTest {
    private final Bench bench = new Bench();
    private String file = "";

    @BeforeEach
    void aFile() {
        bench.files.drop("/a", 1);
        bench.start().drain().news();
        file = bench.files.stat(bench.files.place("/a")).orElseThrow().fileId();
    }

    private Effect mode(String mode) {
        return new Effect.SetFields("/a", file, Map.of("mode", mode), false);
    }

    @Test
    void aRenameIsOursAndTheAppendBesideItIsNot() {
        Effect move = new Effect.Move("/a", "/b", file);
        bench.marks.begin("act", 1, "w", move);
        bench.files.move("/a", "/b");
        bench.files.write("/b", 2);
        bench.marks.end("act", 1, move);
        bench.files.move("/b", "/a");
        assertThat(bench.drain().news()).containsExactly("moved /a -> /b*", "modified /b", "moved /b -> /a");
        assertThat(bench.files.marks()).isEmpty();
    }

    @Test
    void theSameMoveMadeAgainBySomebodyElseIsForeign() {
        Effect move = new Effect.Move("/a", "/b", file);
        bench.marks.begin("act", 1, "w", move);
        bench.files.move("/a", "/b");
        bench.files.move("/b", "/a");
        bench.files.move("/a", "/b");
        bench.marks.end("act", 1, move);
        assertThat(bench.drain().news()).containsExactly("moved /a -> /b*", "moved /b -> /a", "moved /a -> /b");
    }

    @Test
    void anotherFilesMoveOnTheDeclaredPathIsForeign() {
        bench.files.drop("/c", 1);
        bench.files.delete("/a");
        bench.files.move("/c", "/a");
        bench.drain().news();
        bench.marks.begin("act", 1, "w", new Effect.Move("/a", "/b", file));
        bench.files.move("/a", "/b");
        assertThat(bench.drain().news()).containsExactly("moved /a -> /b");
    }

    @Test
    void aForeignChangeWithinTheWindowIsToldAtItsEnd() {
        bench.marks.begin("act", 1, "w", mode("0600"));
        bench.files.chmod("/a", 0600);
        bench.files.chown("/a", 5, 5);
        bench.marks.end("act", 1, mode("0600"));
        assertThat(bench.drain().news()).containsExactly("attributes-changed /a*", "attributes-changed /a");
    }

    @Test
    void anEchoReadBeforeTheBeginMarkIsLeftToTheAction() {
        bench.files.chmod("/a", 0777);
        bench.drain().news();
        bench.files.chmod("/a", 0700);
        bench.marks.begin("act", 1, "w", mode("0600"));
        bench.files.chmod("/a", 0600);
        bench.marks.end("act", 1, mode("0600"));
        assertThat(bench.drain().news()).containsExactly("attributes-changed /a*");
        assertThat(bench.intake.counts().get(Outcome.LEFT_TO_ACTION)).isEqualTo(1);
    }

    @Test
    void aDeadAttemptIsEndedByTheAgentAndItsWindowCloses() {
        bench.marks.begin("act", 1, "w1", mode("0600"));
        bench.files.chmod("/a", 0600);
        bench.drain().news();
        bench.dead.add("w1");
        bench.flow.endForTheDead();
        assertThat(bench.files.marks()).containsKey("act.1.end");
        assertThat(bench.drain().news()).isEmpty();
        assertThat(bench.files.marks()).isEmpty();
        bench.files.chmod("/a", 0640);
        assertThat(bench.drain().news()).containsExactly("attributes-changed /a");
    }

    @Test
    void aWindowStaysOpenWhileAnotherAttemptLives() {
        bench.marks.begin("act", 1, "w1", mode("0600"));
        bench.marks.begin("act", 2, "w2", mode("0600"));
        bench.marks.end("act", 2, mode("0600"));
        bench.files.chmod("/a", 0600);
        assertThat(bench.drain().news()).containsExactly("attributes-changed /a*");
        bench.marks.end("act", 1, mode("0600"));
        assertThat(bench.drain().news()).isEmpty();
    }

    @Test
    void ownerGroupAndModeOfOneDeclarationAreOursInWhateverOrderTheyAreSet() {
        Effect owner = new Effect.SetFields("/a", file, Map.of("uid", "11", "gid", "12", "mode", "0755"), false);
        bench.marks.begin("act", 1, "w", owner);
        bench.files.chown("/a", 11, 12);
        bench.files.chmod("/a", 0755);
        bench.marks.end("act", 1, owner);
        assertThat(bench.drain().news()).containsOnly("attributes-changed /a*");
        bench.files.chown("/a", 11, 13);
        assertThat(bench.drain().news()).containsExactly("attributes-changed /a");
    }

    @Test
    void whatAnActionMadeAndSetIsKnownWhereSomebodyMovedTheDirectoryAbove() {
        Effect[] effects = {
            new Effect.Create("/q", true),
            new Effect.Create("/q/sub", true),
            new Effect.SetFields("/q/sub", null, Map.of("mode", "0705"), false)
        };
        bench.marks.begin("act", 1, "w", effects);
        bench.files.mkdir("/q");
        bench.files.mkdir("/q/sub");
        bench.drain();
        bench.files.chmod("/q/sub", 0705);
        bench.drain();
        bench.files.move("/q", "/r");
        bench.marks.end("act", 1, effects);
        assertThat(bench.drain().news()).endsWith("attributes-changed /q/sub*", "moved /q -> /r");
        assertThat(bench.scan(ScanReason.REPAIR).drain().news()).isEmpty();
    }

    @Test
    void ofAnAttemptThatDiedAfterTheOwnerAndBeforeTheModeNothingIsForeign() {
        Effect owner = new Effect.SetFields("/a", file, Map.of("uid", "11", "gid", "12", "mode", "0755"), false);
        bench.marks.begin("act", 1, "w", owner);
        bench.files.chown("/a", 11, 12);
        bench.drain().news();
        bench.dead.add("w");
        bench.flow.endForTheDead();
        assertThat(bench.drain().news()).isEmpty();
        assertThat(bench.files.marks()).isEmpty();
    }

    @Test
    void whatAnActionReadsIsOursWithAllBelowADirectoryAndNothingElseOfIt() {
        bench.files.mkdir("/d");
        bench.files.drop("/d/b", 1);
        bench.drain().news();
        Effect[] reads = {new Effect.Read("/a", file), new Effect.Read("/d", null)};
        bench.marks.begin("act", 1, "w", reads);
        bench.files.open("/a");
        bench.files.open("/d/b");
        bench.files.write("/a", 2);
        bench.files.chmod("/d/b", 0777);
        bench.marks.end("act", 1, reads);
        bench.files.open("/a");
        assertThat(bench.drain().news())
                .containsExactly("opened /a*", "opened /d/b*", "modified /a", "attributes-changed /d/b", "opened /a");
    }

    @Test
    void accessesOfAFileThatNeverHadANameAreNoNews() {
        bench.files.open("/#4711"); // as the kernel calls one that is made by O_TMPFILE
        assertThat(bench.drain().news()).isEmpty();
    }

    @Test
    void aCopyThatAppearsCompleteIsOursAndWhatOthersDoToItIsNot() {
        Effect create = new Effect.Create("/copy", false);
        bench.marks.begin("act", 1, "w", new Effect.Read("/a", file), create);
        bench.files.create("/copy");
        bench.files.chmod("/copy", 0777);
        bench.files.write("/copy", 9);
        bench.marks.end("act", 1, create);
        assertThat(bench.drain().news())
                .containsExactly("created /copy*", "attributes-changed /copy", "modified /copy");
    }

    @Test
    void createdDirectoriesDeletedFilesAndWrittenContentAreOurs() {
        Effect[] effects = {
            new Effect.Create("/q", true), new Effect.Delete("/a", file), new Effect.Content("/log", null)
        };
        bench.files.drop("/log", 1);
        bench.drain().news();
        bench.marks.begin("act", 1, "w", effects);
        bench.files.mkdir("/q");
        bench.files.delete("/a");
        bench.files.write("/log", 2);
        bench.files.close("/log");
        bench.files.create("/q/other");
        bench.marks.end("act", 1, effects);
        assertThat(bench.drain().news())
                .containsExactly("created /q*", "deleted /a*", "modified /log*", "written /log*", "created /q/other");
    }

    @Test
    void aScopeCoversWhatItsGlobsMatch() {
        Effect scope = new Effect.Scope(List.of("/out/**"));
        bench.files.mkdir("/out");
        bench.drain().news();
        bench.marks.begin("act", 1, "w", scope);
        bench.files.drop("/out/x", 3);
        bench.files.chmod("/out/x", 0600);
        bench.files.drop("/elsewhere", 3);
        bench.marks.end("act", 1, scope);
        bench.files.chmod("/out/x", 0777);
        assertThat(bench.drain().news())
                .containsExactly(
                        "created /out/x*",
                        "modified /out/x*",
                        "written /out/x*",
                        "attributes-changed /out/x*",
                        "created /elsewhere",
                        "modified /elsewhere",
                        "written /elsewhere",
                        "attributes-changed /out/x");
    }

    @Test
    void whatAProgramDoesNotSayThatItChangedIsForeignAfterAll() {
        bench.files.mkdir("/out");
        bench.files.drop("/out/old", 1);
        bench.drain().news();
        bench.marks.begin("act", 1, "w", new Effect.Scope(List.of("/out/**")));
        bench.files.drop("/out/x", 3);
        bench.files.drop("/out/y", 3);
        bench.files.move("/out/y", "/out/z");
        bench.files.delete("/out/old");
        bench.marks.end("act", 1, new Effect.Scope(List.of("/out/x")));

        assertThat(bench.drain().news())
                .containsExactly(
                        "created /out/x*",
                        "modified /out/x*",
                        "written /out/x*",
                        "created /out/y*",
                        "modified /out/y*",
                        "written /out/y*",
                        "moved /out/y -> /out/z*",
                        "deleted /out/old*",
                        "moved /out/y -> /out/z",
                        "deleted /out/old");
        assertThat(bench.files.marks()).isEmpty();
    }

    @Test
    void ofAProgramThatChangesVeryMuchAllInItsScopeIsItsOwn() {
        bench.files.mkdir("/out");
        bench.drain().news();
        bench.marks.begin("act", 1, "w", new Effect.Scope(List.of("/out/**")));
        for (int i = 0; i <= 10_000; i++) {
            bench.files.create("/out/" + i);
        }
        bench.marks.end("act", 1, new Effect.Scope(List.of("/out/0")));

        assertThat(bench.drain().news()).hasSize(10_001).allMatch(line -> line.endsWith("*"));
    }

    @Test
    void whatAProgramDoesNotSayMayBeAnotherActionsDoing() {
        bench.files.mkdir("/out");
        bench.drain().news();
        bench.marks.begin("one", 1, "w", new Effect.Scope(List.of("/out/**")));
        bench.marks.begin("two", 1, "w", new Effect.Scope(List.of("/out/**")));
        bench.files.create("/out/x");
        bench.files.create("/out/y");
        bench.marks.end("one", 1, new Effect.Scope(List.of("/out/x")));
        assertThat(bench.drain().news()).containsExactly("created /out/x*", "created /out/y*");

        bench.marks.end("two", 1, new Effect.Scope(List.of()));

        assertThat(bench.drain().news()).containsExactly("created /out/y");
    }

    @Test
    void whatAProgramSaysIsItsOwnThoughAnotherActionCameFirstAndEndsLater() {
        bench.files.mkdir("/out");
        bench.drain().news();
        bench.marks.begin("one", 1, "w", new Effect.Scope(List.of("/out/**")));
        bench.marks.begin("two", 1, "w", new Effect.Scope(List.of("/out/**")));
        bench.files.create("/out/x");
        bench.marks.end("two", 1, new Effect.Scope(List.of("/out/x")));
        bench.drain();
        bench.marks.end("one", 1, new Effect.Scope(List.of("/out/y")));

        assertThat(bench.drain().news()).containsExactly("created /out/x*");
    }

    @Test
    void whatWasTakenForTheProgramsOwnBeforeTheAgentWasKilledIsForeignAfterAll() {
        bench.files.mkdir("/out");
        bench.drain().news();
        bench.marks.begin("act", 1, "w", new Effect.Scope(List.of("/out/**")));
        bench.files.create("/out/x");
        bench.drain().news();
        bench.kill();
        bench.start().drain().news();

        bench.marks.end("act", 1, new Effect.Scope(List.of("/out/other")));

        assertThat(bench.drain().news()).containsExactly("created /out/x");
    }

    @Test
    void aDeadAttemptOfAProgramMayHaveChangedAllOfItsScope() {
        bench.files.mkdir("/out");
        bench.drain().news();
        bench.marks.begin("act", 1, "dies", new Effect.Scope(List.of("/out/**")));
        bench.files.create("/out/x");
        bench.dead.add("dies");
        bench.marks.begin("act", 2, "w", new Effect.Scope(List.of("/out/**")));
        bench.marks.end("act", 2, new Effect.Scope(List.of("/out/y")));
        bench.drain();
        bench.flow.endForTheDead();

        assertThat(bench.drain().news()).containsExactly("created /out/x*");
        assertThat(bench.files.marks()).isEmpty();
    }

    @Test
    void itIsToldWhetherAnEffectOrAScopeWasDeclared() {
        Effect scope = new Effect.Scope(List.of("/out/**"));
        bench.files.mkdir("/out");
        bench.drain().news();
        bench.marks.begin("act", 1, "w", mode("0600"));
        bench.marks.begin("run", 1, "w", scope);
        bench.files.chmod("/a", 0600);
        bench.files.create("/out/x");
        assertThat(bench.drain().evidence()).containsExactly("WINDOW", "SCOPE");
    }

    @Test
    void aMoveThatTheStreamLostIsKnownByTheEndMark() {
        Effect move = new Effect.Move("/a", "/b", file);
        bench.marks.begin("act", 1, "w", move);
        bench.drain();
        bench.files.move("/a", "/b");
        bench.files.move("/b", "/a");
        bench.files.overflow();
        bench.marks.end("act", 1, move);
        bench.drain();
        assertThat(bench.drafts).hasSize(2);
        assertThat(bench.evidence()).containsExactly("END_COMPARISON");
    }

    @Test
    void whatAWorkerOpensIsOurs() {
        bench.marks.begin("act", 1, "w", mode("0600"));
        bench.files.open("/a");
        bench.drain();
        assertThat(bench.news()).containsExactly("opened /a*");
    }

    @Test
    void marksThatNobodyUnderstandsDoNoHarm() {
        bench.files.mark("act.1.begin", new byte[] {'?'});
        bench.files.mark("act.1.end", new byte[] {'?'});
        bench.files.mark("readme", new byte[0]);
        bench.files.chmod("/a", 0700);
        assertThat(bench.drain().news()).containsExactly("attributes-changed /a");
    }

    @Test
    void aMoveAcrossDirectoriesOfADirectoryIsOursWithAllBelow() {
        bench.files.mkdir("/d");
        bench.files.drop("/d/f", 1);
        bench.drain().news();
        String d = bench.files.stat(bench.files.place("/d")).orElseThrow().fileId();
        Effect move = new Effect.Move("/d", "/e", d);
        bench.marks.begin("act", 1, "w", move);
        bench.files.move("/d", "/e");
        bench.marks.end("act", 1, move);
        bench.files.delete("/e/f");
        assertThat(bench.drain().news()).containsExactly("moved /d -> /e*", "deleted /e/f");
    }
}
