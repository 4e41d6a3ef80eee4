package io.weir.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.FileState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The process dies at each place; the request is delivered again to a new one over the same directories. */
abstract class CrashContract {
    @TempDir
    Path directory;

    Bench bench;

    abstract Premises premises(Path base) throws IOException;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench(directory, premises(directory));
        bench.premises().write("/there/a", "taken");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    record FileAction(String name, Map<String, String> parameters, String endsAt, int steps) {
        @Override
        public String toString() {
            return name + parameters;
        }
    }

    static final List<FileAction> ACTIONS = List.of(
            new FileAction("quarantine", Map.of("to", "/q/r"), "/q/r/in/a", 7),
            new FileAction("rename", Map.of("to", "/out/{event.name}-x"), "/out/a-x", 2),
            new FileAction("move", Map.of("to", "/out/"), "/out/a", 2),
            new FileAction("move", Map.of("to", "/there/", "on-exists", "number"), "/there/a.1", 1),
            new FileAction("move", Map.of("to", "/there/", "on-exists", "replace"), "/there/a", 1),
            new FileAction("copy", Map.of("to", "/out/"), "/out/a", 3),
            new FileAction("copy", Map.of("to", "/there/", "on-exists", "number"), "/there/a.1", 2),
            new FileAction("copy", Map.of("to", "/there/", "on-exists", "replace"), "/there/a", 3),
            new FileAction("delete", Map.of("confirm", "true"), "/.quarantine/in/a", 6),
            new FileAction("delete", Map.of("confirm", "true", "keep", "0"), "/in/a", 2),
            new FileAction("chmod", Map.of("mode", "0604"), "/in/a", 1),
            new FileAction("chown", Map.of("owner", "77", "group", "78"), "/in/a", 1));

    static Stream<Arguments> deaths() {
        return ACTIONS.stream().flatMap(action -> Stream.of(Checkpoint.values()).flatMap(checkpoint -> Stream.iterate(
                        1, n -> n <= (checkpoint == Checkpoint.STEP_DONE ? action.steps() : 1), n -> n + 1)
                .map(nth -> Arguments.of(action, checkpoint, nth))));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void theEffectIsThereOnceWhereverTheProcessDies(FileAction action, Checkpoint at, int nth) throws Exception {
        bench.premises().write("/in/a", "content");
        ActionRequest request = bench.request(action.name(), action.parameters(), bench.event("/in/a"));
        bench.killAt(at, nth);
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(Bench.Killed.class);

        ActionResult result = bench.restart().run(request);

        assertThat(result.getOutcome()).isEqualTo("done");
        assertEffect(action, request);
        assertThat(result.getAttempt())
                .isEqualTo(
                        switch (at) {
                            case PLANNED, LEDGER_FINISHED -> 1;
                            default -> 2;
                        });
        assertThat(bench.marks()).contains(request.getId() + "." + result.getAttempt() + ".end");
        assertThat(bench.run(request)).as("delivered once more").isEqualTo(result);
    }

    final void assertEffect(FileAction action, ActionRequest request) throws Exception {
        Premises files = bench.premises();
        assertThat(files.names("/in")).isSubsetOf("a");
        assertThat(files.names("/there")).isSubsetOf("a", "a.1");
        if (action.name().equals("copy")) {
            assertThat(files.content(action.endsAt())).isEqualTo("content");
            assertThat(files.content("/in/a")).isEqualTo("content");
            return;
        }
        if ("0".equals(action.parameters().get("keep"))) {
            assertThat(files.has("/in/a")).isFalse();
            return;
        }
        FileState end = files.state(action.endsAt());
        assertThat(end.getFileId()).isEqualTo(request.getEvent().getState().getFileId());
        if (action.name().equals("chmod")) {
            assertThat(end.getMode()).isEqualTo(0604);
        } else if (action.name().equals("chown")) {
            assertThat(end.getUid()).isEqualTo(77);
            assertThat(end.getGid()).isEqualTo(78);
        } else {
            assertThat(files.has("/in/a")).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void theMarksOnDiskTellWhereTheLedgerIsLost(FileAction action, Checkpoint at, int nth) throws Exception {
        bench.premises().write("/in/a", "content");
        ActionRequest request = bench.request(action.name(), action.parameters(), bench.event("/in/a"));
        bench.killAt(at, nth);
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(Bench.Killed.class);

        ActionResult result = bench.restartWithoutLedger().run(request);

        assertThat(result.getOutcome()).isEqualTo("done");
        assertEffect(action, request);
        assertThat(result.getAttempt()).isEqualTo(at == Checkpoint.PLANNED || at == Checkpoint.LEDGER_BEGUN ? 1 : 2);
    }

    static Stream<Arguments> deathsInAWindow() {
        return deaths().filter(
                        death -> death.get()[1] == Checkpoint.BEGIN_MARKED || death.get()[1] == Checkpoint.STEP_DONE)
                .flatMap(death -> Stream.of(true, false)
                        .map(ledger -> Arguments.of(death.get()[0], death.get()[1], death.get()[2], ledger)));
    }

    @ParameterizedTest
    @MethodSource("deathsInAWindow")
    void thatTheAgentClosedADeadAttemptDoesNotMakeItDone(FileAction action, Checkpoint at, int nth, boolean ledger)
            throws Exception {
        bench.premises().write("/in/a", "content");
        ActionRequest request = bench.request(action.name(), action.parameters(), bench.event("/in/a"));
        bench.killAt(at, nth);
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(Bench.Killed.class);
        bench.closeAsTheAgent(request.getId(), 1);

        ActionResult result = (ledger ? bench.restart() : bench.restartWithoutLedger()).run(request);

        assertThat(result.getOutcome()).isEqualTo("done");
        // that a copy is complete is seen only by reading it, inside marks
        boolean seen = !action.name().equals("copy");
        boolean allDone = seen && at == Checkpoint.STEP_DONE && nth == action.steps();
        assertThat("done by attempt 1".equals(result.getDetail())).isEqualTo(allDone);
        assertEffect(action, request);
        assertThat(bench.end(request.getId(), 2).done()).isNotEmpty();
        assertThat(bench.end(request.getId(), 2).worker()).isEqualTo("w1");
    }
}
