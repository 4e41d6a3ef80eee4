package io.weir.worker.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.schemas.ActionResult;
import io.weir.worker.run.Bench;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs that go beyond their limits. */
class ExecLimitsTest {
    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench(directory);
        bench.file("/a", "12345");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private ActionResult run(String script, String... settings) throws Exception {
        bench.with(WorkerSettings.parse(
                "programs:\n  p:\n    command: [/bin/sh, -c, '" + script.replace("'", "''")
                        + "']\n    timeout: 20s\n    " + String.join("\n    ", settings),
                "w.yaml"));
        return bench.run("exec", Map.of("run", "p"), "/a");
    }

    @Test
    void whoeverWritesTooMuchIsKilledAndItsLastOutputKept() throws Exception {
        long begun = System.nanoTime();
        ActionResult result = run("while :; do echo line; done", "max-output: 64KiB");
        assertThat(result.getOutcome()).isEqualTo("failed");
        assertThat(result.getDetail())
                .startsWith("program 'p' wrote more than its 'max-output' of 65536 bytes and was killed; last 4096 of ")
                .contains("line\nline");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
        assertThat(run("echo enough", "max-output: 64KiB").getOutcome()).isEqualTo("done");
    }

    @Test
    void memoryIsLimitedFromTheStart() throws Exception {
        // A shell keeps a variable in its heap.
        String script = "x=0123456789abcdef; i=0; while [ $i -lt 23 ]; do x=$x$x; i=$((i+1)); done; echo ${#x}";
        ActionResult result = run(script, "max-memory: 32MiB");
        assertThat(result.getOutcome()).as(result.getDetail()).isEqualTo("failed");
        assertThat(run("echo small", "max-memory: 32MiB").getDetail()).endsWith("output: small");
    }

    @Test
    void whoeverUsesTooMuchOfTheProcessorIsKilled() throws Exception {
        ActionResult result = run("while :; do :; done", "max-cpu: 1s");
        assertThat(result.getOutcome()).isEqualTo("failed");
        assertThat(result.getDetail())
                .startsWith("program 'p' used more processor time than its 'max-cpu' of 1000 ms and was killed");
    }

    @Test
    void theLauncherLeavesTheCommandAsItIs() throws Exception {
        bench.with(WorkerSettings.parse(
                "programs: {p: {command: [/bin/echo, --help, \"a  b\", \"$x;\", -n], max-cpu: 5s, max-memory: 1GiB}}",
                "w.yaml"));
        assertThat(bench.run("exec", Map.of("run", "p"), "/a").getDetail())
                .endsWith("exit code 0; output: --help a  b $x; -n");
    }

    @Test
    void aProgramHasADirectoryOfItsOwn() throws Exception {
        Path own = Files.createDirectory(directory.resolve("own")).toRealPath();
        assertThat(run("pwd", "directory: " + own).getDetail()).endsWith("output: " + own);
        assertThat(run("pwd").getDetail()).endsWith("output: " + bench.root().toRealPath());
    }

    @Test
    void aProgramRunsAsItsOwnUserAndMaySayWhatItChanged() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        ActionResult result =
                run("echo x >> $WEIR_EFFECTS; id -u; id -G", "user: nobody", "directory: /", "scope: [\"/**\"]");
        assertThat(result.getOutcome()).as(result.getDetail()).isEqualTo("done");
        assertThat(result.getDetail()).endsWith("output: 65534\n65534");
        assertThat(result.getEffects()).extracting(e -> e.getPath()).containsExactly("/x");
        ActionResult denied = run("cat /etc/shadow", "user: nobody", "directory: /");
        assertThat(denied.getOutcome()).isEqualTo("failed");
        assertThat(denied.getDetail()).contains("Permission denied");
    }

    @Test
    void anotherUserCannotPutALinkInPlaceOfTheReport() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        ActionResult result = run(
                "rm -f $WEIR_EFFECTS; ln -sf /etc/shadow $WEIR_EFFECTS; exit 0",
                "user: nobody",
                "directory: /",
                "scope: [\"/**\"]");
        assertThat(result.getOutcome()).isEqualTo("done");
        assertThat(result.getDetail()).doesNotContain("root:");
        assertThat(result.getEffects()).extracting(e -> e.getPath()).containsExactly("/**");
    }

    @Test
    void whatAnotherUsersProgramStartedIsKilledWithIt() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        bench.with(WorkerSettings.parse(
                "programs: {p: {command: [/bin/sh, -c, \"(sleep 61.25 &) ; sleep 61.25\"], timeout: 500ms, user: nobody,"
                        + " directory: /, max-cpu: 5s}}",
                "w.yaml"));
        assertThat(bench.run("exec", Map.of("run", "p"), "/a").getDetail()).contains("ran longer than its timeout");
        assertThat(ProcessHandle.allProcesses()
                        .filter(ProcessHandle::isAlive)
                        .filter(p -> p.info().commandLine().orElse("").contains("61.25")))
                .isEmpty();
    }
}
