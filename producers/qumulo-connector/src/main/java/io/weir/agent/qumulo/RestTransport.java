package io.weir.agent.qumulo;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls to whichever endpoint answers: see the package's page. Remembers the one that did, and begins with it the
 * next time. Safe for all threads.
 */
final class RestTransport implements Closeable {
    static final int ROUNDS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final long MAX_BODY = 1 << 20;
    private static final MediaType JSON = MediaType.get("application/json");

    private final List<HttpUrl> endpoints;
    private final OkHttpClient http;
    private final Pause pause;
    private final RandomGenerator random;
    private volatile int preferred;

    RestTransport(QumuloConfig config, Pause pause, RandomGenerator random) throws QumuloException {
        this.endpoints = config.endpoints().stream()
                .map(uri -> HttpUrl.get(uri.toString()))
                .toList();
        this.pause = pause;
        this.random = random;
        var builder = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(Duration.ofSeconds(30))
                .callTimeout(Duration.ofSeconds(60))
                .followRedirects(false)
                .followSslRedirects(false);
        ClusterTls.apply(builder, config.trust());
        this.http = builder.build();
    }

    List<HttpUrl> endpoints() {
        return endpoints;
    }

    /**
     * Returns the first answer that is not "unavailable", whatever its status.
     *
     * @throws QumuloException if no endpoint gave one in {@value #ROUNDS} rounds
     */
    ApiAnswer send(ApiRequest request, @Nullable String token) throws QumuloException {
        var left = new ArrayList<Integer>();
        int first = preferred;
        for (int i = 0; i < endpoints.size(); i++) {
            left.add((first + i) % endpoints.size());
        }
        var refused = new ArrayList<Failure>();
        List<Failure> last = List.of();
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            if (round > 0) {
                waitBefore(round);
            }
            last = new ArrayList<>();
            for (int index : List.copyOf(left)) {
                Outcome outcome = attempt(endpoints.get(index), request, token);
                if (outcome.answer() != null) {
                    preferred = index;
                    return outcome.answer();
                }
                if (outcome.failure().lasting()) {
                    left.remove((Integer) index);
                    refused.add(outcome.failure());
                } else {
                    last.add(outcome.failure());
                }
            }
        }
        refused.addAll(last);
        throw noneAnswered(request, refused);
    }

    /** One attempt at one endpoint, for checks. */
    ApiAnswer sendTo(HttpUrl endpoint, ApiRequest request) throws QumuloException {
        Outcome outcome = attempt(endpoint, request, null);
        if (outcome.answer() != null) {
            return outcome.answer();
        }
        throw noneAnswered(request, List.of(outcome.failure()));
    }

    private Outcome attempt(HttpUrl endpoint, ApiRequest request, @Nullable String token) {
        try {
            ApiAnswer answer = exchange(endpoint, request, token);
            return answer.isUnavailable() ? Outcome.failed(Failure.of(answer, request)) : Outcome.answered(answer);
        } catch (IOException e) {
            return Outcome.failed(Failure.of(endpoint, e));
        }
    }

    private ApiAnswer exchange(HttpUrl endpoint, ApiRequest request, @Nullable String token) throws IOException {
        String base = endpoint.toString();
        String url = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + request.target();
        String json = request.json();
        var builder = new Request.Builder()
                .url(url)
                .header("Accept", "application/json")
                .method(
                        request.method(),
                        json == null ? null : RequestBody.create(json.getBytes(StandardCharsets.UTF_8), JSON));
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        try (Response response = http.newCall(builder.build()).execute()) {
            BufferedSource source = response.body().source();
            if (source.request(MAX_BODY + 1)) {
                throw new IOException("the answer is longer than " + MAX_BODY + " bytes");
            }
            return ApiAnswer.of(endpoint, response.code(), source.readByteArray());
        }
    }

    private void waitBefore(int round) throws QumuloException {
        long full = FIRST_PAUSE.toMillis() << (round - 1);
        try {
            pause.pause(Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QumuloException("interrupted while waiting for the cluster", e);
        }
    }

    private static QumuloException noneAnswered(ApiRequest request, List<Failure> failures) {
        var text = new StringBuilder(request + " failed");
        for (Failure failure : failures) {
            text.append(": cluster='").append(failure.endpoint()).append("': ").append(failure.why());
        }
        Failure last = failures.get(failures.size() - 1);
        QumuloException told = last.told();
        return told == null
                ? new QumuloException(text.toString(), last.cause())
                : new QumuloException(text.toString(), told.httpCode(), told.errorClass(), told.description(), null);
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private record Outcome(@Nullable ApiAnswer answer, @Nullable Failure reason) {
        static Outcome answered(ApiAnswer answer) {
            return new Outcome(answer, null);
        }

        static Outcome failed(Failure failure) {
            return new Outcome(null, failure);
        }

        Failure failure() {
            if (reason == null) {
                throw new IllegalStateException("answered");
            }
            return reason;
        }
    }

    /** Why an endpoint gave no answer; lasting if a repeat would end the same way. */
    private record Failure(
            HttpUrl endpoint,
            String why,
            boolean lasting,
            @Nullable QumuloException told,
            @Nullable IOException cause) {
        static Failure of(ApiAnswer answer, ApiRequest request) {
            QumuloException told = answer.failure(request);
            return new Failure(
                    answer.endpoint(), answer.reason(told.errorClass(), told.description()), false, told, null);
        }

        static Failure of(HttpUrl endpoint, IOException e) {
            for (Throwable t = e; t != null; t = t.getCause()) {
                if (t instanceof ClusterTls.Refused refused) {
                    return new Failure(endpoint, String.valueOf(refused.getMessage()), true, null, e);
                }
            }
            if (e instanceof SSLPeerUnverifiedException) {
                String why = "its certificate does not name the host '" + endpoint.host()
                        + "'; expected one that does; try the name in the certificate, or --pin";
                return new Failure(endpoint, why, true, null, e);
            }
            return new Failure(endpoint, plainly(endpoint, e), false, null, e);
        }

        private static String plainly(HttpUrl endpoint, IOException e) {
            if (e instanceof UnknownHostException) {
                return "host '" + endpoint.host() + "' is not known; try its address";
            }
            if (e instanceof ConnectException) {
                return "no connection (" + e.getMessage() + "); is the node up, and port " + endpoint.port() + " open?";
            }
            if (e instanceof SocketTimeoutException) {
                return "no answer in time (" + e.getMessage() + ")";
            }
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }
}
