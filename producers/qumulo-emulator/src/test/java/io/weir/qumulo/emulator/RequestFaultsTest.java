package io.weir.qumulo.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.qumulo.emulator.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What can go wrong with single requests, with connections and with clocks. */
class RequestFaultsTest extends EmulatorTest {
    private static final String VERSION = "/v1/version";
    private static final String CREATE = "{\"name\":\"f\",\"action\":\"CREATE_FILE\"}";

    @Test
    void answersMayBePutInOrderOrForAPath() throws IOException {
        cluster.faults().answerNext(1, Answer.json(429, "{}").with("Retry-After", "7"));
        cluster.faults().answerAlways(VERSION, Answer.error(403, "x_error", "no \"way\""));
        assertThat(client.get("/v1/node/state").status()).isEqualTo(429);
        assertThat(client.get("/v1/node/state").status()).isEqualTo(200);
        assertThat(client.get(VERSION).json().get("description").asText()).isEqualTo("no \"way\"");
        cluster.faults().clear();
        assertThat(client.get(VERSION).status()).isEqualTo(200);
    }

    @Test
    void aLostRequestHasDoneNothing() throws IOException {
        cluster.faults().loseRequests(1);
        assertThatThrownBy(() -> client.post(Client.file("/in") + "/entries/", CREATE))
                .isInstanceOf(IOException.class);
        assertThat(tree.state().find("/in/f")).isEmpty();
    }

    @Test
    void aLostAnswerHasDoneItsWork() throws IOException {
        cluster.faults().loseAnswers(1);
        assertThatThrownBy(() -> client.post(Client.file("/in") + "/entries/", CREATE))
                .isInstanceOf(IOException.class);
        assertThat(tree.state().find("/in/f")).isPresent();
        assertThat(client.get(VERSION).status()).isEqualTo(200);
    }

    @Test
    void thePortMayBeClosedForAWhile() throws IOException {
        cluster.faults().listening(false);
        cluster.faults().resetConnections();
        assertThatThrownBy(() -> client.get(VERSION)).isInstanceOf(ConnectException.class);
        cluster.faults().listening(true);
        assertThat(client.get(VERSION).status()).isEqualTo(200);
    }

    @Test
    void itsClockMayBeWrong() {
        cluster.clock().skew(Duration.ofHours(-5));
        Instant created = tree.createFile("/in/f").attributes().created();
        assertThat(created).isBefore(Instant.now().minus(Duration.ofHours(4)));
        assertThat(tree.createFile("/in/g").attributes().created()).isAfter(created);
    }

    @Test
    void requestsAreRemembered() throws IOException {
        client.get(Client.file("/in/a b") + "/entries/?limit=5");
        assertThat(cluster.requests())
                .containsExactly(new SeenRequest("GET", "/v1/files/%2Fin%2Fa%20b/entries/", "limit=5"));
        assertThat(cluster.counters().requests()).isEqualTo(1);
        cluster.forgetRequests();
        assertThat(cluster.calls()).isEmpty();
    }

    @Test
    void bodiesMayComeInChunksAndWaitToBeAskedFor() throws IOException {
        String answer = raw(String.join(
                "\r\n",
                "POST /v1/session/login HTTP/1.1",
                "Host: x",
                "Transfer-Encoding: chunked",
                "Expect: 100-continue",
                "Connection: close",
                "",
                "10;x=y",
                "{\"username\":\"adm",
                "16",
                "in\",\"password\":\"none\"}",
                "0",
                "",
                ""));
        assertThat(answer)
                .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401 ")
                .contains("Incorrect username or password");
    }

    @Test
    void whatIsNotHttpIsToldSo() throws IOException {
        assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ").contains("'nonsense'");
        assertThat(raw("GET / HTTP/1.1\r\nno header\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw("PUT / HTTP/1.1\r\nContent-Length: -5\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), cluster.uri().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
