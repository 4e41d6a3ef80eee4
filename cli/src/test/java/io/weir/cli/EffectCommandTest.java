package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectCommandTest {
    @TempDir
    private Path directory;

    private CommandRun effect(Map<String, String> environment, String... paths) {
        String[] arguments = new String[paths.length + 1];
        arguments[0] = "effect";
        System.arraycopy(paths, 0, arguments, 1, paths.length);
        return CommandRun.with(CommandRun.context(directory, environment), arguments);
    }

    @Test
    void addsALineForEachPath() throws IOException {
        Path report = Files.writeString(directory.resolve("report"), "out/first\n");
        Map<String, String> environment = Map.of("WEIR_EFFECTS", report.toString());

        CommandRun run = effect(environment, "out/x", "/vol/pages/", "a\nb");

        assertThat(run).isEqualTo(new CommandRun(0, "", ""));
        assertThat(report).hasContent("out/first\n" + directory + "/out/x\n/vol/pages/\n\"" + directory + "/a\\nb\"\n");
    }

    @Test
    void isForProgramsThatExecRuns() {
        CommandRun run = effect(Map.of(), "x");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("environment variable WEIR_EFFECTS is not set")
                .contains("docs/actions.md");
    }

    @Test
    void saysWhichNameItCannotTell() throws IOException {
        Path report = Files.createFile(directory.resolve("report"));

        CommandRun run = effect(Map.of("WEIR_EFFECTS", report.toString()), "a\uFFFDb");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("path='a\uFFFDb': its name is not UTF-8");
        assertThat(report).isEmptyFile();
    }
}
