package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent where inotify does not show all: on mounts that others change too, and where watches run out. */
@Timeout(120)
class PollsTest {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    @TempDir
    Path dir;

    private Path in;
    private TestAgent agent;
    private volatile @Nullable DeafKernel deaf;
    private volatile @Nullable LimitedKernel limited;

    @BeforeEach
    void make() throws Exception {
        in = Files.createDirectory(dir.toRealPath().resolve("in"));
        agent = new TestAgent(in, dir.resolve("data"));
    }

    @AfterEach
    void close() {
        agent.close();
    }

    private void start(Polling polling, Kernel.Opener kernel) {
        agent.polling(polling).kernel(kernel).start();
    }

    private void startPolled(Path... polled) {
        start(new Polling(Set.of(polled), INTERVAL), () -> {
            DeafKernel kernel = new DeafKernel(Kernel.open(), in);
            deaf = kernel;
            return kernel;
        });
    }

    private void startWithWatches(int most) {
        start(new Polling(Set.of(), INTERVAL), () -> {
            LimitedKernel kernel = new LimitedKernel(Kernel.open(), most);
            limited = kernel;
            return kernel;
        });
    }

    private List<String> told() {
        return agent.told();
    }

    private void await(String... expected) {
        agent.await(expected);
    }

    private void elsewhere(DeafKernel.Doing doing) throws Exception {
        Objects.requireNonNull(deaf).elsewhere(doing);
    }

    @Test
    void whatOtherHostsDoInAPolledTreeIsReconstructed() throws Exception {
        Path d = Files.createDirectory(in.resolve("d"));
        Files.writeString(d.resolve("changes"), "1");
        Files.writeString(d.resolve("goes"), "1");
        Files.writeString(d.resolve("moves"), "1");
        startPolled(in);
        elsewhere(() -> {
            Files.writeString(d.resolve("changes"), "22");
            Files.delete(d.resolve("goes"));
            Files.move(d.resolve("moves"), in.resolve("moved"));
            Files.createDirectories(in.resolve("new/below"));
            Files.writeString(in.resolve("new/below/f"), "x");
        });
        await("reconstructed written /d/changes", "reconstructed written /new/below/f");
        assertThat(told())
                .containsSubsequence("reconstructed modified /d/changes", "reconstructed written /d/changes")
                .containsSubsequence(
                        "reconstructed created /new",
                        "reconstructed created /new/below",
                        "reconstructed created /new/below/f",
                        "reconstructed written /new/below/f")
                .contains("reconstructed deleted /d/goes", "reconstructed moved /moved")
                .doesNotHaveDuplicates()
                .noneMatch(l -> l.contains(" gap "));
    }

    @Test
    void whatIsDoneHereInAPolledTreeIsToldAtOnceAndOnce() throws Exception {
        startPolled(in);
        Path f = in.resolve("f");
        try (var out = Files.newOutputStream(f)) {
            await("live created /f");
            elsewhere(() -> Files.writeString(in.resolve("other"), "x"));
            await("reconstructed written /other");
            out.write(1);
            await("live modified /f");
            elsewhere(() -> Files.writeString(in.resolve("third"), "x"));
            await("reconstructed written /third");
        }
        await("live written /f");
        elsewhere(() -> Files.writeString(in.resolve("last"), "x"));
        await("reconstructed written /last");
        assertThat(told().stream().filter(l -> l.endsWith(" /f")))
                .containsExactly("live created /f", "live modified /f", "live written /f");
    }

    @Test
    void onlyThePolledTreeIsPolled() throws Exception {
        Files.createDirectories(in.resolve("net"));
        startPolled(in.resolve("net"));
        elsewhere(() -> {
            Files.writeString(in.resolve("unseen"), "x");
            Files.writeString(in.resolve("net/seen"), "x");
        });
        await("reconstructed written /net/seen");
        assertThat(told()).containsExactly("reconstructed created /net/seen", "reconstructed written /net/seen");
    }

    @Test
    void aPolledDirectoryMayComeLaterAndGoAgain() throws Exception {
        startPolled(in.resolve("net/share"));
        elsewhere(() -> {
            Files.createDirectories(in.resolve("net/share"));
            Files.writeString(in.resolve("net/share/f"), "x");
        });
        await("reconstructed created /net/share", "reconstructed written /net/share/f");
        elsewhere(() -> NewDirectoriesTest.deleteTree(in.resolve("net/share")));
        await("reconstructed deleted /net/share", "reconstructed deleted /net/share/f");
        elsewhere(() -> Files.createDirectories(in.resolve("net/share/again")));
        await("reconstructed created /net/share/again");
        Files.writeString(in.resolve("net/share/again/f"), "x");
        await("live written /net/share/again/f");
        assertThat(told()).noneMatch(l -> l.contains(" gap "));
    }

    @Test
    void aDirectoryReplacedElsewhereIsWatchedAnew() throws Exception {
        Files.createDirectories(in.resolve("d/old"));
        startPolled(in);
        elsewhere(() -> {
            NewDirectoriesTest.deleteTree(in.resolve("d"));
            Files.createDirectories(in.resolve("d/new"));
        });
        await("reconstructed created /d/new", "reconstructed deleted /d/old");
        Files.writeString(in.resolve("d/new/f"), "x");
        await("live written /d/new/f");
    }

    @Test
    void aPolledPathOutsideWhatIsWatchedIsRefused() {
        assertThatThrownBy(() -> startPolled(dir.resolve("elsewhere")))
                .hasMessageStartingWith("polled directory='" + in.resolveSibling("elsewhere")
                        + "': it is not watched; expected a watched directory");
        assertThatThrownBy(() -> new Polling(Set.of(), Duration.ofMillis(99)))
                .hasMessage("poll interval='99ms': expected at least 100ms");
    }

    @Test
    void whereWatchesRunOutTheRestIsPolledUntilAllIsWatched() throws Exception {
        for (int i = 0; i < 20; i++) {
            Files.createDirectories(in.resolve("d" + i + "/e"));
            Files.writeString(in.resolve("d" + i + "/e/f"), "x");
        }
        startWithWatches(12); // the marks directory has one
        for (int i = 0; i < 20; i++) {
            Files.writeString(in.resolve("d" + i + "/e/f"), "y", StandardOpenOption.APPEND);
            Files.createDirectories(in.resolve("d" + i + "/n/m"));
            Files.writeString(in.resolve("d" + i + "/n/m/g"), "x");
        }
        for (int i = 0; i < 20; i++) {
            awaitWritten("/d" + i + "/e/f");
            awaitWritten("/d" + i + "/n/m/g");
        }
        assertThat(told()).contains("live gap / opens").doesNotContain("live gap / closes");
        assertThat(told()).anyMatch(l -> l.startsWith("reconstructed written"));
        Objects.requireNonNull(limited).most(1000);
        await("live gap / closes");
        for (int i = 0; i < 20; i++) {
            Files.writeString(in.resolve("d" + i + "/n/m/live"), "x");
        }
        for (int i = 0; i < 20; i++) {
            await("live written /d" + i + "/n/m/live");
        }
        assertThat(told().stream().filter(l -> l.contains(" created "))).doesNotHaveDuplicates();
        assertThat(told().stream().filter(l -> l.contains(" written ")).map(l -> l.substring(l.indexOf(' '))))
                .doesNotHaveDuplicates();
    }

    private void awaitWritten(String path) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(told())
                .anyMatch(l -> l.endsWith(" written " + path)));
    }

    @Test
    void directoriesDeletedWithoutAWatchDoNotKeepTheGapOpen() throws Exception {
        Files.createDirectories(in.resolve("a/b/c"));
        startWithWatches(2);
        await("live gap / opens");
        NewDirectoriesTest.deleteTree(in.resolve("a"));
        await("reconstructed deleted /a/b/c", "live gap / closes");
    }

    @Test
    void evenTheRootIsPolledIfItHasNoWatch() throws Exception {
        startWithWatches(1);
        Files.writeString(in.resolve("f"), "x");
        await("reconstructed written /f");
        Objects.requireNonNull(limited).most(10);
        await("live gap / closes");
        Files.writeString(in.resolve("g"), "x");
        await("live written /g");
    }
}
