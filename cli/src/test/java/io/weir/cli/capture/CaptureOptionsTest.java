package io.weir.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.agent.AgentConfig;
import io.weir.agent.inotify.InotifyAgentConfig;
import io.weir.agent.inotify.WatchRoot;
import io.weir.cli.CommandContext;
import io.weir.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CaptureOptionsTest {
    @TempDir
    private Path directory;

    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void files() throws IOException {
        directory = directory.toRealPath();
        Files.createDirectories(directory.resolve("in/sub"));
        Files.createDirectories(directory.resolve("a [b]"));
        for (String file : new String[] {"in/f", "in/g", "in/sub/h", "k"}) {
            Files.createFile(directory.resolve(file));
        }
    }

    private InotifyAgentConfig config(Path workingDirectory, String... arguments) {
        CommandContext context = CommandRun.context(workingDirectory, Map.of());
        CaptureOptions options = new CaptureOptions(context);
        new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return options.over(AgentConfig.inMemory("id", "host"), notes::add);
    }

    private WatchRoot files(String in, String... names) {
        Path path = directory.resolve(in);
        return new WatchRoot("host", path.toString(), path, false, Set.of(names), false);
    }

    private WatchRoot listed(String in, boolean recursive, String... names) {
        Path path = directory.resolve(in).normalize();
        return new WatchRoot("host", path.toString(), path, recursive, Set.of(names), true);
    }

    @Test
    void aListedPathIsAwaitedAsADirectoryAndByItsName() throws IOException {
        Files.writeString(directory.resolve("list"), "# ours\n\n in/sub \nin/f\nmissing/far/below\n");

        assertThat(config(directory, "-r", "-i", "list").roots())
                .containsExactlyInAnyOrder(
                        listed("in/sub", true),
                        listed("in/f", true),
                        listed("missing/far/below", true),
                        listed("in", false, "f", "sub"),
                        listed("missing/far", false, "below"));
        assertThat(notes)
                .singleElement()
                .asString()
                .isEqualTo("list:5: path='missing/far/below' is not there: no such file or directory: '" + directory
                        + "/missing/far/below'; it is watched when it appears");
    }

    @Test
    void whatAnotherLineOrArgumentShowsNeedsNoWatchOfItsOwn() throws IOException {
        Files.writeString(directory.resolve("list"), "gone/a/b\ngone/a\ngone/a/\nin/sub\nin/sub/h\n");

        assertThat(config(directory, "-r", "-i", "list", "in").roots())
                .containsExactlyInAnyOrder(
                        new WatchRoot("host", directory + "/in", directory.resolve("in"), true),
                        listed("gone/a", true),
                        listed("gone", false, "a"));
        assertThat(config(directory, "-i", "list").roots())
                .containsExactlyInAnyOrder(
                        listed("gone/a", false),
                        listed("gone/a/b", false),
                        listed("in/sub", false),
                        listed("in/sub/h", false),
                        listed("gone", false, "a"),
                        listed("in", false, "sub"));
    }

    @Test
    void aListedFileBesideOneThatIsNamedSharesItsWatch() throws IOException {
        Files.writeString(directory.resolve("list"), "in/later\n");

        assertThat(config(directory, "-i", "list", "in/f").roots())
                .containsExactlyInAnyOrder(listed("in/later", false), files("in", "f", "later"));
    }

    @Test
    void whatIsPolledAndHowOften() {
        InotifyAgentConfig config =
                config(directory, "-r", ".", "--poll", "in", "--poll", "/mnt/later", "--poll-interval", "2m");

        assertThat(config.polling().directories())
                .containsExactlyInAnyOrder(directory.resolve("in"), Path.of("/mnt/later"));
        assertThat(config.polling().interval()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config(directory, ".").polling().interval()).isEqualTo(Duration.ofSeconds(5));
        assertThatThrownBy(() -> config(directory, ".", "--poll", "k"))
                .hasMessage("--poll='k' is not a directory; expected a watched directory, or one below");
    }

    @Test
    void singleFilesAreEntriesOfTheirDirectories() {
        assertThat(config(directory, "in/f", "in/g", "in/sub/h").roots())
                .containsExactly(files("in", "f", "g"), files("in/sub", "h"));
    }

    @Test
    void aFileThatAWatchedDirectoryShowsNeedsNoWatchOfItsOwn() {
        assertThat(config(directory, "in/sub/h", "in/f", "in").roots())
                .containsExactly(files("in"), files("in/sub", "h"));
        assertThat(config(directory, "-r", "in/sub/h", "in/f", "in", "k").roots())
                .extracting(WatchRoot::names)
                .containsExactly(Set.of(), Set.of("k"));
    }

    @Test
    void aLinkToAFileIsTheFile() throws IOException {
        Files.createSymbolicLink(directory.resolve("link"), Path.of("in/f"));
        assertThat(config(directory, "link").roots()).containsExactly(files("in", "f"));
    }

    @Test
    void aNameIsExcludedAnywhereAndAPathFromTheWorkingDirectory() {
        Predicate<String> hidden = config(
                        directory, ".", "--exclude", "*.tmp", "--exclude", "cache/", "--exclude", "./in/**/{x,y}")
                .hidden();
        assertThat(hidden).accepts("/any/a.tmp", "/srv/cache", directory + "/in/x", directory + "/in/sub/deep/y");
        assertThat(hidden).rejects("/any/a.tmp.zip", "/srv/cached", "/in/x", directory + "/in/sub/z");
    }

    @Test
    void theWorkingDirectoryIsNoGlob() {
        Path here = directory.resolve("a [b]");
        Predicate<String> hidden = config(here, ".", "--exclude", "../in/*.log").hidden();
        assertThat(hidden).accepts(directory + "/in/a.log").rejects(here + "/a.log");
        assertThat(config(here, ".", "--exclude", "x/*").hidden())
                .accepts(here + "/x/f")
                .rejects(directory + "/a b/x/f");
    }

    @Test
    void aPathWithoutWildcardsIsExcludedByItself() {
        InotifyAgentConfig config = config(directory, ".", "--exclude", "in/f", "--exclude", "/srv/x");
        assertThat(config.excluded()).containsExactlyInAnyOrder(directory.resolve("in/f"), Path.of("/srv/x"));
        assertThat(config.hidden()).rejects("/srv/f");
    }

    @Test
    void whatIsNoGlobIsRefused() {
        assertThatThrownBy(() -> config(directory, ".", "--exclude", "[a"))
                .hasMessageStartingWith("--exclude='[a': glob");
    }
}
