package io.weir.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.inotify.WatchRoot;
import io.weir.cli.CommandRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExclusionsTest {
    @TempDir
    Path directory;

    @Test
    void theyAreToldAsGlobsOnThePathsOfVolumes() {
        Path in = directory.resolve("in");
        var exclusions = Exclusions.of(
                List.of("*.tmp", in.resolve("cache").toString(), "/elsewhere/x"),
                CommandRun.context(directory, Map.of()));
        var roots = List.of(WatchRoot.ofVolume("v", in, true), new WatchRoot("w", "/sub", in, true));
        assertThat(exclusions.inVolumes(roots))
                .containsExactly(
                        "v:**/*.tmp",
                        "v:**/*.tmp/**",
                        "v:/cache",
                        "v:/cache/**",
                        "w:**/*.tmp",
                        "w:**/*.tmp/**",
                        "w:/sub/cache",
                        "w:/sub/cache/**");
    }
}
