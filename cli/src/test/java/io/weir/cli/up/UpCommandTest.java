package io.weir.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandRun;
import io.weir.cli.instance.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything starts. That it runs is tested in integration-tests. */
class UpCommandTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void inbox() throws IOException {
        Files.createDirectory(directory.resolve("in"));
    }

    @Test
    void directoryThatDoesNotExistIsRefused() {
        refused(up("--watch", "missing"), "directory='missing'", "no such file or directory");
    }

    @Test
    void dataDirectoryCannotBeWatched() {
        refused(up("--watch", "in", "--data", "in"), "data directory", "never watched");
    }

    @Test
    void rulesFileThatDoesNotExistIsRefused() {
        refused(up("--watch", "in", "--rules", "missing.yaml"), "rules file='missing.yaml'", "no such file");
    }

    @Test
    void allFaultsOfARulesFileAreShownWithTheirPlaces() throws IOException {
        Files.writeString(
                directory.resolve("bad.yaml"),
                """
                rules:
                  - id: one
                    on: creatd
                    actions:
                      - quarantine: { to: /q }
                  - id: two
                    on: created
                    actions:
                      - teleport: { to: mars }
                """);

        refused(
                up("--watch", "in", "--rules", "bad.yaml"),
                "bad.yaml:3:",
                "creatd",
                "bad.yaml:9:",
                "teleport",
                "2 faults");
    }

    @Test
    void dataDirectoryInUseIsRefused() {
        try (DataDirectory held = DataDirectory.lock(directory.resolve("data"))) {
            refused(
                    up("--watch", "in", "--data", "data"),
                    "data directory='" + held.path() + "'",
                    "in use by another weir");
        }
    }

    private CommandRun up(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "up";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandRun.in(directory, all);
    }

    private static void refused(CommandRun run, String... parts) {
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("weir: ").contains(parts).doesNotContain("\tat ", "Exception");
    }
}
