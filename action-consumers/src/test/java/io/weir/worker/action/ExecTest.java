package io.weir.worker.action;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.posix.PathText;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.topic.EventId;
import io.weir.worker.run.Bench;
import io.weir.worker.run.Checkpoint;
import io.weir.worker.settings.Program;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecTest {
    private static final Map<String, String> RUN = Map.of("run", "p");

    @TempDir
    Path directory;

    Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench(directory);
        bench.file("/a", "12345");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** The programs of these tests are scripts: the settings name the shell, never a rule or an event. */
    private void program(String script, Duration timeout, String... scope) throws IOException {
        Program program = new Program("p", List.of("/bin/sh", "-c", script), timeout, List.of(scope));
        bench.with(WorkerSettings.defaults().with(program));
    }

    private void program(String script) throws IOException {
        program(script, Duration.ofSeconds(20));
    }

    @Test
    void theProgramGetsTheEventOnItsInputAndASmallEnvironment() throws Exception {
        program("cat > input; env -0 > env");
        var request = bench.request("exec", RUN, bench.event("/a"));
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
        var json = JsonMapper.builder()
                .build()
                .readTree(bench.root().resolve("input").toFile());
        assertThat(json.get("path").asText()).isEqualTo("/a");
        assertThat(json.get("type").asText()).isEqualTo("created");
        assertThat(json.get("state").get("size").asLong()).isEqualTo(5);
        Map<String, String> env = environment();
        assertThat(env)
                .containsEntry("WEIR_ACTION_ID", request.getId())
                .containsEntry("WEIR_CAUSATION_ID", request.getId())
                .containsEntry("WEIR_CORRELATION_ID", Bench.CAUSE.correlationId())
                .containsEntry("WEIR_CAUSATION_DEPTH", "1")
                .containsEntry("WEIR_ATTEMPT", "1")
                .containsEntry("WEIR_RULE", "rule-1")
                .containsEntry("WEIR_EVENT_ID", EventId.of(request.getEvent()).toString())
                .containsEntry("WEIR_EVENT_TYPE", "created")
                .containsEntry("WEIR_EVENT_VOLUME", "vol")
                .containsEntry("WEIR_EVENT_PATH", "/a")
                .containsEntry("WEIR_VOLUME_ROOT", bench.root().toString())
                .containsKeys("PATH", "LANG");
        assertThat(env.keySet()).allMatch(name -> name.matches("WEIR_.*|PATH|LANG|PWD|SHLVL|_|OLDPWD"));
    }

    private Map<String, String> environment() throws IOException {
        return Arrays.stream(Files.readString(bench.root().resolve("env")).split("\0"))
                .map(line -> line.split("=", 2))
                .collect(toMap(pair -> pair[0], pair -> pair[1]));
    }

    @Test
    void aNameThatIsNotUtf8IsGivenInBase64Too() throws Exception {
        program("env -0 > env");
        byte[] name = {'/', 'n', (byte) 0xFF};
        var event = bench.event(PathText.decode(name), Bench.state(bench.status("/a")));
        assertThat(bench.run(bench.request("exec", RUN, event)).getOutcome()).isEqualTo("done");
        assertThat(environment())
                .containsEntry("WEIR_EVENT_PATH_BASE64", Base64.getEncoder().encodeToString(name));
    }

    @Test
    void theNameOfAFileIsNeverReadByAShell() throws Exception {
        program("cat > input");
        String name = "/$(touch hacked); touch hacked `touch hacked`";
        bench.file(name, "");
        assertThat(bench.run("exec", RUN, name).getOutcome()).isEqualTo("done");
        assertThat(bench.exists("/hacked")).isFalse();
    }

    private List<Effect> saidBy(String script) throws Exception {
        program(script, Duration.ofSeconds(20), "/out/**");
        var request = bench.request("exec", RUN, bench.event("/a"));
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
        return bench.end(request.getId(), 1).done();
    }

    @Test
    void whatTheProgramSaysThatItChangedTakesThePlaceOfItsScope() throws Exception {
        assertThat(saidBy("echo out/x >> $WEIR_EFFECTS; echo \"$WEIR_VOLUME_ROOT/out/./[y]/\" >> $WEIR_EFFECTS"))
                .containsExactly(new Effect.Scope(List.of("/out/x", "/out/\\[y\\]/**")));
        assertThat(saidBy("printf %s '\"out/a\\nb\"' > $WEIR_EFFECTS"))
                .containsExactly(new Effect.Scope(List.of("/out/a\nb")));
    }

    @Test
    void aProgramThatSaysNothingOrNothingThatOneCouldGoByMayHaveChangedAllOfItsScope() throws Exception {
        var whole = new Effect.Scope(List.of("/out/**"));
        assertThat(saidBy("true")).containsExactly(whole);
        assertThat(saidBy("echo /etc/passwd > $WEIR_EFFECTS")).containsExactly(whole);
        assertThat(saidBy("echo ../x > $WEIR_EFFECTS")).containsExactly(whole);
        assertThat(saidBy("echo '\"out' > $WEIR_EFFECTS")).containsExactly(whole);
        assertThat(saidBy("rm $WEIR_EFFECTS")).containsExactly(whole);
        assertThat(saidBy("seq 10001 > $WEIR_EFFECTS")).containsExactly(whole);
    }

    @Test
    void aReportThatCannotBeGoneByIsTold() throws Exception {
        program("echo /etc/passwd > $WEIR_EFFECTS", Duration.ofSeconds(20), "/out/**");
        assertThat(bench.run("exec", RUN, "/a").getDetail())
                .contains("its report of effects has '/etc/passwd', which is no path below '" + bench.root() + "'");
    }

    @Test
    void aProgramThatFailsMayHaveChangedMoreThanItSaid() throws Exception {
        program("echo out/x > $WEIR_EFFECTS; exit 1", Duration.ofSeconds(20), "/out/**");
        var request = bench.request("exec", RUN, bench.event("/a"));
        assertThat(bench.run(request).getOutcome()).isEqualTo("failed");
        assertThat(bench.end(request.getId(), 1).done()).isEmpty();
    }

    @Test
    void theMarksDeclareTheProgramsScope() throws Exception {
        program("true", Duration.ofSeconds(20), "/out/**", "/log");
        var request = bench.request("exec", RUN, bench.event("/a"));
        var result = bench.run(request);
        assertThat(bench.begin(request.getId(), 1).effects())
                .containsExactly(new Effect.Scope(List.of("/out/**", "/log")));
        assertThat(result.getEffects())
                .extracting("kind", "path")
                .containsExactly(tuple("scope", "/out/**"), tuple("scope", "/log"));
    }

    @Test
    void theEndOfTheOutputIsInTheResult() throws Exception {
        program("echo first; i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done; echo last >&2");
        ActionResult result = bench.run("exec", RUN, "/a");
        assertThat(result.getDetail())
                .startsWith("program 'p' ended with exit code 0; last 4096 of ")
                .endsWith("last")
                .doesNotContain("first");
        assertThat(result.getDetail().length()).isLessThan(4300);
    }

    @Test
    void anExitCodeOtherThanZeroIsAFailureWithItsOutput() throws Exception {
        program("echo broken; exit 3");
        ActionResult result = bench.run("exec", RUN, "/a");
        assertThat(result.getOutcome()).isEqualTo("failed");
        assertThat(result.getDetail()).isEqualTo("program 'p' ended with exit code 3; output: broken");
    }

    @Test
    void exitCode75AsksForAnotherAttempt() throws Exception {
        program("[ \"$WEIR_ATTEMPT\" = 2 ] || exit 75");
        var request = bench.request("exec", Map.of("run", "p", "on-unknown", "report"), bench.event("/a"));
        assertThatThrownBy(() -> bench.run(request))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("75");
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
    }

    @Test
    void onTimeOutTheProgramIsKilledWithItsChildrenAndDaemons() throws Exception {
        program(
                "sleep 300 & setsid sleep 301 & (setsid sleep 302 &) ; echo started; sleep 303",
                Duration.ofMillis(700));
        var request = bench.request("exec", RUN, bench.event("/a"));
        ActionResult result = bench.run(request);
        assertThat(result.getOutcome()).isEqualTo("failed");
        assertThat(result.getDetail()).contains("timeout of 700 ms and was killed; output: started");
        await().untilAsserted(() -> assertThat(carriers(request.getId())).isEmpty());
        assertThat(bench.end(request.getId(), 1).done()).isEmpty();
    }

    private static List<Path> carriers(String actionId) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(p -> p.getFileName().toString().matches("[0-9]+"))
                    .filter(p -> carries(p, actionId))
                    .toList();
        }
    }

    private static boolean carries(Path process, String actionId) {
        try {
            return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1)
                    .contains("WEIR_ACTION_ID=" + actionId + "\0");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aProgramThatNeverReadsItsInputDoesNotBlock() throws Exception {
        program("exec 0<&-; true");
        assertThat(bench.run("exec", RUN, "/a").getOutcome()).isEqualTo("done");
    }

    @Test
    void aProgramThatIsNotInTheSettingsIsRefused() throws Exception {
        program("true");
        ActionResult result = bench.run("exec", Map.of("run", "/bin/rm"), "/a");
        assertThat(result.getOutcome()).isEqualTo("refused");
        assertThat(result.getDetail())
                .isEqualTo("run='/bin/rm': not among the programs in this worker's settings, which are [p]");
    }

    @Test
    void aProgramThatDoesNotExistIsAFailure() throws Exception {
        Program program = new Program("p", List.of("/does/not/exist"), Duration.ofSeconds(1), List.of());
        bench.with(WorkerSettings.defaults().with(program));
        ActionResult result = bench.run("exec", RUN, "/a");
        assertThat(result.getOutcome()).isEqualTo("failed");
        assertThat(result.getDetail()).contains("cannot be started").contains("mend 'command'");
    }

    @Test
    void aRunWhoseOutcomeIsUnknownIsRepeatedOrReportedAsTheRuleSays() throws Exception {
        program("echo x >> runs");
        var repeat = bench.request("exec", RUN, bench.event("/a"));
        var report = bench.request("exec", Map.of("run", "p", "on-unknown", "report"), bench.event("/a"));
        for (var request : List.of(repeat, report)) {
            bench.killAt(Checkpoint.STEP_DONE, 1);
            assertThatThrownBy(() -> bench.run(request)).isInstanceOf(Bench.Killed.class);
            bench.restart();
        }
        assertUnknown(repeat, report);
    }

    @Test
    void aRunThatTheAgentClosedForADeadWorkerIsRepeatedOrReportedAsTheRuleSays() throws Exception {
        program("echo x >> runs");
        var repeat = bench.request("exec", RUN, bench.event("/a"));
        var report = bench.request("exec", Map.of("run", "p", "on-unknown", "report"), bench.event("/a"));
        for (var request : List.of(repeat, report)) {
            bench.killAt(Checkpoint.STEP_DONE, 1);
            assertThatThrownBy(() -> bench.run(request)).isInstanceOf(Bench.Killed.class);
            bench.closeAsTheAgent(request.getId(), 1);
            bench.restartWithoutLedger();
        }
        assertUnknown(repeat, report);
    }

    @Test
    void aRunThatALivingWorkerEndedIsNotUnknown() throws Exception {
        program("echo x >> runs");
        var report = bench.request("exec", Map.of("run", "p", "on-unknown", "report"), bench.event("/a"));
        bench.run(report);
        ActionResult found = bench.restartWithoutLedger().run(report);
        assertThat(found.getOutcome()).isEqualTo("done");
        assertThat(found.getDetail()).isEqualTo("done by attempt 1");
        assertThat(bench.root().resolve("runs")).hasContent("x");
    }

    private void assertUnknown(ActionRequest repeat, ActionRequest report) throws Exception {
        assertThat(bench.run(repeat).getOutcome()).isEqualTo("done");
        assertThat(bench.root().resolve("runs")).hasContent("x\nx\nx");
        ActionResult reported = bench.run(report);
        assertThat(reported.getOutcome()).isEqualTo("failed");
        assertThat(reported.getDetail()).contains("attempt 1 of program 'p' began and its outcome is not known");
        assertThat(bench.root().resolve("runs")).hasContent("x\nx\nx");
        assertThat(bench.marks()).contains(report.getId() + ".2.end");
    }
}
