package io.weir.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandRun;
import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.qumulo.client.rest.Credentials;
import io.weir.qumulo.client.rest.Trust;
import io.weir.worker.VolumeMount;
import io.weir.worker.qumulo.ClusterVolume;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ServedVolumesTest {
    private static final String NAS = "nas=https://nas.example.com";

    @TempDir
    private Path directory;

    private CommandContext context;

    @BeforeEach
    void context() throws IOException {
        context = CommandRun.context(directory, Map.of());
        Files.createDirectory(directory.resolve("share"));
        Files.writeString(directory.resolve("secret"), "sesame");
    }

    private ServedVolumes served(List<String> volumes, WorkerSettings settings, String... access) {
        return ServedVolumes.of(
                volumes, CommandLine.populateCommand(new QumuloAccessOptions(), access), settings, context);
    }

    private ServedVolumes served(List<String> volumes, String... access) {
        return served(volumes, WorkerSettings.defaults(), access);
    }

    @Test
    void aVolumeIsADirectoryOrOnAClusterAndMoreAreInTheSettings() throws Exception {
        Path secret = directory.resolve("secret");
        var settings = WorkerSettings.parse("volumes: {old: {cluster: https://old, token-file: " + secret + "}}", "f");
        ServedVolumes served = served(List.of("share=share", NAS), settings, "--token-file", "secret", "--insecure");
        var access = new ClusterAccess(
                List.of(URI.create("https://nas.example.com:8000")),
                new Credentials.TokenFile(secret),
                new Trust.Anything());
        assertThat(served.mountedNames()).containsExactly("share");
        assertThat(served.all(directory.resolve("marks")::resolve))
                .containsExactly(
                        new VolumeMount("share", directory.resolve("share"), directory.resolve("marks/share")),
                        settings.volumes().get(0),
                        ClusterVolume.of("nas", access));
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertRefused(List.of(NAS), "expected --token-file, or --user and --password-file");
        assertRefused(List.of(NAS), "expected --token-file, or --user", "--user", "u");
        assertRefused(List.of(NAS), "--token-file='none': expected a file that can be read", "--token-file", "none");
        assertRefused(
                List.of(NAS),
                "--ca, --pin, --insecure: expected at most one",
                "--token-file",
                "secret",
                "--ca",
                "secret",
                "--insecure");
        assertRefused(
                List.of("nas=http://nas.example.com"), "the token would cross the network", "--token-file", "secret");
        assertRefused(List.of("NAS=https://nas"), "expected NAME=URL", "--token-file", "secret");
        assertRefused(List.of("nas=share", NAS), "volume 'nas' is given twice", "--token-file", "secret");
        assertRefused(List.of("nas=none"), "no such file or directory");
    }

    private void assertRefused(List<String> volumes, String why, String... access) {
        assertThatThrownBy(() -> served(volumes, access))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("sesame");
    }
}
