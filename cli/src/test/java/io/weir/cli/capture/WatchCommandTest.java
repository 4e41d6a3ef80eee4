package io.weir.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandRun;
import io.weir.cli.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

    private CommandRun stoppedAtOnce(String... arguments) {
        StopRequest stop = new StopRequest();
        stop.request();
        return CommandRun.with(
                new CommandContext(Map.of(), directory, CommandRun.installation(), () -> stop), arguments);
    }

    @Test
    void linesOfAWatchListThatAreNotThereAreReportedAndAwaited() throws IOException {
        Files.writeString(directory.resolve("list"), "# ours\n\n.\nmissing\nlist/f\n");

        CommandRun run = stoppedAtOnce("watch", "-i", "list");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("watching");
        assertThat(run.err())
                .isEqualToNormalizingNewlines("weir: list:4: path='missing' is not there: no such file or directory: '"
                        + directory.toRealPath() + "/missing'; it is watched when it appears\n"
                        + "weir: list:5: path='list/f' is not there: not a directory: '" + directory.toRealPath()
                        + "/list/f'; it is watched when it appears\n");
    }

    @Test
    void aPathThatIsNamedHasToBeThere() {
        CommandRun run = stoppedAtOnce("watch", "missing");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("path='missing' cannot be watched: no such file or directory: '" + directory)
                .contains("'; expected a directory, or a file in one");
    }

    @Test
    void aPolledDirectoryHasToBeWatched() {
        CommandRun run = stoppedAtOnce("watch", ".", "--poll", "sub");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("/sub': it is not watched; expected a watched directory, or one below that is watched")
                .doesNotContain("not expected");
        assertThat(stoppedAtOnce("watch", ".", "--poll", ".", "--poll-interval", "1ms")
                        .err())
                .contains("poll interval='1ms': expected at least 100ms");
        assertThat(stoppedAtOnce("watch", "-r", ".", "--poll", "sub").code()).isZero();
    }

    @Test
    void agentNeedsKafka() {
        CommandRun run = CommandRun.in(directory, "agent", ".");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("no Kafka is named; expected --bootstrap-servers and --schema-registry");
    }
}
