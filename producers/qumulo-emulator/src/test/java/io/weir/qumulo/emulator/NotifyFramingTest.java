package io.weir.qumulo.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a stream's bytes look, by default and by the switches. */
class NotifyFramingTest extends EmulatorTest {
    @Test
    void theTypeIsTheVendorsUnlessSwitched() throws IOException {
        try (Stream stream = client.watchAll()) {
            assertThat(stream.contentType()).isEqualTo("text/event-source");
        }
        cluster.switches().contentType("text/event-stream");
        try (Stream stream = client.watchAll()) {
            assertThat(stream.contentType()).isEqualTo("text/event-stream");
        }
    }

    @Test
    void linesEndWithLineFeeds() throws IOException {
        try (Stream stream = client.open(Client.file("/") + "/notify")) {
            assertThat(stream.bytes(12)).asString().isEqualTo(": watching\n\n");
        }
    }

    @Test
    void linesMayEndWithCarriageReturnsToo() throws IOException {
        cluster.switches().crlf(true);
        try (Stream stream = client.open(Client.file("/") + "/notify")) {
            assertThat(stream.bytes(14)).asString().isEqualTo(": watching\r\n\r\n");
        }
    }

    @Test
    void chunksMayCutLinesAndCharacters() throws IOException {
        tree.createFile("/in/ü€😀");
        cluster.switches().chunkBytes(1);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), cluster.uri().getPort())) {
            socket.getOutputStream()
                    .write(String.join(
                                    "\r\n",
                                    "GET /v1/files/%2F/notify?recursive=true HTTP/1.1",
                                    "Host: x",
                                    "Authorization: Bearer t",
                                    "",
                                    "")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(readUntil(in, "1\r\n:\r\n")).contains("Transfer-Encoding: chunked");
        }
        try (Stream stream = client.watchAll()) {
            tree.write("/in/ü€😀", bytes("a"));
            assertThat(stream.events()).contains("child_data_written in/ü€😀");
        }
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int b = in.read();
            assertThat(b).as("end of %s", text).isNotNegative();
            text.append((char) b);
        }
        return text.toString();
    }

    @Test
    void anActionMayBeToldInSeveralArrays() throws IOException {
        tree.createFile("/in/f");
        cluster.switches().eventsInArray(1);
        try (Stream stream = client.watchAll()) {
            tree.write("/in/f", bytes("abc"));
            assertThat(stream.events()).containsExactly("child_size_changed in/f");
            assertThat(stream.events()).containsExactly("child_data_written in/f");
            assertThat(stream.events()).containsExactly("child_mtime_changed in/f");
        }
    }

    @Test
    void theSpineMayBeMissingOrBeginWithTheRoot() throws IOException {
        try (Stream stream = client.watch("/in", "recursive=true")) {
            cluster.switches().spine(false);
            tree.createFile("/in/a");
            assertThat(stream.array().get(0).has("spine")).isFalse();
            cluster.switches().spine(true).spineFromRoot(true);
            tree.createFile("/in/b");
            assertThat(stream.array().get(0).get("spine"))
                    .extracting(JsonNode::asText)
                    .containsExactly("2", id("/in"), id("/in/b"));
        }
    }

    @Test
    void thereMayBeKeysAndTypesThatNoDocumentHas() throws IOException {
        cluster.switches().unknownKey(true).unknownType(true);
        try (Stream stream = client.watchAll()) {
            tree.createFile("/in/a");
            JsonNode array = stream.array();
            assertThat(array).hasSize(2);
            assertThat(array.get(0).has("emulator_extra")).isTrue();
            assertThat(array.get(1).get("type").asText()).isEqualTo("child_future_changed");
            assertThat(array.get(1).get("path").asText()).isEqualTo("in/a");
        }
    }

    @Test
    void namesAreEscapedAsJsonWantsIt() throws IOException {
        String name = "a\"b\\c\td\n\u0001é\"ü\\😀";
        try (Stream stream = client.watchAll()) {
            tree.createFile("/in", name);
            assertThat(stream.events()).containsExactly("child_file_added in/" + name);
            tree.addStream("/in/" + name, "s\"😀");
            assertThat(stream.array().get(0).get("stream_name").asText()).isEqualTo("s\"😀");
        }
    }

    @Test
    void silenceIsBrokenByKeepalives() throws IOException {
        cluster.switches().keepalive(Duration.ofMillis(1));
        try (Stream stream = client.watchAll()) {
            for (int i = 0; i < 3; i++) {
                assertThat(stream.line()).isEqualTo(": keepalive");
                assertThat(stream.line()).isEmpty();
            }
        }
    }
}
