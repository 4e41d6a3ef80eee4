package io.weir.worker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.weir.posix.PathText;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.worker.Gathered;
import io.weir.worker.RemoteFailureException;
import io.weir.worker.run.Bench;
import io.weir.worker.run.Checkpoint;
import io.weir.worker.settings.WorkerSettings;
import jakarta.mail.internet.MimeMessage;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real SMTP server. */
class EmailTest {
    private static final Map<String, Object> TO = Map.of("to", List.of("ops@example.com"));

    @TempDir
    static Path certificates;

    /** GreenMail takes its certificate, once for all, from where system properties say; the one it brings names no host. */
    @BeforeAll
    static void certify() throws Exception {
        HeldCertificate held = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .rsa2048()
                .build();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "mail", held.keyPair().getPrivate(), "changeit".toCharArray(), new Certificate[] {held.certificate()});
        Path file = certificates.resolve("mail.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        System.setProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY, file.toString());
        System.setProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY, "changeit");
        Files.writeString(certificates.resolve("mail.pem"), held.certificatePem());
    }

    @AfterAll
    static void forget() {
        System.clearProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY);
        System.clearProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY);
    }

    @TempDir
    Path directory;

    private final GreenMail plain = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final GreenMail tls = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    private Bench bench;

    @BeforeEach
    void open() throws Exception {
        plain.start();
        bench = new Bench(directory);
        bench.file("/a", "12345");
        settings(plain.getSmtp().getPort(), "tls: none", "domains: [example.com]");
    }

    @AfterEach
    void close() {
        bench.close();
        plain.stop();
        tls.stop();
    }

    private void settings(int port, String... more) throws Exception {
        settings("127.0.0.1", port, more);
    }

    private void settings(String host, int port, String... more) throws Exception {
        bench.with(WorkerSettings.parse(
                "mail: {host: " + host + ", port: " + port + ", from: weir@example.com, timeout: 3s, "
                        + String.join(", ", more) + "}",
                "w.yaml"));
    }

    private MimeMessage sent(Map<String, ?> parameters, String path) throws Exception {
        var event = bench.event(path, Bench.state(bench.status("/a")));
        ActionResult result = bench.run(bench.request("email", parameters, event));
        assertThat(result.getOutcome()).as(result.getDetail()).isEqualTo("done");
        MimeMessage[] all = plain.getReceivedMessages();
        return all[all.length - 1];
    }

    private static String body(MimeMessage mail) throws Exception {
        return ((String) mail.getContent()).replace("\r\n", "\n");
    }

    @Test
    void aMailTellsWhatHappened() throws Exception {
        ActionRequest request = bench.request("email", TO, bench.event("/a"));
        ActionResult result = bench.run(request);
        assertThat(result.getOutcome()).isEqualTo("done");
        assertThat(result.getDetail()).isEqualTo("mail <weir." + request.getId() + "@example.com> to ops@example.com");
        MimeMessage mail = plain.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("[weir] rule-1: created /a");
        assertThat(mail.getFrom()[0]).hasToString("weir@example.com");
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("ops@example.com");
        assertThat(mail.getMessageID()).isEqualTo("<weir." + request.getId() + "@example.com>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("X-Auto-Response-Suppress")).containsExactly("All");
        assertThat(mail.getHeader("X-Weir-Rule")).containsExactly("rule-1");
        assertThat(mail.getHeader("X-Weir-Action")).containsExactly(request.getId());
        assertThat(mail.getSentDate()).isNotNull();
        assertThat(body(mail)).startsWith("created /a\n\nvolume: vol\nsize:   5\nowner:  root\n");
    }

    @Test
    void subjectAndBodyAreTheRulesOwnInUnicode() throws Exception {
        MimeMessage mail = sent(
                Map.of(
                        "to", List.of("ops@example.com", "{event.owner}@example.com"),
                        "subject", "Grüße: {event.name}",
                        "body", "→ {event.path}\n.\nend"),
                "/übung ✓");
        assertThat(mail.getSubject()).isEqualTo("Grüße: übung ✓");
        assertThat(body(mail)).startsWith("→ /übung ✓\n.\nend");
        assertThat(mail.getAllRecipients())
                .extracting(Object::toString)
                .containsExactly("ops@example.com", "root@example.com");
    }

    @Test
    void aNameCannotBecomeAHeaderOrHideItsEnd() throws Exception {
        for (String name : List.of(
                "/a\r\nBcc: evil@evil.net\r\n\r\nbody", "/a\nBcc: evil@evil.net", "/x\u202Egpj.exe", "/x\u2028y")) {
            MimeMessage mail = sent(TO, name);
            assertThat(mail.getHeader("Bcc")).isNull();
            assertThat(mail.getAllRecipients()).hasSize(1);
            assertThat(mail.getSubject()).startsWith("[weir] rule-1: created /").doesNotContain("\n", "\r", "\u202E");
        }
        assertThat(plain.getReceivedMessages()).hasSize(4);
    }

    @Test
    void aNameThatIsNotUtf8IsShownWithReplacements() throws Exception {
        assertThat(sent(TO, PathText.decode(new byte[] {'/', 'n', (byte) 0xFF})).getSubject())
                .endsWith("/n\uFFFD");
    }

    @Test
    void aPlaceholderCannotAddARecipientOrAnotherDomain() throws Exception {
        for (String name :
                List.of("a@example.com, b", "a b", "\"x\"@evil.net,", "a\nb", "<evil@evil.net>", "", "x@evil.net#")) {
            var event = bench.event("/" + name, Bench.state(bench.status("/a")));
            ActionResult result =
                    bench.run(bench.request("email", Map.of("to", List.of("{event.name}@example.com")), event));
            assertThat(result.getOutcome()).as(name).isEqualTo("refused");
        }
        ActionResult other = bench.run("email", Map.of("to", List.of("ops@example.com", "x@evil.net")), "/a");
        assertThat(other.getOutcome()).isEqualTo("refused");
        assertThat(other.getDetail())
                .isEqualTo("recipient 'x@evil.net' is not in the 'domains' [example.com] of 'mail' (w.yaml:1); change"
                        + " the worker's settings, or the rule");
        assertThat(plain.getReceivedMessages()).isEmpty();
    }

    @Test
    void withoutAServerInTheSettingsItIsRefused() throws Exception {
        bench.with(WorkerSettings.defaults());
        ActionResult result = bench.run("email", TO, "/a");
        assertThat(result.getOutcome()).isEqualTo("refused");
        assertThat(result.getDetail()).contains("have no 'mail'");
    }

    @Test
    void aDigestHasTheCountAndTheFirstPaths() throws Exception {
        ActionRequest request = bench.request("email", TO, bench.event("/a"));
        Instant from = Instant.parse("2026-01-02T03:04:05.678Z");
        var gathered = new Gathered(12, List.of("/a", "/b\nc"), from, Duration.ofHours(1));
        assertThat(bench.run(request, gathered).getOutcome()).isEqualTo("done");
        MimeMessage mail = plain.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("[weir] rule-1: created /a and 11 more");
        assertThat(mail.getMessageID()).contains(request.getId());
        assertThat(body(mail))
                .startsWith(
                        "12 events of rule rule-1 since 2026-01-02T03:04:05Z:\n\n  /a\n  /b\uFFFDc\n  … and 10 more");
    }

    @Test
    void afterADeathInTheMiddleItIsSentAgainUnderTheSameId() throws Exception {
        ActionRequest request = bench.request("email", TO, bench.event("/a"));
        bench.killAt(Checkpoint.STEP_DONE, 1);
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(Bench.Killed.class);
        bench.restart();
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
        assertThat(plain.getReceivedMessages()).hasSize(2);
        assertThat(plain.getReceivedMessages()[0].getMessageID())
                .isEqualTo(plain.getReceivedMessages()[1].getMessageID());
    }

    @Test
    void aServerThatIsAwayIsTriedAgain() throws Exception {
        plain.stop();
        assertThatThrownBy(() -> bench.run("email", TO, "/a"))
                .isInstanceOf(RemoteFailureException.class)
                .hasMessageContaining("mail server '127.0.0.1:");
    }

    @Test
    void startTlsIsNotLeftOutIfTheServerDoesNotOfferIt() throws Exception {
        settings(plain.getSmtp().getPort(), "tls: starttls", "domains: \"*\"");
        assertThatThrownBy(() -> bench.run("email", TO, "/a"))
                .isInstanceOf(RemoteFailureException.class)
                .hasMessageContaining("STARTTLS");
        assertThat(plain.getReceivedMessages()).isEmpty();
    }

    @Test
    void aCertificateForAnotherHostIsNotTrusted() throws Exception {
        Path authority = certificates.resolve("mail.pem");
        tls.start();
        settings(tls.getSmtps().getPort(), "tls: implicit", "domains: \"*\"", "ca-file: " + authority);
        ActionResult result = bench.run("email", TO, "/a");
        assertThat(result.getOutcome()).isEqualTo("failed");
        assertThat(result.getDetail()).contains("subject alternative names");
        assertThat(tls.getReceivedMessages()).isEmpty();
    }

    @Test
    void tlsAndTheLoginAreReal() throws Exception {
        Path authority = certificates.resolve("mail.pem");
        tls.setUser("weir@example.com", "weir", "right");
        tls.start();
        Path right = Files.writeString(directory.resolve("right"), "right\n");
        Path wrong = Files.writeString(directory.resolve("wrong"), "wrong\n");

        int port = tls.getSmtps().getPort();
        settings("localhost", port, "tls: implicit", "domains: \"*\"", "user: weir", "password-file: " + right);
        assertThat(bench.run("email", TO, "/a").getDetail()).contains("ca-file");
        assertThat(tls.getReceivedMessages()).isEmpty();
        settings(
                "localhost",
                port,
                "tls: implicit",
                "domains: \"*\"",
                "user: weir",
                "password-file: " + wrong,
                "ca-file: " + authority);
        ActionResult denied = bench.run("email", TO, "/a");
        assertThat(denied.getDetail()).contains("535");
        assertThat(denied.getOutcome()).isEqualTo("failed");
        settings(
                "localhost",
                port,
                "tls: implicit",
                "domains: \"*\"",
                "user: weir",
                "password-file: " + right,
                "ca-file: " + authority);
        ActionResult sent = bench.run("email", TO, "/a");
        assertThat(sent.getOutcome()).as(sent.getDetail()).isEqualTo("done");
        assertThat(tls.getReceivedMessages()).hasSize(1);
    }

    @Test
    void rulesAreCheckedWithTheirParameters() {
        Email email = new Email();
        assertThat(email.faults(TO)).isEmpty();
        assertThat(email.faults(Map.of("to", List.of("{event.owner}@{event.host}.example.com"), "digest", "1h")))
                .isEmpty();
        assertThat(email.faults(Map.of("to", List.of("ops", "Ops <ops@example.com>", "a@b, c@d", ""))))
                .hasSize(4);
        assertThat(email.faults(Map.of("to", List.of()))).hasSize(1);
        assertThat(email.faults(Map.of("to", List.of("a@b.c"), "subject", "a\nb")))
                .hasSize(1);
        for (String digest : List.of("soon", "0s", "8d")) {
            assertThat(email.faults(Map.of("to", List.of("a@b.c"), "digest", digest)))
                    .hasSize(1);
        }
        assertThat(email.gathering(TO)).isEmpty();
        assertThat(email.gathering(Map.of("digest", "90s"))).contains(Duration.ofSeconds(90));
        assertThat(email.changes(TO)).isEmpty();
    }
}
