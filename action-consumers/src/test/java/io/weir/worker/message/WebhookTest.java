package io.weir.worker.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.posix.PathText;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.worker.RemoteFailureException;
import io.weir.worker.run.Bench;
import io.weir.worker.run.Checkpoint;
import io.weir.worker.settings.SettingsException;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real HTTP server. */
class WebhookTest {
    private static final Map<String, String> TO = Map.of("to", "hook");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    private final MockWebServer server = new MockWebServer();
    private Bench bench;

    @BeforeEach
    void open() throws Exception {
        server.start();
        bench = new Bench(directory);
        bench.file("/a", "12345");
        settings("");
    }

    @AfterEach
    void close() {
        bench.close();
        server.close();
    }

    private void settings(String more) throws IOException, SettingsException {
        bench.with(WorkerSettings.parse(
                "webhook-networks: [127.0.0.0/8, \"::1\"]\nwebhooks:\n  hook:\n    url: " + server.url("/in?key=k")
                        + "\n    timeout: 2s\n" + more,
                "w.yaml"));
    }

    private void answer(int code, String... headers) {
        var response = new MockResponse.Builder().code(code).body(code == 204 ? "" : "said");
        for (int i = 0; i < headers.length; i += 2) {
            response.addHeader(headers[i], headers[i + 1]);
        }
        server.enqueue(response.build());
    }

    private RecordedRequest received() throws InterruptedException {
        RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
        assertThat(request).as("a request").isNotNull();
        return request;
    }

    private static String body(RecordedRequest request) {
        return request.getBody().utf8();
    }

    @Test
    void theEventIsPostedAsACloudEvent() throws Exception {
        answer(204);
        ActionRequest request = bench.request("webhook", TO, bench.event("/a"));
        ActionResult result = bench.run(request);
        assertThat(result.getOutcome()).isEqualTo("done");
        assertThat(result.getDetail()).startsWith("webhook 'hook' answered 204");
        RecordedRequest received = received();
        assertThat(received.getMethod()).isEqualTo("POST");
        assertThat(received.getTarget()).isEqualTo("/in?key=k");
        assertThat(received.getHeaders().get("Content-Type")).startsWith("application/cloudevents+json");
        assertThat(received.getHeaders().get("Idempotency-Key")).isEqualTo(request.getId());
        JsonNode event = JSON.readTree(body(received));
        assertThat(event.get("specversion").asText()).isEqualTo("1.0");
        assertThat(event.get("id").asText()).startsWith("agent:1:");
        assertThat(event.get("source").asText()).isEqualTo("/weir/volumes/vol");
        assertThat(event.get("type").asText()).isEqualTo("io.weir.file.created");
        assertThat(event.get("subject").asText()).isEqualTo("/a");
        assertThat(event.get("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z");
        assertThat(event.get("datacontenttype").asText()).isEqualTo("application/json");
        assertThat(event.get("weirrule").asText()).isEqualTo("rule-1");
        assertThat(event.get("weiraction").asText()).isEqualTo(request.getId());
        assertThat(event.get("data").get("path").asText()).isEqualTo("/a");
        assertThat(event.get("data").get("state").get("size").asLong()).isEqualTo(5);
        event.fieldNames().forEachRemaining(name -> assertThat(name).matches("[a-z0-9]{1,20}"));
    }

    @Test
    void aWebhookWithASecretIsSignedWithTheTimeInIt() throws Exception {
        byte[] key = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
        for (String written :
                List.of(new String(key, UTF_8), "whsec_" + Base64.getEncoder().encodeToString(key))) {
            Path file = Files.writeString(directory.resolve("secret"), written + "\n");
            settings("    secret-file: " + file + "\n    headers: {Authorization: Bearer b}\n");
            answer(200);
            bench.run(bench.request("webhook", TO, bench.event("/a")));
            RecordedRequest received = received();
            String id = received.getHeaders().get("webhook-id");
            String timestamp = received.getHeaders().get("webhook-timestamp");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] expected = mac.doFinal((id + "." + timestamp + "." + body(received)).getBytes(UTF_8));
            assertThat(received.getHeaders().get("webhook-signature"))
                    .isEqualTo("v1," + Base64.getEncoder().encodeToString(expected));
            assertThat(id).isEqualTo(received.getHeaders().get("Idempotency-Key"));
            assertThat(Long.parseLong(timestamp)).isCloseTo(System.currentTimeMillis() / 1000, within(60L));
            assertThat(received.getHeaders().get("Authorization")).isEqualTo("Bearer b");
        }
    }

    private static org.assertj.core.data.Offset<Long> within(long seconds) {
        return org.assertj.core.data.Offset.offset(seconds);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 503})
    void whatMayPassIsTriedAgainUnderTheSameKey(int code) throws Exception {
        answer(code);
        answer(200);
        ActionRequest request = bench.request("webhook", TO, bench.event("/a"));
        assertThatThrownBy(() -> bench.run(request))
                .isInstanceOf(RemoteFailureException.class)
                .hasMessage("webhook 'hook' answered " + code + ": said");
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
        assertThat(received().getHeaders().get("Idempotency-Key"))
                .isEqualTo(received().getHeaders().get("Idempotency-Key"))
                .isEqualTo(request.getId());
    }

    @Test
    void theServerSaysWhenToComeAgain() throws Exception {
        answer(429, "Retry-After", "120");
        assertThatThrownBy(() -> bench.run("webhook", TO, "/a"))
                .isInstanceOfSatisfying(RemoteFailureException.class, e -> assertThat(e.retryAfter())
                        .contains(Duration.ofMinutes(2)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 422})
    void whatWouldFailAgainFailsAtOnce(int code) throws Exception {
        answer(code);
        ActionResult result = bench.run("webhook", TO, "/a");
        assertThat(result.getOutcome()).isEqualTo("failed");
        assertThat(result.getDetail()).isEqualTo("webhook 'hook' answered " + code + ": said");
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        answer(302, "Location", server.url("/elsewhere").toString());
        ActionResult result = bench.run("webhook", TO, "/a");
        assertThat(result.getOutcome()).isEqualTo("failed");
        assertThat(result.getDetail()).contains("redirects are not followed");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aServerThatDoesNotAnswerIsLeftAfterTheTimeout() throws Exception {
        settings("    headers: {X: y}\n");
        server.enqueue(
                new MockResponse.Builder().headersDelay(30, TimeUnit.SECONDS).build());
        long begun = System.nanoTime();
        assertThatThrownBy(() -> bench.run("webhook", TO, "/a")).isInstanceOf(RemoteFailureException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aWorkerThatStopsDoesNotWaitForAnAnswer() throws Exception {
        server.enqueue(
                new MockResponse.Builder().headersDelay(30, TimeUnit.SECONDS).build());
        ActionRequest request = bench.request("webhook", TO, bench.event("/a"));
        Thread self = Thread.currentThread();
        Thread stop = new Thread(() -> {
            try {
                server.takeRequest();
                self.interrupt();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        stop.start();
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(InterruptedException.class);
        stop.join();
    }

    @Test
    void afterADeathInTheMiddleItIsSentAgainUnderTheSameKey() throws Exception {
        answer(200);
        answer(200);
        ActionRequest request = bench.request("webhook", TO, bench.event("/a"));
        bench.killAt(Checkpoint.STEP_DONE, 1);
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(Bench.Killed.class);
        bench.restart();
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
        assertThat(received().getHeaders().get("Idempotency-Key")).isEqualTo(request.getId());
        assertThat(received().getHeaders().get("Idempotency-Key")).isEqualTo(request.getId());
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
        assertThat(server.getRequestCount()).as("known to be done").isEqualTo(2);
    }

    private String sent(Map<String, String> parameters, String path) throws Exception {
        answer(200);
        var event = bench.event(path, Bench.state(bench.status("/a")));
        ActionRequest request = bench.request("webhook", parameters, event);
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
        return body(received());
    }

    @Test
    void slackCannotBeToldToMentionOrLinkByAName() throws Exception {
        String body = sent(
                Map.of("to", "hook", "format", "slack", "text", "*new* <https://e.org|here> {event.name}"),
                "/<!channel> & <http:evil|x>");
        assertThat(JSON.readTree(body).get("text").asText())
                .isEqualTo("*new* <https://e.org|here> &lt;!channel&gt; &amp; &lt;http:evil|x&gt;");
    }

    @Test
    void teamsGetsAnAdaptiveCardWithoutMarkdown() throws Exception {
        JsonNode message = JSON.readTree(sent(Map.of("to", "hook", "format", "teams"), "/[x](http:evil) \"q\""));
        assertThat(message.get("type").asText()).isEqualTo("message");
        JsonNode attachment = message.get("attachments").get(0);
        assertThat(attachment.get("contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
        JsonNode block = attachment.get("content").get("body").get(0);
        assertThat(block.get("type").asText()).isEqualTo("RichTextBlock");
        assertThat(block.get("inlines").get(0).get("text").asText())
                .isEqualTo("created /[x](http:evil) \"q\" on vol (rule rule-1)");
    }

    @Test
    void aNameStaysAValueWhateverTheMediaType() throws Exception {
        String name = "/a\"},\"x\":{\" \\ <b>&\nend";
        Map<String, String> json = Map.of(
                "to", "hook",
                "format", "generic",
                "content-type", "application/json",
                "text", "{{\"path\":\"{event.path}\"}}");
        assertThat(JSON.readTree(sent(json, name)).get("path").asText()).isEqualTo(name);
        Map<String, String> form = Map.of(
                "to", "hook",
                "format", "generic",
                "content-type", "application/x-www-form-urlencoded",
                "text", "a={event.name}&b=1");
        assertThat(sent(form, "/x&b=2")).isEqualTo("a=x%26b%3D2&b=1");
        Map<String, String> xml = Map.of(
                "to", "hook", "format", "generic", "content-type", "text/xml", "text", "<p n=\"{event.name}\"/>");
        assertThat(sent(xml, "/\"<&'")).isEqualTo("<p n=\"&quot;&lt;&amp;&#39;\"/>");
        assertThat(sent(Map.of("to", "hook", "format", "generic", "text", "{event.name}"), "/<&"))
                .isEqualTo("<&");
    }

    @Test
    void namesThatAreNotUtf8AreSentWithReplacementsAndTheirBytes() throws Exception {
        byte[] name = {'/', 'n', (byte) 0xFF};
        JsonNode event = JSON.readTree(sent(TO, PathText.decode(name)));
        assertThat(event.get("subject").asText()).isEqualTo("/n\uFFFD");
        assertThat(event.get("data").get("rawPath").asText())
                .isEqualTo(Base64.getEncoder().encodeToString(name));
    }

    @Test
    void anEndpointThatTheWorkerDoesNotKnowIsRefused() throws Exception {
        ActionResult result = bench.run("webhook", Map.of("to", "other"), "/a");
        assertThat(result.getOutcome()).isEqualTo("refused");
        assertThat(result.getDetail())
                .isEqualTo("to='other': not among the 'webhooks' of this worker's settings, which are [hook]");
    }

    @Test
    void rulesAreCheckedWithTheirParameters() {
        Webhook webhook = new Webhook();
        assertThat(webhook.faults(Map.of("to", "hook"))).isEmpty();
        assertThat(webhook.faults(Map.of("to", "https://e.org/x"))).isEmpty();
        assertThat(webhook.faults(Map.of("to", "hook", "format", "generic", "text", "t", "content-type", "text/csv")))
                .isEmpty();
        for (String to : List.of("https://{event.name}/", "ftp://e.org/", "https://u:p@e.org/", "a b", "x/y")) {
            assertThat(webhook.faults(Map.of("to", to))).as(to).hasSize(1);
        }
        assertThat(webhook.faults(Map.of("to", "h", "format", "irc"))).hasSize(1);
        assertThat(webhook.faults(Map.of("to", "h", "format", "generic"))).hasSize(1);
        assertThat(webhook.faults(Map.of("to", "h", "text", "t"))).hasSize(1);
        assertThat(webhook.faults(Map.of("to", "h", "format", "slack", "content-type", "text/csv")))
                .hasSize(1);
        assertThat(webhook.changes(Map.of("to", "h"))).isEmpty();
    }
}
