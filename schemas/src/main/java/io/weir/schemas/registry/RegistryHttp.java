package io.weir.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to whichever address answers, with waits between the rounds. Safe for all threads. All requests of the
 * API may be sent twice without harm, so all are.
 */
final class RegistryHttp implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
    /** No schema is anywhere near this long; an answer that is comes from something else, and is not read to its end. */
    private static final long LONGEST_ANSWER = 16L << 20;
    /** Whoever waits for a right to be given asks again and again; the registry is not to be flooded by it. */
    private static final long REFUSED_FOR_NANOS = Duration.ofSeconds(1).toNanos();

    private static final MediaType JSON_TYPE = MediaType.get("application/vnd.schemaregistry.v1+json");
    static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryConfig config;
    private final OkHttpClient http;
    private final AtomicInteger current = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Refusal refusal;

    RegistryHttp(RegistryConfig config) {
        this.config = config;
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectTimeout(config.connectTimeout())
                .readTimeout(config.readTimeout())
                .writeTimeout(config.readTimeout())
                .followRedirects(false);
        config.tls().ifPresent(tls -> tls.apply(builder));
        this.http = builder.build();
    }

    /**
     * Sends and reads the answer.
     *
     * @param what for messages, such as {@code look up schema of subject='x'}
     * @param path segments below the base address; encoded here
     * @param query {@code name=value}, may be empty
     * @throws RegistryException on an answer that is an error, or when no address answers
     */
    JsonNode send(String what, String method, List<String> path, String query, @Nullable JsonNode body) {
        Refusal refused = refusal;
        if (refused != null && refused.holds(method, path)) {
            throw refused.answer();
        }
        try {
            return sendToAny(what, method, path, query, body);
        } catch (RefusedException e) {
            refusal = new Refusal(e.answer, method, path, System.nanoTime());
            throw e.answer;
        }
    }

    /** An answer that says nothing about what was asked for, and that asking again at once does not change. */
    private static final class RefusedException extends RuntimeException {
        private final RegistryException answer;

        RefusedException(RegistryException answer) {
            super(answer);
            this.answer = answer;
        }
    }

    private JsonNode sendToAny(String what, String method, List<String> path, String query, @Nullable JsonNode body) {
        Failure last = new Failure("no address tried", 0, 0, null);
        for (int round = 0; round < config.rounds(); round++) {
            if (round > 0 && !pause(round)) {
                throw new RegistryException(
                        "cannot " + what
                                + ": the client is closed or the thread interrupted while waiting to try again",
                        0,
                        0,
                        null);
            }
            int start = current.get();
            for (int i = 0; i < config.urls().size(); i++) {
                int index = (start + i) % config.urls().size();
                Answer answer = once(what, config.urls().get(index), method, path, query, body);
                if (answer.failure() == null) {
                    current.set(index);
                    return answer.body();
                }
                last = answer.failure();
                LOG.debug("Registry request failed, round {} of {}: {}", round + 1, config.rounds(), last.reason());
            }
        }
        throw new RegistryException(
                "cannot " + what + ": no schema registry answers at " + config.urls() + " (tried " + config.rounds()
                        + " times; last: " + last.reason() + "); check schema.registry.url and that it runs",
                last.status(),
                last.code(),
                last.cause());
    }

    private Answer once(
            String what, HttpUrl base, String method, List<String> path, String query, @Nullable JsonNode body) {
        HttpUrl.Builder url = base.newBuilder();
        path.forEach(url::addPathSegment);
        if (!query.isEmpty()) {
            url.encodedQuery(query);
        }
        Request.Builder request = new Request.Builder()
                .url(url.build())
                .header("Accept", JSON_TYPE + ", application/json")
                .method(method, body == null ? null : RequestBody.create(body.toString(), JSON_TYPE));
        config.authorization().apply(request, base);
        try (Response response = http.newCall(request.build()).execute()) {
            String text = text(response);
            if (response.isSuccessful()) {
                return new Answer(parse(what, base, response.code(), text), null);
            }
            JsonNode error = lenient(text);
            int code = error.path("error_code").asInt(response.code());
            String message = error.path("message").asText(abbreviated(text));
            if (response.code() >= 500 || response.code() == 429) {
                return new Answer(
                        MissingNode.getInstance(),
                        new Failure(
                                base + " answered HTTP " + response.code() + " " + message,
                                response.code(),
                                code,
                                null));
            }
            RegistryException answer = new RegistryException(
                    "cannot " + what + " at " + base + ": HTTP " + response.code() + ", error code " + code + ": "
                            + abbreviated(message) + hint(response.code()),
                    response.code(),
                    code,
                    null);
            throw answer.isRefusal() ? new RefusedException(answer) : answer;
        } catch (IOException e) {
            return new Answer(MissingNode.getInstance(), new Failure(base + ": " + e, 0, 0, e));
        }
    }

    private static String text(Response response) throws IOException {
        var source = response.body().source();
        if (source.request(LONGEST_ANSWER + 1)) {
            throw new IOException("the answer is longer than " + LONGEST_ANSWER + " bytes; expected a registry there");
        }
        return source.readString(UTF_8);
    }

    private static JsonNode parse(String what, HttpUrl base, int status, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // Status 0: whatever it is that answers, the registry has not, so no record may be given up for it.
            throw new RefusedException(new RegistryException(
                    "cannot " + what + " at " + base + ": the answer (HTTP " + status + ") is not JSON: '"
                            + abbreviated(text)
                            + "'; expected Confluent's REST API there (Apicurio Registry has it under /apis/ccompat/v7)",
                    0,
                    0,
                    e));
        }
    }

    private static JsonNode lenient(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    static String abbreviated(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }

    private static String hint(int status) {
        return switch (status) {
            case 401 -> "; check basic.auth.* or bearer.auth.*";
            case 403 -> "; the user may not do this";
            default -> "";
        };
    }

    /** Waits before a round: doubling, with up to a quarter taken off at random; false if closed or interrupted meanwhile. */
    private boolean pause(int round) {
        long full = Math.min(config.longestWait().toMillis(), config.firstWait().toMillis() << Math.min(20, round - 1));
        long wait = full - (long) (full * 0.25 * ThreadLocalRandom.current().nextDouble());
        try {
            return !closed.await(wait, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends waits and drops idle connections. */
    @Override
    public void close() {
        closed.countDown();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }

    /** An answer 401 is about who asks, 403 may be about what is asked. */
    private record Refusal(RegistryException answer, String method, List<String> path, long at) {
        boolean holds(String otherMethod, List<String> otherPath) {
            return System.nanoTime() - at < REFUSED_FOR_NANOS
                    && (answer.httpStatus() == 401 || (method.equals(otherMethod) && path.equals(otherPath)));
        }
    }

    private record Failure(String reason, int status, int code, @Nullable Throwable cause) {}

    private record Answer(JsonNode body, @Nullable Failure failure) {}
}
