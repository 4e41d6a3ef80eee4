package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @TempDir
    private Path directory;

    @Test
    void helpListsTheCommands() {
        CommandRun run = CommandRun.in(directory, "--help");

        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .startsWith("Usage: weir COMMAND [OPTIONS]")
                .contains("up", "watch", "rules", "agent", "filter", "worker", "topics", "volume")
                .doesNotContain("train");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "watch",
                "agent",
                "filter",
                "worker",
                "rules",
                "rules apply",
                "rules list",
                "rules delete",
                "rules check",
                "trace",
                "topics create",
                "volume add"
            })
    void eachCommandHasHelp(String command) {
        CommandRun run = CommandRun.in(directory, (command + " --help").split(" "));

        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).startsWith("Usage: weir " + command);
    }

    @Test
    void versionNamesTheCommit() {
        CommandRun run = CommandRun.in(directory, "--version");

        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).matches("weir \\d+\\.\\d+\\.\\d+\\S* \\(commit \\S+\\)\\R");
    }

    @Test
    void nothingAtAllIsAWrongUseAndShowsTheHelp() {
        CommandRun run = CommandRun.in(directory);

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("Usage: weir");
    }

    @Test
    void misspelledCommandIsAWrongUseThatNamesTheNearest() {
        CommandRun run = CommandRun.in(directory, "ruls");

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("ruls").contains("Did you mean: weir rules");
    }

    @Test
    void misspelledOptionIsAWrongUseThatNamesTheNearest() {
        CommandRun run = CommandRun.in(directory, "up", "--wach", "x");

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--wach").contains("--watch").contains("Try 'weir up --help'");
    }

    @Test
    void groupWithoutCommandIsAWrongUse() {
        CommandRun run = CommandRun.in(directory, "rules");

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("apply, check, test, diff, backtest, explain, list, get");
    }

    @Test
    void stackTraceIsShownOnRequestOnly() {
        assertThat(CommandRun.in(directory, "watch", "missing").err()).doesNotContain("\tat ");
        assertThat(CommandRun.in(directory, "watch", "missing", "--debug").err())
                .contains("\tat ");
    }
}
