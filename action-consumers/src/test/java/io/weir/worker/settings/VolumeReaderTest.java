package io.weir.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.qumulo.client.rest.Credentials;
import io.weir.qumulo.client.rest.Trust;
import io.weir.worker.qumulo.ClusterVolume;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeReaderTest {
    @TempDir
    Path directory;

    private Path secret;

    @BeforeEach
    void write() throws IOException {
        secret = Files.writeString(directory.resolve("secret"), "access-v1:sesame");
    }

    @Test
    void aVolumeOnAClusterIsReadWithAllThatLeadsThere() throws Exception {
        WorkerSettings settings = WorkerSettings.parse(
                """
                volumes:
                  nas:
                    cluster: [https://nas1.example.com:8000, https://nas2.example.com]
                    token-file: %1$s
                    ca-file: %1$s
                    root: /projects/
                    marks: /.weir/other
                    mount: /mnt/nas
                  scratch: {cluster: "http://127.0.0.1:8000", user: weir, password-file: %1$s}
                """
                        .formatted(secret),
                "f");
        var nas = new ClusterAccess(
                List.of(URI.create("https://nas1.example.com:8000"), URI.create("https://nas2.example.com:8000")),
                new Credentials.TokenFile(secret),
                new Trust.AuthorityFile(secret));
        var scratch = new ClusterAccess(
                List.of(URI.create("http://127.0.0.1:8000")),
                new Credentials.UserPassword("weir", secret),
                new Trust.SystemAuthorities());
        assertThat(settings.volumes())
                .containsExactly(
                        new ClusterVolume("nas", nas, "/projects", "/.weir/other", Optional.of(Path.of("/mnt/nas"))),
                        ClusterVolume.of("scratch", scratch));
        assertThat(settings.toString()).doesNotContain("sesame");
        assertThat(settings.inWords())
                .contains("  nas: {cluster: [https://nas1.example.com:8000, https://nas2.example.com:8000], credentials"
                        + " in: " + secret + ", root: /projects, marks: /.weir/other}");
    }

    @Test
    void whatIsWrongWithAVolumeOnAClusterIsSaid() {
        String settings =
                """
                volumes:
                  NAS: {cluster: "https://a", token-file: %1$s}
                  none: {cluster: "https://a"}
                  both: {cluster: "https://a", token-file: %1$s, user: u, password-file: %1$s}
                  nowhere: {token-file: %1$s}
                  clear: {cluster: "http://a", token-file: %1$s}
                  trust: {cluster: "https://a", token-file: %1$s, insecure: true, pin: ab}
                  pin: {cluster: "https://a", token-file: %1$s, pin: ab}
                  place: {cluster: "https://a", token-file: %1$s, mount: mnt}
                  marks: {cluster: "https://a", token-file: %1$s, root: x, marks: /.weir/staging}
                  file: {cluster: "https://a", token-file: /none}
                """
                        .formatted(secret);
        assertThatThrownBy(() -> WorkerSettings.parse(settings, "f"))
                .hasMessageContainingAll(
                        "f:2:8: volume='NAS': expected 1 to 63 of a-z",
                        "volume 'none': expected 'token-file', or 'user' and 'password-file'",
                        "volume 'both': expected 'token-file', or",
                        "volume 'nowhere': cluster: expected at least one URL",
                        "volume 'clear': cluster='http://a:8000': the token would cross the network in clear",
                        "volume 'trust': expected at most one of 'ca-file', 'pin' and 'insecure'",
                        "volume 'pin': pin='ab': expected the SHA-256 fingerprint",
                        "volume 'place': mount='mnt': expected an absolute path",
                        "volume 'marks': root='x' does not begin with '/'",
                        "volume 'marks': marks='/.weir/staging': expected a directory in /.weir other than",
                        "token-file='/none': expected the absolute path of a file");
    }
}
