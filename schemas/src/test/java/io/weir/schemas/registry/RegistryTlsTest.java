package io.weir.schemas.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an HTTPS server that demands a client's certificate. One self-signed certificate serves both sides. */
class RegistryTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    private static FakeRegistry registry;
    private static Path store;
    private static String certificate;
    private static String key;

    @BeforeAll
    static void start() throws Exception {
        store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "x",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        certificate = pem("CERTIFICATE", keys.getCertificate("x").getEncoded());
        Key secret = keys.getKey("x", PASSWORD.toCharArray());
        key = pem("PRIVATE KEY", secret.getEncoded());
        registry = new FakeRegistry(server(keys));
    }

    private static HttpsServer server(KeyStore keys) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("x", keys.getCertificate("x"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        });
        return server;
    }

    private static String pem(String kind, byte[] der) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void storesAreRead() {
        assertThat(subjects(
                        "localhost",
                        Map.of(
                                "schema.registry.ssl.truststore.location",
                                trustStore(),
                                "schema.registry.ssl.truststore.password",
                                PASSWORD,
                                "schema.registry.ssl.truststore.type",
                                "PKCS12",
                                "schema.registry.ssl.keystore.location",
                                store.toString(),
                                "schema.registry.ssl.keystore.password",
                                PASSWORD,
                                "schema.registry.ssl.keystore.type",
                                "PKCS12")))
                .isEmpty();
    }

    @Test
    void pemTextAndPemFilesAreRead() throws Exception {
        assertThat(subjects(
                        "localhost",
                        Map.of(
                                "schema.registry.ssl.truststore.certificates", certificate,
                                "schema.registry.ssl.keystore.certificate.chain", certificate,
                                "schema.registry.ssl.keystore.key", key)))
                .isEmpty();
        Path both = Files.writeString(directory.resolve("both.pem"), key + certificate);
        assertThat(subjects(
                        "localhost",
                        Map.of(
                                "schema.registry.ssl.truststore.location",
                                both.toString(),
                                "schema.registry.ssl.truststore.type",
                                "PEM",
                                "schema.registry.ssl.keystore.location",
                                both.toString(),
                                "schema.registry.ssl.keystore.type",
                                "PEM")))
                .isEmpty();
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() {
        assertThatThrownBy(() -> subjects("localhost", Map.of()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("SSLHandshakeException");
    }

    @Test
    void theHostNameIsCheckedUnlessToldOtherwise() {
        Map<String, String> pem = new HashMap<>(Map.of(
                "schema.registry.ssl.truststore.certificates", certificate,
                "schema.registry.ssl.keystore.certificate.chain", certificate,
                "schema.registry.ssl.keystore.key", key));
        assertThatThrownBy(() -> subjects("127.0.0.1", pem))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("SSLPeerUnverifiedException");
        pem.put("schema.registry.ssl.endpoint.identification.algorithm", "");
        assertThat(subjects("127.0.0.1", pem)).isEmpty();
    }

    private static String trustStore() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            trusted.setCertificateEntry("x", keys.getCertificate("x"));
            Path file = directory.resolve("trust.p12");
            try (var out = Files.newOutputStream(file)) {
                trusted.store(out, PASSWORD.toCharArray());
            }
            return file.toString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> subjects(String host, Map<String, String> ssl) {
        Map<String, Object> config = new HashMap<>(ssl);
        config.put("schema.registry.url", "https://" + host + ":" + registry.port());
        config.put("max.retries", "0");
        try (SchemaRegistryClient client = new SchemaRegistryClient(config)) {
            registry.answerNext(200, "[]");
            return client.subjects();
        }
    }
}
