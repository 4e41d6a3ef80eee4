package io.weir.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedDirectoryTest {
    @TempDir
    private Path directory;

    private CommandContext context;

    @BeforeEach
    void context() throws IOException {
        directory = directory.toRealPath();
        context = CommandRun.context(directory, Map.of());
    }

    @Test
    void volumeIsNamedAfterTheDirectory() throws IOException {
        Files.createDirectory(directory.resolve("My Scans"));

        assertThat(WatchedDirectory.parse("My Scans", true, context))
                .isEqualTo(new WatchedDirectory("my-scans", directory.resolve("My Scans"), true));
    }

    @Test
    void volumeMayBeNamed() throws IOException {
        Files.createDirectory(directory.resolve("in"));

        assertThat(WatchedDirectory.parse("in=scans", false, context))
                .isEqualTo(new WatchedDirectory("scans", directory.resolve("in"), false));
    }

    @Test
    void directoryWhoseNameHasAnEqualsSignIsTakenAsItIs() throws IOException {
        Files.createDirectory(directory.resolve("a=b"));

        assertThat(WatchedDirectory.parse("a=b", false, context).volume()).isEqualTo("a-b");
        assertThat(WatchedDirectory.parse("a=b=c", false, context).volume()).isEqualTo("c");
    }

    @Test
    void linkIsFollowedToTheDirectoryItself() throws IOException {
        Files.createDirectory(directory.resolve("real"));
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("real"));

        assertThat(WatchedDirectory.parse("link", false, context).directory()).isEqualTo(directory.resolve("real"));
    }

    @Test
    void missingDirectoryFileAndBadNameAreRefused() throws IOException {
        Files.writeString(directory.resolve("file"), "");
        Files.createDirectory(directory.resolve("in"));

        refused("missing", "'missing'", "no such file or directory");
        refused("file", "'file'", "is not a directory");
        refused("in=Not Valid", "volume name='Not Valid'", "try 'not-valid'");
    }

    @Test
    void sameNameTwiceIsRefused() {
        assertThatThrownBy(() -> WatchedDirectory.requireDistinct(List.of(at("in", "/a/in"), at("in", "/b/in"))))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("'/a/in' and '/b/in' would both be the volume 'in'")
                .hasMessageContaining("--watch '/b/in=in-2'");
    }

    @Test
    void directoryWithinAnotherIsRefused() {
        assertThatThrownBy(() -> WatchedDirectory.requireDistinct(List.of(at("a", "/a"), at("b", "/a/b"))))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("share files");
        WatchedDirectory.requireDistinct(List.of(
                new WatchedDirectory("a", Path.of("/a"), false), new WatchedDirectory("b", Path.of("/a/b"), false)));
    }

    private void refused(String text, String... parts) {
        assertThatThrownBy(() -> WatchedDirectory.parse(text, false, context))
                .isInstanceOf(CommandException.class)
                .hasMessageContainingAll(parts);
    }

    private static WatchedDirectory at(String volume, String path) {
        return new WatchedDirectory(volume, Path.of(path), true);
    }
}
