package io.weir.qumulo.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.emulator.QumuloEmulator;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTlsTest {
    @TempDir
    static Path directory;

    private static TestCertificate certificate;
    private static TestCertificate other;
    private static QumuloEmulator cluster;
    private static QumuloEmulator misnamed;
    private static Credentials credentials;
    private final List<Duration> pauses = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        certificate = TestCertificate.make(directory, "node", "ip:127.0.0.1");
        other = TestCertificate.make(directory, "other", "dns:other.example");
        cluster = QumuloEmulator.builder().tls(certificate.serverContext()).start();
        misnamed = QumuloEmulator.builder().tls(other.serverContext()).start();
        credentials = new Credentials.TokenFile(Files.writeString(directory.resolve("token"), "t"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
        misnamed.close();
    }

    @Test
    void aSelfSignedCertificateIsRefusedOnceAndItsFingerprintTold() throws Exception {
        try (QumuloClient client = client(cluster.uri(), new Trust.SystemAuthorities())) {
            assertThatThrownBy(client::version)
                    .isInstanceOf(QumuloException.class)
                    .hasMessageContaining("its certificate is refused: subject='CN=node', SHA-256 fingerprint "
                            + certificate.fingerprint())
                    .hasMessageContaining("try --ca FILE, or --pin");
        }
        assertThat(pauses).isEmpty();
    }

    @Test
    void theFingerprintToldIsThePinThatHelps() throws Exception {
        try (QumuloClient client = client(cluster.uri(), new Trust.PinnedCertificate(certificate.fingerprint()))) {
            assertThat(client.version().major()).isEqualTo(7);
        }
    }

    @Test
    void aPinnedCertificateMayNameAnotherHost() throws Exception {
        try (QumuloClient client = client(misnamed.uri(), new Trust.PinnedCertificate(other.fingerprint()))) {
            assertThat(client.version().major()).isEqualTo(7);
        }
    }

    @Test
    void anotherCertificateThanThePinnedOneIsRefused() throws Exception {
        try (QumuloClient client = client(cluster.uri(), new Trust.PinnedCertificate(other.fingerprint()))) {
            assertThatThrownBy(client::version)
                    .hasMessageContaining("expected the pinned one, " + other.fingerprint())
                    .hasMessageContaining("fingerprint " + certificate.fingerprint());
        }
    }

    @Test
    void anAuthorityFileMakesItTrusted() throws Exception {
        try (QumuloClient client = client(cluster.uri(), new Trust.AuthorityFile(certificate.pem()))) {
            assertThat(client.version().major()).isEqualTo(7);
        }
    }

    @Test
    void withAnAuthorityTheHostHasToBeNamed() throws Exception {
        try (QumuloClient client = client(misnamed.uri(), new Trust.AuthorityFile(other.pem()))) {
            assertThatThrownBy(client::version)
                    .hasMessageContaining("its certificate does not name the host '127.0.0.1'");
        }
        assertThat(pauses).isEmpty();
    }

    @Test
    void anyCertificateWillDoWhereThatIsAskedFor() throws Exception {
        try (QumuloClient client = client(misnamed.uri(), new Trust.Anything())) {
            assertThat(client.version().major()).isEqualTo(7);
        }
    }

    @Test
    void aRefusedNodeDoesNotStopTheOthers() throws Exception {
        ClusterAccess config =
                access(List.of(misnamed.uri(), cluster.uri()), new Trust.AuthorityFile(certificate.pem()));
        try (var client = new QumuloClient(config, pauses::add, new Random(1))) {
            assertThat(client.version().major()).isEqualTo(7);
        }
    }

    @Test
    void anAuthorityFileWithoutCertificatesIsNamed() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing\n");
        assertThatThrownBy(() -> client(cluster.uri(), new Trust.AuthorityFile(empty)))
                .isInstanceOf(QumuloException.class)
                .hasMessageContaining("CA file='" + empty + "'")
                .hasMessageContaining("expected readable certificates");
    }

    private QumuloClient client(URI endpoint, Trust trust) throws QumuloException {
        return new QumuloClient(access(List.of(endpoint), trust), pauses::add, new Random(1));
    }

    private static ClusterAccess access(List<URI> endpoints, Trust trust) {
        return new ClusterAccess(endpoints, credentials, trust);
    }
}
