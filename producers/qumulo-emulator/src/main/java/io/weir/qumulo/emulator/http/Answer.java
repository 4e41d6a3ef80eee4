package io.weir.qumulo.emulator.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a request is answered with. */
public sealed interface Answer {
    /**
     * An answer as a whole.
     *
     * @param headers besides the length, which is always sent
     */
    @SuppressWarnings("ArrayRecordComponent") // Sent once, never compared.
    record Whole(int status, Map<String, String> headers, byte[] body) implements Answer {
        /** With one header more. */
        public Whole with(String name, String value) {
            var more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Whole(status, more, body);
        }
    }

    /** An answer that goes on for as long as its source likes; the connection ends with it. */
    record Streamed(String contentType, Source source) implements Answer {}

    /** None: the connection is reset. */
    record Reset() implements Answer {}

    /** Writes a streamed answer. */
    interface Source {
        /** Returns when all is written and the connection has been closed, in whichever way. */
        void run(StreamOutput out) throws IOException, InterruptedException;
    }

    static Whole json(int status, String json) {
        return new Whole(status, Map.of("Content-Type", "application/json"), json.getBytes(StandardCharsets.UTF_8));
    }

    /** Without a body. */
    static Whole empty(int status) {
        return new Whole(status, Map.of(), new byte[0]);
    }

    static Whole bytes(byte[] body) {
        return new Whole(200, Map.of("Content-Type", "application/octet-stream"), body);
    }

    /** An error as the API has them. */
    static Whole error(int status, String errorClass, String description) {
        return json(
                status,
                "{\"description\":\""
                        + new String(JsonStringEncoder.getInstance().quoteAsString(description))
                        + "\",\"module\":\"emulator\",\"error_class\":\"" + errorClass
                        + "\",\"user_visible\":true,\"stack\":[]}");
    }
}
