package io.weir.qumulo.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Response;

/** An open stream of notifications. */
final class Stream implements Closeable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Response response;

    Stream(Response response) {
        this.response = response;
    }

    int status() {
        return response.code();
    }

    String contentType() {
        return response.header("Content-Type", "");
    }

    String body() throws IOException {
        return response.body().string();
    }

    void awaitWatching() throws IOException {
        assertThat(response.code()).isEqualTo(200);
        assertThat(line()).startsWith(": watching");
        assertThat(line()).isEmpty();
    }

    /** The next line as it is, without its end; fails at the end of the stream, also where that is within a line. */
    String line() throws IOException {
        return response.body().source().readUtf8LineStrict();
    }

    /** What comes until the stream ends. */
    String rest() throws IOException {
        return response.body().source().readUtf8();
    }

    byte[] bytes(int count) throws IOException {
        return response.body().source().readByteArray(count);
    }

    /** The next array of events; comments are passed over. */
    JsonNode array() throws IOException {
        while (true) {
            String line = line();
            if (line.startsWith("data: ")) {
                return JSON.readTree(line.substring("data: ".length()));
            }
            assertThat(line).matches("|: keepalive");
        }
    }

    /** The next array as {@code type path} of each event. */
    List<String> events() throws IOException {
        var events = new ArrayList<String>();
        for (JsonNode event : array()) {
            events.add(event.get("type").asText() + " " + event.get("path").asText());
        }
        return events;
    }

    @Override
    public void close() {
        response.close();
    }
}
