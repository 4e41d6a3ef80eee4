package io.weir.worker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.ActionResult;
import io.weir.worker.RemoteFailureException;
import io.weir.worker.run.Bench;
import io.weir.worker.settings.WorkerSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Dns;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts to make a worker send where it must not. */
class WebhookAddressTest {
    @TempDir
    Path directory;

    private final MockWebServer server = new MockWebServer();
    private final Deque<List<InetAddress>> answers = new ArrayDeque<>();
    private Bench bench;

    @BeforeEach
    void open() throws Exception {
        server.start();
        bench = new Bench(directory).with(new Webhook(this::lookup, Clock.systemUTC()));
        bench.file("/a", "12345");
    }

    @AfterEach
    void close() {
        bench.close();
        server.close();
    }

    private List<InetAddress> lookup(String host) throws UnknownHostException {
        return answers.isEmpty() ? Dns.SYSTEM.lookup(host) : answers.remove();
    }

    private void resolvesTo(String... addresses) throws UnknownHostException {
        InetAddress[] all = new InetAddress[addresses.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.getByName(addresses[i]);
        }
        answers.add(Arrays.asList(all));
    }

    private ActionResult send(String url, String settings) throws Exception {
        bench.with(WorkerSettings.parse(settings, "w.yaml"));
        return bench.run("webhook", Map.of("to", url), "/a");
    }

    private void assertRefused(ActionResult result, String... why) {
        assertThat(result.getOutcome()).as(result.getDetail()).isEqualTo("refused");
        assertThat(result.getDetail()).contains(why);
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void anAddressOfARuleIsRefusedUnlessItsHostIsListed() throws Exception {
        assertRefused(
                send("https://hooks.example.com/secret", ""),
                "address 'https://hooks.example.com/' is not among 'webhook-hosts' [] (default)");
        String listed = "webhook-hosts: [hooks.example.com, \"*.example.org\", \"e.net:8443\"]";
        for (String url : List.of(
                "https://example.com/",
                "https://hooks.example.com.evil.net/",
                "https://evil.net/hooks.example.com",
                "https://evil.net\\@hooks.example.com.evil.net/",
                "https://hooks.example.com:9092/",
                "https://example.org/",
                "https://e.net/")) {
            assertRefused(send(url, listed), "'webhook-hosts'", "(w.yaml:1)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "2130706433",
                "0x7f000001",
                "127.1",
                "0",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::]",
                "169.254.169.254"
            })
    void thatAHostIsListedDoesNotOpenTheLocalNetwork(String host) throws Exception {
        String url = "http://" + host + ":" + server.getPort() + "/";
        String listed = "webhook-hosts: [\"" + host + ":" + server.getPort() + "\", \"127.0.0.1:" + server.getPort()
                + "\", \"[::1]:" + server.getPort() + "\", \"[::]:" + server.getPort() + "\"]";
        bench.with(WorkerSettings.parse(listed, "w.yaml"));
        try {
            assertThat(bench.run("webhook", Map.of("to", url), "/a").getOutcome())
                    .isEqualTo("refused");
        } catch (RemoteFailureException e) {
            // No name server knows this form: not connected to either.
            assertThat(e).hasCauseInstanceOf(UnknownHostException.class);
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void theAddressThatIsConnectedToIsJudgedNotAnEarlierAnswer() throws Exception {
        String settings = "webhook-hosts: [\"rebind.example.com:" + server.getPort() + "\"]";
        String url = "http://rebind.example.com:" + server.getPort() + "/";
        resolvesTo("127.0.0.1");
        assertRefused(
                send(url, settings), "address 127.0.0.1 is not public, and in none of 'webhook-networks' [] (default)");
        resolvesTo("::ffff:127.0.0.1", "10.0.0.1", "fd00::1");
        assertRefused(send(url, settings), "is not public");
    }

    @Test
    void aNamedEndpointIsHeldToTheSameAddresses() throws Exception {
        String settings = "webhooks: {hook: {url: \"http://hooks.example.com:" + server.getPort() + "/\"}}\n";
        resolvesTo("127.0.0.1");
        assertRefused(send("hook", settings), "webhook 'hook': address 127.0.0.1 is not public");
        server.enqueue(new MockResponse.Builder().code(200).build());
        resolvesTo("127.0.0.1");
        assertThat(send("hook", settings + "webhook-networks: 127.0.0.1").getOutcome())
                .isEqualTo("done");
    }

    @Test
    void aRedirectIntoTheLocalNetworkIsNotFollowed() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", "http://169.254.169.254/latest/meta-data")
                .build());
        resolvesTo("127.0.0.1");
        ActionResult result = send(
                "http://h.example.com:" + server.getPort() + "/",
                "webhook-hosts: [\"h.example.com:" + server.getPort() + "\"]\nwebhook-networks: [127.0.0.0/8]");
        assertThat(result.getOutcome()).isEqualTo("failed");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void theCertificateIsVerifiedAgainstTheNameAndTheAuthorities() throws Exception {
        HeldCertificate authority = new HeldCertificate.Builder()
                .certificateAuthority(0)
                .commonName("ca")
                .build();
        HeldCertificate held = new HeldCertificate.Builder()
                .signedBy(authority)
                .addSubjectAlternativeName("good.example.com")
                .build();
        HandshakeCertificates certificates =
                new HandshakeCertificates.Builder().heldCertificate(held).build();
        try (MockWebServer tls = new MockWebServer()) {
            tls.useHttps(certificates.sslSocketFactory());
            tls.start();
            tls.enqueue(new MockResponse.Builder().code(200).build());
            Path pem = Files.writeString(directory.resolve("ca.pem"), authority.certificatePem());
            String networks = "webhook-networks: 127.0.0.1\n";
            String good = "webhooks: {hook: {url: \"https://good.example.com:" + tls.getPort() + "/\"}}\n";
            resolvesTo("127.0.0.1");
            ActionResult unknown = send("hook", networks + good);
            assertThat(unknown.getOutcome()).isEqualTo("failed");
            assertThat(unknown.getDetail()).contains("certificate is not trusted");
            String trusted = good.replace("/\"}", "/\", ca-file: " + pem + "}");
            resolvesTo("127.0.0.1");
            assertThat(send("hook", networks + trusted).getOutcome()).isEqualTo("done");
            resolvesTo("127.0.0.1");
            ActionResult otherName = send("hook", networks + trusted.replace("good", "evil"));
            assertThat(otherName.getOutcome()).isEqualTo("failed");
            assertThat(otherName.getDetail()).contains("evil.example.com");
        }
    }

    @Test
    void aSecretPartOfAnAddressIsNotInMessages() throws Exception {
        resolvesTo("127.0.0.1");
        ActionResult result =
                send("https://h.example.com/services/T0/SECRET?token=SECRET", "webhook-hosts: [h.example.com]");
        assertThat(result.getDetail()).doesNotContain("SECRET");
        bench.with(WorkerSettings.parse(
                "webhook-networks: 127.0.0.1\nwebhooks: {hook: {url: \"http://127.0.0.1:1/SECRET\"}}", "w"));
        assertThatThrownBy(() -> bench.run("webhook", Map.of("to", "hook"), "/a"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("SECRET"));
    }
}
