package io.weir.cli.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.cli.CommandException;
import io.weir.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceFileTest {
    @TempDir
    private Path data;

    @Test
    void isReadAsItWasWritten() throws IOException {
        InstanceFile file = new InstanceFile(123, "127.0.0.1:9092", "http://127.0.0.1:8081", data);
        file.write();

        assertThat(InstanceFile.read(data)).contains(file);
        InstanceFile.delete(data);
        assertThat(InstanceFile.read(data)).isEmpty();
    }

    @Test
    void damagedFileSaysWhatToDo() throws IOException {
        Files.writeString(data.resolve("instance.json"), "{\"pid\": 1}");

        assertThatThrownBy(() -> InstanceFile.read(data))
                .hasMessageContaining("bootstrapServers")
                .hasMessageContaining("delete the file");
    }

    @Test
    void runsWhileTheDirectoryIsLocked() throws IOException {
        InstanceFile file = new InstanceFile(ProcessHandle.current().pid(), "b", "r", data);
        assertThat(file.isRunning()).isFalse();
        try (DataDirectory held = DataDirectory.lock(data)) {
            assertThat(file.isRunning()).isTrue();
            assertThat(file.isRunning()).as("asking does not lose the lock").isTrue();
            assertThat(held.path()).isEqualTo(data);
        }
        assertThat(file.isRunning()).isFalse();
    }

    @Test
    void secondHolderIsRefusedWithTheFirstOnesProcess() {
        try (DataDirectory held = DataDirectory.lock(data)) {
            assertThatThrownBy(() -> DataDirectory.lock(held.path()))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("in use by another weir (process "
                            + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void dataDirectoryThatIsAFileIsRefused() throws IOException {
        Path file = Files.writeString(data.resolve("file"), "");

        assertThatThrownBy(() -> DataDirectory.lock(file))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("data directory='" + file + "'");
    }

    @Test
    void commandSaysThatNoInstanceRunsWhenTheProcessHasDied() throws IOException {
        new InstanceFile(1, "127.0.0.1:1", "http://127.0.0.1:1", data).write();

        CommandRun run = CommandRun.in(data, "rules", "list", "--data", data.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("weir: data directory='" + data
                        + "': no instance of weir runs there; start one with 'weir up'");
    }
}
