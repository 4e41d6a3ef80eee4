package io.weir.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.agent.inotify.WatchRoot;
import io.weir.cli.CommandContext;
import io.weir.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeMapTest {
    @TempDir
    private Path directory;

    private CommandContext context;

    @BeforeEach
    void directories() throws IOException {
        directory = directory.toRealPath();
        context = CommandRun.context(directory, Map.of());
        Files.createDirectories(directory.resolve("share/projects/p1"));
    }

    @Test
    void directoryOutsideAllVolumesHasTheHostsPaths() {
        VolumeMap map = VolumeMap.parse(List.of(), "My.Host", context);

        assertThat(map.root(Path.of("/srv/in"), true))
                .isEqualTo(new WatchRoot("my-host", "/srv/in", Path.of("/srv/in"), true));
    }

    @Test
    void directoryOnAVolumeHasPathsThatStartThere() {
        VolumeMap map = VolumeMap.parse(List.of("share=share"), "host", context);
        Path below = directory.resolve("share/projects/p1");

        assertThat(map.root(below, false)).isEqualTo(new WatchRoot("share", "/projects/p1", below, false));
        assertThat(map.root(directory.resolve("share"), false).pathInVolume()).isEqualTo("/");
    }

    @Test
    void innermostVolumeCounts() {
        VolumeMap map = VolumeMap.parse(List.of("share=share", "inner=share/projects"), "host", context);

        assertThat(map.root(directory.resolve("share/projects/p1"), false).volume())
                .isEqualTo("inner");
        assertThat(map.unused(List.of(map.root(directory.resolve("share"), true))))
                .extracting(VolumeMap.Volume::name)
                .containsExactly("inner");
    }

    @Test
    void malformedAndDoubledVolumesAreRefused() {
        refused(List.of("share"), "expected NAME=DIR");
        refused(List.of("Not Valid=share"), "expected NAME=DIR");
        refused(List.of("a=missing"), "no such file or directory");
        refused(List.of("a=share", "a=share/projects"), "is given twice");
    }

    private void refused(List<String> texts, String part) {
        assertThatThrownBy(() -> VolumeMap.parse(texts, "host", context)).hasMessageContaining(part);
    }
}
