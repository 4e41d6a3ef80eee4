package io.weir.qumulo.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import okhttp3.OkHttpClient;
import okhttp3.tls.Certificates;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TlsTest {
    private QumuloEmulator cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = QumuloEmulator.builder().tls().start();
        cluster.accounts().grant("t");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Client trusting() {
        var certificate =
                Certificates.decodeCertificatePem(cluster.certificate().orElseThrow());
        var trusted = new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate)
                .build();
        var http = new OkHttpClient.Builder()
                .sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager())
                .build();
        return new Client(cluster.uri(), "t", http);
    }

    @Test
    void itsCertificateIsTrustedByThoseWhoWereGivenIt() throws IOException {
        assertThat(cluster.uri()).hasScheme("https");
        try (Client client = trusting();
                Stream stream = client.watchAll()) {
            cluster.tree().createFile("/f");
            assertThat(stream.events()).containsExactly("child_file_added f");
        }
    }

    @Test
    void nobodyElseTrustsIt() {
        try (Client client = new Client(cluster.uri(), "t")) {
            assertThatThrownBy(() -> client.get("/v1/version")).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void aStreamMayBeResetBelowTls() throws IOException {
        try (Client client = trusting();
                Stream stream = client.watchAll()) {
            cluster.faults().resetStreams();
            assertThatThrownBy(stream::line)
                    .isInstanceOfAny(SocketException.class, SSLException.class)
                    .hasMessageContaining("reset");
        }
    }
}
