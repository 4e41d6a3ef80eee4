package io.weir.worker.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.rules.ActionTypes;
import io.weir.rules.Rule;
import io.weir.rules.RuleRejectedException;
import io.weir.rules.cycle.Cycle;
import io.weir.rules.cycle.RuleCycles;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.AppliedEffect;
import io.weir.schemas.ControlState;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.worker.HeldException;
import io.weir.worker.control.Control;
import io.weir.worker.run.Bench;
import io.weir.worker.run.Checkpoint;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies to a second volume: safe as within one, and told to the agents of both. */
class CopyToVolumeTest {
    private static final Map<String, String> COPY = Map.of("volume", "backup", "to", "/in/");

    @TempDir
    Path directory;

    private Path backup;

    @AutoClose
    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        backup = Files.createDirectory(directory.resolve("backup"));
        bench = new Bench(directory).withVolume("backup", backup);
    }

    @Test
    void theCopyIsMadeInTheOtherVolumeAndItsAgentIsTold() throws Exception {
        bench.file("/a", "content");
        var request = bench.request("copy", COPY, bench.event("/a"));

        ActionResult result = bench.run(request);

        assertThat(result.getOutcome()).as(result.getDetail()).isEqualTo("done");
        assertThat(backup.resolve("in/a")).hasContent("content");
        assertThat(bench.root().resolve("in")).doesNotExist();
        BeginMark there = bench.begin("backup", request.getId(), 2);
        assertThat(there.effects()).containsExactly(new Effect.Create("/in", true), new Effect.Create("/in/a", false));
        assertThat(there.volume()).isEqualTo("backup");
        assertThat(there.causation()).isEqualTo(bench.begin(request.getId(), 1).causation());
        assertThat(bench.begin(request.getId(), 1).effects())
                .first()
                .isEqualTo(new Effect.Read("/a", bench.status("/a").fileId()));
        assertThat(bench.end("backup", request.getId(), 2).done()).isEqualTo(there.effects());
        assertThat(bench.end(request.getId(), 1).done())
                .isEqualTo(bench.begin(request.getId(), 1).effects());
        assertThat(result.getEffects())
                .extracting(AppliedEffect::getVolume, AppliedEffect::getPath)
                .containsExactly(tuple("backup", "/in"), tuple("backup", "/in/a"));
    }

    @Test
    void nothingIsTouchedBeforeBothAgentsCanKnow() throws Exception {
        bench.file("/a", "content");
        List<Boolean> untouched = new ArrayList<>();
        bench.observe(checkpoint -> {
            if (checkpoint == Checkpoint.BEGIN_MARKED) {
                untouched.add(backup.toFile().list().length == 0);
            }
        });
        bench.run("copy", COPY, "/a");
        assertThat(untouched).as("after each of the begin marks").containsExactly(true, true);
    }

    @Test
    void whereOneBeginMarkCannotBeWrittenNothingIsTouchedAndTheOtherWindowIsClosed() throws Exception {
        bench.file("/a", "content");
        var request = bench.request("copy", COPY, bench.event("/a"));
        Path blocker = directory.resolve("marks/backup/." + request.getId() + ".2.begin.w1");
        Files.createDirectory(blocker);
        assertThatThrownBy(() -> bench.run(request)).hasMessageContaining("no file is touched without it");
        assertThat(backup).isEmptyDirectory();
        assertThat(bench.end(request.getId(), 1).done()).isEmpty();
        Files.delete(blocker);
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
    }

    static Stream<Arguments> deaths() {
        return Stream.of("fail", "number", "replace").flatMap(onExists -> Stream.of(Checkpoint.values())
                .flatMap(at -> IntStream.rangeClosed(1, times(at)).boxed().flatMap(nth -> Stream.of(true, false)
                        .map(ledger -> Arguments.of(onExists, at, nth, ledger)))));
    }

    private static int times(Checkpoint at) {
        return switch (at) {
            case BEGIN_MARKED, STEP_DONE, END_MARKED -> 2;
            default -> 1;
        };
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void theCopyIsThereOnceWhereverTheProcessDies(String onExists, Checkpoint at, int nth, boolean ledger)
            throws Exception {
        bench.file("/a", "content");
        Files.createDirectory(backup.resolve("in"));
        if (!onExists.equals("fail")) {
            Files.writeString(backup.resolve("in/a"), "before");
        }
        var request = bench.request(
                "copy", Map.of("volume", "backup", "to", "/in/", "on-exists", onExists), bench.event("/a"));
        bench.killAt(at, nth);
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(Bench.Killed.class);
        closeAsAgents(request);

        ActionResult result = (ledger ? bench.restart() : bench.restartWithoutLedger()).run(request);

        assertThat(result.getOutcome()).as(result.getDetail()).isEqualTo("done");
        String copy = onExists.equals("number") ? "a.1" : "a";
        assertThat(backup.resolve("in/" + copy)).hasContent("content");
        assertThat(backup.resolve("in").toFile().list())
                .containsExactlyInAnyOrder(onExists.equals("number") ? new String[] {"a", "a.1"} : new String[] {"a"});
        assertAllClosed("vol");
        assertAllClosed("backup");
        assertThat(bench.run(request)).as("delivered once more").isEqualTo(result);
    }

    /** What the agents do that find the process of an open attempt dead. */
    private void closeAsAgents(ActionRequest request) throws IOException {
        for (String volume : List.of("vol", "backup")) {
            for (int number : open(volume)) {
                bench.closeAsTheAgent(volume, request.getId(), number);
            }
        }
    }

    private void assertAllClosed(String volume) {
        assertThat(open(volume)).as("open in " + volume).isEmpty();
    }

    private List<Integer> open(String volume) {
        List<String> marks = bench.marks(volume);
        return marks.stream()
                .filter(name -> name.endsWith(".begin") && !marks.contains(name.replace(".begin", ".end")))
                .map(name -> Integer.valueOf(name.split("\\.", -1)[1]))
                .toList();
    }

    @Test
    void aDeathBetweenTheBeginMarksLeavesNoNumberThatIsTakenTwice() throws Exception {
        bench.file("/a", "content");
        var request = bench.request("copy", COPY, bench.event("/a"));
        bench.killAt(Checkpoint.BEGIN_MARKED, 1);
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(Bench.Killed.class);
        bench.restart().run(request);
        assertThat(bench.marks())
                .contains(request.getId() + ".1.begin", request.getId() + ".3.begin", request.getId() + ".3.end");
        assertThat(bench.marks("backup")).containsExactly(request.getId() + ".4.begin", request.getId() + ".4.end");
    }

    @Test
    void aTreeIsCopiedWithItsDirectoriesAndTheirModes() throws Exception {
        bench.file("/d/e/f", "deep");
        Files.setAttribute(bench.root().resolve("d/e"), "unix:mode", 0750);
        ActionResult result = bench.run("copy", Map.of("volume", "backup", "to", "/", "recursive", "true"), "/d");
        assertThat(result.getOutcome()).as(result.getDetail()).isEqualTo("done");
        assertThat(backup.resolve("d/e/f")).hasContent("deep");
        assertThat((int) Files.getAttribute(backup.resolve("d/e"), "unix:mode") & 07777)
                .isEqualTo(0750);
    }

    @Test
    void anotherFileSystemTakesTheCopyJustAsWell() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(memory)
                        && !Files.getAttribute(memory, "unix:dev").equals(Files.getAttribute(directory, "unix:dev")),
                "no second file system is at hand");
        Path far = Files.createTempDirectory(memory, "weir-");
        try {
            bench.withVolume("far", far);
            bench.file("/a", "content");
            ActionResult result = bench.run("copy", Map.of("volume", "far", "to", "/a"), "/a");
            assertThat(result.getOutcome()).as(result.getDetail()).isEqualTo("done");
            assertThat(far.resolve("a")).hasContent("content");
        } finally {
            Files.deleteIfExists(far.resolve("a"));
            Files.delete(far);
        }
    }

    @Test
    void aVolumeThatTheWorkerDoesNotServeIsNamed() throws Exception {
        bench.file("/a", "content");
        var request = bench.request("copy", Map.of("volume", "vault", "to", "/"), bench.event("/a"));
        assertThat(bench.runner().unacceptable(request))
                .hasValue("action 'copy' needs the files of volume 'vault', too, but worker 'w1' serves [backup, vol];"
                        + " have each worker of volume 'vol' serve both (--volume vault=DIR), and then retry the dead"
                        + " letter");
        assertThat(new Copy().faults(Map.of("volume", "{event.volume}", "to", "/")))
                .containsExactly("volume='{event.volume}': expected the name of a volume, 1 to 63 of a-z, 0-9 and '-',"
                        + " without placeholders");
    }

    @Test
    void thePolicyOfTheOtherVolumeHolds() throws Exception {
        bench.file("/a", "content");
        bench.with(WorkerSettings.parse("roots: {vol: [/], backup: [/evidence]}", "w.yaml"));
        assertThat(bench.run("copy", COPY, "/a").getDetail())
                .contains("path='/in' of volume 'backup' lies outside of 'roots' [/evidence]");
        assertThat(bench.run("copy", Map.of("volume", "backup", "to", "/evidence/"), "/a")
                        .getOutcome())
                .isEqualTo("done");
    }

    @Test
    void aStopOfTheOtherVolumeHoldsIt() throws Exception {
        bench.file("/a", "content");
        bench.with(new Control() {
            @Override
            public Optional<String> holding(String volume, String rule) {
                return volume.equals("backup") ? Optional.of("backup is stopped") : Optional.empty();
            }

            @Override
            public void stop(ControlState state) {}
        });
        assertThatThrownBy(() -> bench.run("copy", COPY, "/a")).isInstanceOf(HeldException.class);
        assertThat(bench.run("copy", Map.of("to", "/b"), "/a").getOutcome()).isEqualTo("done");
    }

    @Test
    void aDryRunSaysInWhichVolume() throws Exception {
        bench.file("/a", "content");
        assertThat(bench.run(bench.dryRun("copy", COPY, bench.event("/a"))).getDetail())
                .isEqualTo("read '/a'; make directory '/in' in volume 'backup'; make '/in/a' in volume 'backup'");
    }

    @Test
    void anUndoRemovesTheCopyWhereItIs() throws Exception {
        bench.file("/a", "content");
        bench.file("/in/a", "not this one");
        ActionResult copied = bench.run("copy", COPY, "/a");
        ActionResult undone = bench.undo(copied);
        assertThat(undone.getOutcome()).as(undone.getDetail()).isEqualTo("done");
        assertThat(backup).isEmptyDirectory();
        assertThat(bench.root().resolve("in/a")).hasContent("not this one");
        assertThat(bench.end("backup", undone.getActionId(), 2).done()).hasSize(2);
    }

    @Test
    void rulesThatCopyToAndFroBetweenVolumesAreSaidToProvokeEachOther() throws Exception {
        String there = "{id: there, on: created, volume: vol, actions: [{copy: {volume: backup, to: /}}]}";
        String back = "{id: back, on: created, volume: backup, actions: [{copy: {volume: vol, to: /}}]}";
        String aside = "{id: aside, on: created, volume: aside, actions: [{copy: {volume: vol, to: /}}]}";
        assertThat(cycles(there, back)).singleElement().satisfies(cycle -> assertThat(cycle.describe())
                .contains("rules may provoke each other: back -> there -> back"));
        assertThat(cycles(there, aside)).isEmpty();
        assertThat(cycles(there)).isEmpty();
    }

    private static List<Cycle> cycles(String... definitions) throws RuleRejectedException {
        ActionTypes types = ActionTypes.of(List.of(new Copy()));
        List<Rule> rules = new ArrayList<>();
        for (String definition : definitions) {
            rules.add(Rule.compile(definition, types));
        }
        return RuleCycles.among(rules, types).cycles();
    }

    @Test
    void aVolumeWithinTheDirectoryToCopyIsNotCopiedIntoItself() throws Exception {
        bench.file("/d/a", "content");
        bench.withVolume("inner", Files.createDirectory(bench.root().resolve("d/inner")));
        assertThat(bench.run("copy", Map.of("volume", "inner", "to", "/", "recursive", "true"), "/d")
                        .getDetail())
                .contains("to='/d' of volume 'inner' lies below the directory to copy, '/d'");
    }
}
