package io.weir.qumulo.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.qumulo.emulator.http.Percent;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** A client by OkHttp. */
final class Client implements Closeable {
    private static final JsonMapper JSON = new JsonMapper();

    private final OkHttpClient http;
    private final URI base;
    private final String token;

    Client(URI base, String token) {
        this(base, token, new OkHttpClient());
    }

    Client(URI base, String token, OkHttpClient http) {
        this.base = base;
        this.token = token;
        this.http = http.newBuilder()
                .readTimeout(Duration.ofSeconds(20))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .build();
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Reply(int status, String type, String tag, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            try {
                return JSON.readTree(bytes);
            } catch (IOException e) {
                throw new AssertionError(text(), e);
            }
        }

        String errorClass() {
            return json().path("error_class").asText();
        }
    }

    static String file(String ref) {
        return "/v1/files/" + Percent.encode(ref);
    }

    Reply get(String target) throws IOException {
        return send("GET", target, null);
    }

    Reply post(String target, String json) throws IOException {
        return send("POST", target, json);
    }

    Reply send(String method, String target, @Nullable String body, String... headers) throws IOException {
        return sendBytes(method, target, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Reply sendBytes(String method, String target, byte @Nullable [] body, String... headers) throws IOException {
        try (Response response = open(method, target, body, headers)) {
            return new Reply(
                    response.code(),
                    response.header("Content-Type", ""),
                    response.header("ETag", ""),
                    response.body().bytes());
        }
    }

    private Response open(String method, String target, byte @Nullable [] body, String... headers) throws IOException {
        var request = new Request.Builder().url(base + target);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        boolean hasBody = body != null || method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
        request.method(method, hasBody ? RequestBody.create(body == null ? new byte[0] : body) : null);
        return http.newCall(request.build()).execute();
    }

    /** Opens a stream and waits until it watches. */
    Stream watch(String ref, String query) throws IOException {
        Stream stream = open(file(ref) + "/notify?" + query);
        stream.awaitWatching();
        return stream;
    }

    Stream watchAll() throws IOException {
        return watch("/", "recursive=true");
    }

    /** Opens a stream, and reads nothing of it. */
    Stream open(String target) throws IOException {
        return new Stream(open("GET", target, null));
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
