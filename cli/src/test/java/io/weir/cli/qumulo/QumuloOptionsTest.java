package io.weir.cli.qumulo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.agent.qumulo.QumuloConfig;
import io.weir.cli.CommandRun;
import io.weir.qumulo.client.rest.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class QumuloOptionsTest {
    @TempDir
    Path directory;

    @Command
    private static final class Holder {
        @Mixin
        private QumuloOptions options = new QumuloOptions();
    }

    @BeforeEach
    void files() throws IOException {
        Files.writeString(directory.resolve("token"), "access-v1:t");
        Files.writeString(
                directory.resolve("worker.yaml"),
                """
                volumes:
                  nas:
                    cluster: ["https://n1:8000", "https://n2:8000"]
                    token-file: %1$s
                    watch: { paths: [/in, /out], filter: child_file_added, exclude: "**/*.tmp" }
                  other: { cluster: "https://n3:8000", token-file: %1$s, root: /home }
                """
                        .formatted(directory.resolve("token")));
    }

    private QumuloConfig config(String... arguments) {
        var holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return holder.options.config(CommandRun.context(directory, Map.of()));
    }

    @Test
    void optionsNameTheCluster() {
        QumuloConfig config = config(
                "--cluster",
                "https://n1",
                "--cluster",
                "https://n2",
                "--token-file",
                "token",
                "--path",
                "/in",
                "--path",
                "/out",
                "--exclude",
                "**/*.tmp",
                "--filter",
                "child_file_added,child_file_removed");
        assertThat(config.access().endpoints())
                .containsExactly(URI.create("https://n1:8000"), URI.create("https://n2:8000"));
        assertThat(config.volume()).isEqualTo("n1");
        assertThat(config.paths()).containsExactly("/in", "/out");
        assertThat(config.types()).containsExactly("child_file_added", "child_file_removed");
        assertThat(config.excludes()).containsExactly("**/*.tmp");
    }

    @Test
    void theWorkersSettingsNameIt() {
        QumuloConfig config = config("--config", "worker.yaml", "--volume", "nas");
        assertThat(config.access().endpoints()).hasSize(2);
        assertThat(config.volume()).isEqualTo("nas");
        assertThat(config.access().credentials()).isEqualTo(new Credentials.TokenFile(directory.resolve("token")));
        assertThat(config.paths()).containsExactly("/in", "/out");
        assertThat(config.types()).containsExactly("child_file_added");
        assertThat(config.excludes()).containsExactly("**/*.tmp");
    }

    @Test
    void anOptionGoesBeforeTheSettings() {
        QumuloConfig config = config("--config", "worker.yaml", "--volume", "nas", "--path", "/elsewhere");
        assertThat(config.paths()).containsExactly("/elsewhere");
        assertThat(config.types()).containsExactly("child_file_added");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> config("--volume", "nas")).hasMessageContaining("expected --cluster");
        assertThatThrownBy(() -> config("--config", "worker.yaml"))
                .hasMessageContaining("expected one volume in 'volumes', or --volume NAME; found [nas, other]");
        assertThatThrownBy(() -> config("--config", "worker.yaml", "--volume", "none"))
                .hasMessageContaining("expected 'none' in 'volumes'");
        assertThatThrownBy(() -> config("--config", "worker.yaml", "--volume", "other"))
                .hasMessageContaining("has a 'root' or 'marks' of its own");
        assertThatThrownBy(() -> config("--cluster", "https://n1", "--token-file", "token", "--filter", "child_moved"))
                .hasMessageContaining("not a Change Notify type; try");
    }
}
