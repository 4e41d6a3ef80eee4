package io.weir.qumulo.client.rest;

import io.weir.qumulo.client.rest.ApiRequest.Effect;
import io.weir.qumulo.client.rest.HttpExchange.Opened;
import io.weir.qumulo.client.rest.HttpExchange.Sent;
import io.weir.qumulo.client.rest.QumuloException.Told;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls to whichever endpoint answers: see the package's page. Remembers the one that did, and begins with it the
 * next time. Safe for all threads.
 */
final class RestTransport implements Closeable {
    static final int ROUNDS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final List<HttpUrl> endpoints;
    private final HttpExchange http;
    private final Pause pause;
    private final RandomGenerator random;
    private volatile int preferred;

    RestTransport(ClusterAccess access, Pause pause, RandomGenerator random) throws QumuloException {
        this.endpoints = access.endpoints().stream()
                .map(uri -> HttpUrl.get(uri.toString()))
                .toList();
        this.pause = pause;
        this.random = random;
        this.http = new HttpExchange(access.trust());
    }

    List<HttpUrl> endpoints() {
        return endpoints;
    }

    HttpUrl preferredEndpoint() {
        return endpoints.get(preferred);
    }

    OkHttpClient client() {
        return http.client();
    }

    /** How one endpoint is asked. */
    private interface Exchange {
        Opened with(HttpUrl endpoint, Sent sent) throws IOException;
    }

    /**
     * Returns the first answer that is not "unavailable", whatever its status.
     *
     * @throws QumuloException if no endpoint gave one in {@value #ROUNDS} rounds, or if the call must not be repeated and an
     *     endpoint that gave none may have carried it out
     */
    ApiAnswer send(ApiRequest request, @Nullable String token, SendGuard guard) throws QumuloException {
        return ask(request, SendGuard.NONE, (endpoint, sent) -> {
                    guard.requireSendable();
                    return new Opened(http.answer(endpoint, request, token, sent), InputStream.nullInputStream());
                })
                .answer();
    }

    /** As {@link #send}, but what comes with a success is still to be read, and closed by who asked. */
    Opened open(ApiRequest request, @Nullable String token) throws QumuloException {
        return ask(request, SendGuard.NONE, (endpoint, sent) -> http.open(endpoint, request, token, sent));
    }

    private Opened ask(ApiRequest request, SendGuard guard, Exchange exchange) throws QumuloException {
        var left = new ArrayList<Integer>();
        int first = preferred;
        for (int i = 0; i < endpoints.size(); i++) {
            left.add((first + i) % endpoints.size());
        }
        var refused = new ArrayList<EndpointFailure>();
        List<EndpointFailure> last = List.of();
        boolean unsure = false;
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            if (round > 0) {
                waitBefore(round, unsure && request.effect() != Effect.READS);
            }
            last = new ArrayList<>();
            for (int index : List.copyOf(left)) {
                Outcome outcome = attempt(endpoints.get(index), request, guard, exchange);
                if (outcome.opened() != null) {
                    preferred = index;
                    return outcome.opened();
                }
                EndpointFailure failure = outcome.failure();
                unsure |= failure.unsure();
                if (failure.unsure() && request.effect() == Effect.ONCE) {
                    throw noneAnswered(request, List.of(failure), true);
                }
                if (failure.lasting()) {
                    left.remove((Integer) index);
                    refused.add(failure);
                } else {
                    last.add(failure);
                }
            }
        }
        refused.addAll(last);
        throw noneAnswered(request, refused, unsure);
    }

    /** One attempt at one endpoint, for checks. */
    ApiAnswer sendTo(HttpUrl endpoint, ApiRequest request) throws QumuloException {
        Outcome outcome = attempt(
                endpoint,
                request,
                SendGuard.NONE,
                (to, sent) -> new Opened(http.answer(to, request, null, sent), InputStream.nullInputStream()));
        if (outcome.opened() != null) {
            return outcome.opened().answer();
        }
        throw noneAnswered(
                request, List.of(outcome.failure()), outcome.failure().unsure());
    }

    private static Outcome attempt(HttpUrl endpoint, ApiRequest request, SendGuard guard, Exchange exchange)
            throws QumuloException {
        var sent = new Sent(request, guard);
        try {
            Opened opened = exchange.with(endpoint, sent);
            return opened.answer().isUnavailable()
                    ? Outcome.failed(EndpointFailure.of(opened.answer()))
                    : new Outcome(opened, null);
        } catch (HttpExchange.UnreadableContent e) {
            boolean partly = sent.sent();
            throw new QumuloException(
                    request + " failed: " + e.getMessage() + (partly ? EndpointFailure.LOOK_FIRST : ""),
                    Reason.OTHER,
                    Told.NOTHING,
                    partly,
                    e);
        } catch (IOException e) {
            return Outcome.failed(EndpointFailure.of(endpoint, e, sent.sent()));
        }
    }

    private void waitBefore(int round, boolean carriedOut) throws QumuloException {
        long full = FIRST_PAUSE.toMillis() << (round - 1);
        try {
            pause.pause(Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QumuloException(
                    "interrupted while waiting for the cluster", Reason.UNAVAILABLE, Told.NOTHING, carriedOut, e);
        }
    }

    /** @param unsure whether one of all attempts, also of earlier rounds, may have done it */
    private static QumuloException noneAnswered(ApiRequest request, List<EndpointFailure> failures, boolean unsure) {
        var text = new StringBuilder(request + " failed");
        for (EndpointFailure failure : failures) {
            text.append(": cluster='").append(failure.endpoint()).append("': ").append(failure.why());
        }
        boolean carriedOut = unsure && request.effect() != Effect.READS;
        if (carriedOut) {
            text.append(
                    request.effect() == Effect.ONCE
                            ? EndpointFailure.LOOK_FIRST
                            : "; it may have been carried out, and may be asked for again");
        }
        EndpointFailure last = failures.get(failures.size() - 1);
        return new QumuloException(text.toString(), Reason.UNAVAILABLE, last.told(), carriedOut, last.cause());
    }

    @Override
    public void close() {
        http.close();
    }

    private record Outcome(@Nullable Opened opened, @Nullable EndpointFailure reason) {
        static Outcome failed(EndpointFailure failure) {
            return new Outcome(null, failure);
        }

        EndpointFailure failure() {
            if (reason == null) {
                throw new IllegalStateException("answered");
            }
            return reason;
        }
    }
}
