package io.weir.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCommandTest {
    @TempDir
    private Path directory;

    @Test
    void nothingToWatchIsRefused() {
        CommandRun run = CommandRun.in(directory, "watch");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("nothing to watch");
    }

    @Test
    void watchListNamesTheLinesThatAreNoDirectories() throws IOException {
        Files.writeString(directory.resolve("list"), "# ours\n\n.\nmissing\nlist/f\n");

        CommandRun run = CommandRun.in(directory, "watch", "-i", "list");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("list:4: path='missing' cannot be watched: no such file or directory")
                .contains("list:5: path='list/f' cannot be watched")
                .contains("expected a directory, or a file in one");
    }

    @Test
    void agentNeedsKafka() {
        CommandRun run = CommandRun.in(directory, "agent", ".");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("no Kafka is named; expected --bootstrap-servers and --schema-registry");
    }
}
