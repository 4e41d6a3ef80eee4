package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are told by webhook and by digests, through a receiver that stumbles and {@code kill -9} of the whole system. */
class MessagesTest {
    private static final int FILES = 40;
    private static final Duration WINDOW = Duration.ofSeconds(6);
    private static final Pattern DIGEST = Pattern.compile("(?s)(\\d+) events? of rule tell since ([^ ]+Z):.*");

    @TempDir
    Path home;

    private final MockWebServer receiver = new MockWebServer();
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Received received = new Received();

    /** Which paths came under which keys. Every seventh request is answered 503 at first. */
    private static final class Received extends Dispatcher {
        final Map<String, Set<String>> keysByPath = new ConcurrentHashMap<>();
        final Map<String, Set<String>> accepted = new ConcurrentHashMap<>();
        final AtomicInteger count = new AtomicInteger();

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            try {
                String path = new ObjectMapper()
                        .readTree(request.getBody().utf8())
                        .path("subject")
                        .asText();
                String key = request.getHeaders().get("Idempotency-Key");
                keysByPath
                        .computeIfAbsent(path, p -> ConcurrentHashMap.newKeySet())
                        .add(key);
                if (count.incrementAndGet() % 7 == 0) {
                    return new MockResponse.Builder().code(503).build();
                }
                accepted.computeIfAbsent(path, p -> ConcurrentHashMap.newKeySet())
                        .add(key);
                return new MockResponse.Builder().code(200).build();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A mail with its count and the begin of its window. */
    private record Told(String id, int count, Instant since) {
        static Told of(MimeMessage message) {
            try {
                Matcher digest = DIGEST.matcher((String) message.getContent());
                assertThat(digest.matches()).as("a digest").isTrue();
                return new Told(
                        message.getMessageID(), Integer.parseInt(digest.group(1)), Instant.parse(digest.group(2)));
            } catch (MessagingException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        receiver.setDispatcher(received);
        receiver.start();
        mail.start();
        Files.createDirectory(home.resolve("in"));
        Files.writeString(
                home.resolve("rules.yaml"),
                """
                rules:
                  - id: tell
                    on: written
                    actions:
                      - webhook: { to: hook }
                      - email: { to: ops@example.com, digest: 6s }
                """);
        Files.writeString(
                home.resolve("worker.yaml"),
                """
                webhooks: { hook: { url: "%s" } }
                webhook-networks: 127.0.0.0/8
                mail: { host: 127.0.0.1, port: %d, tls: none, from: weir@example.com, domains: example.com }
                """
                        .formatted(
                                "http://127.0.0.1:" + receiver.getPort() + "/in",
                                mail.getSmtp().getPort()));
    }

    @AfterEach
    void stop() {
        receiver.close();
        mail.stop();
    }

    @Test
    void nothingIsLostAndARepetitionIsKnownByItsKey() throws IOException {
        try (WeirProcess weir = weir()) {
            weir.awaitReady();
            write(0, FILES / 2);
            await().until(() -> received.accepted.size() >= FILES / 4);
            weir.kill();
        }
        try (WeirProcess weir = weir()) {
            weir.awaitReady();
            write(FILES / 2, FILES);
            Set<String> paths =
                    IntStream.range(0, FILES).mapToObj(i -> "/f" + i).collect(Collectors.toSet());
            await().untilAsserted(() ->
                    assertThat(received.accepted.keySet()).as(weir.transcript()).isEqualTo(paths));
            await().untilAsserted(() -> assertThat(
                            told().stream().mapToInt(Told::count).sum())
                    .as(weir.transcript())
                    .isEqualTo(FILES));
            assertThat(weir.terminate()).as(weir.transcript()).isZero();
        }
        assertThat(received.keysByPath.values())
                .allSatisfy(keys -> assertThat(keys).hasSize(1));
        Set<String> keys = new HashSet<>();
        received.keysByPath.values().forEach(keys::addAll);
        assertThat(keys).hasSize(FILES);
        assertOneMailAWindow();
    }

    private WeirProcess weir() {
        return WeirProcess.start(
                home, "up", "--json", "--watch", "in", "-r", "--rules", "rules.yaml", "--worker-config", "worker.yaml");
    }

    private static org.awaitility.core.ConditionFactory await() {
        return Awaitility.await().atMost(WeirProcess.PATIENCE).pollInterval(Duration.ofMillis(50));
    }

    private void write(int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            Files.writeString(home.resolve("in/f" + i), "content");
        }
    }

    /** A mail sent again after the kill has the id of the first. */
    private Collection<Told> told() {
        return Arrays.stream(mail.getReceivedMessages())
                .map(Told::of)
                .collect(Collectors.toMap(Told::id, Function.identity(), (first, again) -> again))
                .values();
    }

    private void assertOneMailAWindow() {
        List<Instant> begins = told().stream().map(Told::since).sorted().toList();
        for (int i = 1; i < begins.size(); i++) {
            assertThat(Duration.between(begins.get(i - 1), begins.get(i)))
                    .isGreaterThanOrEqualTo(WINDOW.minusSeconds(1));
        }
    }
}
