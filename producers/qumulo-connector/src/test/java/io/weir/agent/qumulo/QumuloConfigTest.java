package io.weir.agent.qumulo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class QumuloConfigTest {
    private static final Credentials TOKEN = new Credentials.TokenFile(Path.of("/etc/weir/token"));
    private static final Trust SYSTEM = new Trust.SystemAuthorities();

    @Test
    void defaultsAreTheWholeClusterWithoutAccessTimes() {
        QumuloConfig config = QumuloConfig.of(URI.create("https://Q1.Example.com"), TOKEN, SYSTEM);
        assertThat(config.endpoints()).containsExactly(URI.create("https://Q1.Example.com:8000"));
        assertThat(config.paths()).containsExactly("/");
        assertThat(config.volume()).isEqualTo("q1-example-com");
        assertThat(config.types()).hasSize(23).doesNotContain("child_atime_changed");
        assertThat(NotifyTypes.ALL).hasSize(24).doesNotHaveDuplicates();
        assertThat(config.excludes()).isEmpty();
    }

    @Test
    void theWebPortsPrefixAndAnExplicitPortAreKept() {
        assertThat(endpoint("https://q/api/")).isEqualTo(URI.create("https://q/api"));
        assertThat(endpoint("https://q:443/api")).isEqualTo(URI.create("https://q:443/api"));
        assertThat(endpoint("https://[fd00::1]/")).isEqualTo(URI.create("https://[fd00::1]:8000"));
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertThatThrownBy(() -> new QumuloConfig(
                        List.of(URI.create("http://10.0.0.1:8000"), URI.create("ftp://q"), URI.create("https://q?x=1")),
                        List.of("in", "/a/../b", "/a", "/a/c/"),
                        "My Volume",
                        TOKEN,
                        SYSTEM,
                        List.of("child_file_adedd"),
                        List.of("tmp")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cluster='http://10.0.0.1:8000': the token would cross the network in clear")
                .hasMessageContaining("cluster='ftp://q:8000': expected https://HOST:8000")
                .hasMessageContaining("expected no query and no fragment")
                .hasMessageContaining("path='in': expected an absolute path")
                .hasMessageContaining("path='/a/../b': expected an absolute path")
                .hasMessageContaining("path='/a/c': lies within path='/a'")
                .hasMessageContaining("volume='My Volume'")
                .hasMessageContaining("try 'my-volume'")
                .hasMessageContaining("try 'child_file_added'")
                .hasMessageContaining("exclude='tmp': expected a glob on absolute paths; try '**/tmp'");
    }

    @Test
    void nothingAtAllIsRefusedToo() {
        assertThatThrownBy(() -> new QumuloConfig(List.of(), List.of(), "v", TOKEN, SYSTEM, List.of(), List.of()))
                .hasMessageContaining("cluster: expected at least one URL")
                .hasMessageContaining("path: expected at least one")
                .hasMessageContaining("filter: expected at least one type");
    }

    @Test
    void clearHttpIsForTheOwnHostOrForThoseWhoTrustAnything() {
        assertThat(endpoint("http://127.0.0.1:1")).isEqualTo(URI.create("http://127.0.0.1:1"));
        assertThat(endpoint("http://[::1]:1")).isEqualTo(URI.create("http://[::1]:1"));
        assertThat(endpoint("http://localhost:1")).isEqualTo(URI.create("http://localhost:1"));
        assertThat(QumuloConfig.of(URI.create("http://q:1"), TOKEN, new Trust.Anything())
                        .endpoints())
                .hasSize(1);
        assertThatThrownBy(() -> endpoint("http://127.0.0.1.example.com:1")).hasMessageContaining("in clear");
    }

    @Test
    void aPasswordInAUrlIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> endpoint("https://admin:s3cret@q:8000"))
                .hasMessageContaining("try --user and --password-file")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void pinsAreFingerprintsInAnySpelling() {
        String hex = "0f".repeat(32);
        assertThat(new Trust.PinnedCertificate(hex)).isEqualTo(new Trust.PinnedCertificate("0F" + ":0f".repeat(31)));
        assertThatThrownBy(() -> new Trust.PinnedCertificate("0f0f"))
                .hasMessageContaining("pin='0f0f': expected the SHA-256 fingerprint");
    }

    @Test
    void aUserNeedsAName() {
        assertThatThrownBy(() -> new Credentials.UserPassword(" ", Path.of("p")))
                .hasMessageContaining("try --user");
    }

    private static URI endpoint(String text) {
        return QumuloConfig.of(URI.create(text), TOKEN, SYSTEM).endpoints().get(0);
    }
}
