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
        return options.over(AgentConfig.inMemory("id", "host"));
    }

    private WatchRoot files(String in, String... names) {
        Path path = directory.resolve(in);
        return new WatchRoot("host", path.toString(), path, false, Set.of(names));
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
