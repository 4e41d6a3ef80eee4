package io.weir.qumulo.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterAccessTest {
    private static final Credentials TOKEN = new Credentials.TokenFile(Path.of("/etc/weir/token"));
    private static final Trust SYSTEM = new Trust.SystemAuthorities();

    @Test
    void aBareHostMeansTheRestPort() {
        assertThat(endpoint("https://Q1.Example.com")).isEqualTo(URI.create("https://Q1.Example.com:8000"));
    }

    @Test
    void theWebPortsPrefixAndAnExplicitPortAreKept() {
        assertThat(endpoint("https://q/api/")).isEqualTo(URI.create("https://q/api"));
        assertThat(endpoint("https://q:443/api")).isEqualTo(URI.create("https://q:443/api"));
        assertThat(endpoint("https://[fd00::1]/")).isEqualTo(URI.create("https://[fd00::1]:8000"));
    }

    @Test
    void allFaultsAreToldAtOnce() {
        List<URI> endpoints =
                List.of(URI.create("http://10.0.0.1:8000"), URI.create("ftp://q"), URI.create("https://q?x=1"));
        assertThatThrownBy(() -> new ClusterAccess(endpoints, TOKEN, SYSTEM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cluster='http://10.0.0.1:8000': the token would cross the network in clear")
                .hasMessageContaining("cluster='ftp://q:8000': expected https://HOST:8000")
                .hasMessageContaining("expected no query and no fragment");
    }

    @Test
    void noEndpointAtAllIsRefused() {
        assertThatThrownBy(() -> new ClusterAccess(List.of(), TOKEN, SYSTEM))
                .hasMessageContaining("cluster: expected at least one URL");
    }

    @Test
    void clearHttpIsForTheOwnHostOrForThoseWhoTrustAnything() {
        assertThat(endpoint("http://127.0.0.1:1")).isEqualTo(URI.create("http://127.0.0.1:1"));
        assertThat(endpoint("http://[::1]:1")).isEqualTo(URI.create("http://[::1]:1"));
        assertThat(endpoint("http://localhost:1")).isEqualTo(URI.create("http://localhost:1"));
        assertThat(new ClusterAccess(List.of(URI.create("http://q:1")), TOKEN, new Trust.Anything()).endpoints())
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
        return new ClusterAccess(List.of(URI.create(text)), TOKEN, SYSTEM)
                .endpoints()
                .get(0);
    }
}
