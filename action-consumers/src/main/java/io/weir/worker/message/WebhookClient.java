package io.weir.worker.message;

import io.weir.worker.settings.Network;
import io.weir.worker.settings.Setting;
import io.weir.worker.settings.WebhookEndpoint;
import java.io.IOException;
import java.net.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** Sends requests. Follows no redirects, asks no proxy, keeps no cookies. Safe for all threads. */
final class WebhookClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** What is read of an answer, for messages. */
    private static final long MOST_READ = 512;

    private final Dns dns;
    private final Clock clock;
    private @Nullable OkHttpClient base;
    private final Map<Path, TrustedCertificates> trusted = new ConcurrentHashMap<>();

    WebhookClient(Dns dns, Clock clock) {
        this.dns = dns;
        this.clock = clock;
    }

    /**
     * What a server answered.
     *
     * @param status of HTTP
     * @param retryAfter the header, if there is one
     * @param text the beginning of the body
     */
    record Answer(int status, @Nullable String retryAfter, String text) {}

    Instant now() {
        return clock.instant();
    }

    /**
     * Sends, and waits for the answer.
     *
     * @throws GuardedSockets.ForbiddenAddressException if the host is at no address that may be connected to
     * @throws IOException if there is no answer in time
     * @throws InterruptedException if the thread is interrupted; the request is cancelled
     */
    Answer send(WebhookEndpoint endpoint, Setting<List<Network>> networks, Request request)
            throws IOException, InterruptedException {
        Call call = client(endpoint, networks).newCall(request);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                answer.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call answered, Response response) {
                try (response) {
                    answer.complete(new Answer(response.code(), response.header("Retry-After"), beginning(response)));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            }
        });
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            call.cancel();
            throw e;
        }
    }

    /** The status counts; a body that breaks off is as good as none. */
    private static String beginning(Response response) {
        try (ResponseBody body = response.peekBody(MOST_READ)) {
            return body.string().strip();
        } catch (IOException e) {
            return "";
        }
    }

    private OkHttpClient client(WebhookEndpoint endpoint, Setting<List<Network>> networks) throws IOException {
        OkHttpClient.Builder builder = base().newBuilder()
                .socketFactory(new GuardedSockets(networks))
                .callTimeout(endpoint.timeout())
                .readTimeout(endpoint.timeout())
                .writeTimeout(endpoint.timeout());
        if (endpoint.certificates().isPresent()) {
            TrustedCertificates certificates = trusted(endpoint.certificates().get());
            builder.sslSocketFactory(certificates.sockets(), certificates.trust());
        }
        return builder.build();
    }

    private TrustedCertificates trusted(Path pem) throws IOException {
        TrustedCertificates known = trusted.get(pem);
        if (known == null) {
            known = TrustedCertificates.of(pem);
            trusted.put(pem, known);
        }
        return known;
    }

    /** Made when first used: the filter has this class too, and sends nothing. */
    private synchronized OkHttpClient base() {
        OkHttpClient made = base;
        if (made == null) {
            Dispatcher dispatcher = new Dispatcher(Executors.newCachedThreadPool(runnable -> {
                Thread thread = new Thread(runnable, "weir-webhook");
                thread.setDaemon(true);
                return thread;
            }));
            // How many there are at a time is for the worker's lanes to say.
            dispatcher.setMaxRequests(Integer.MAX_VALUE);
            dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
            made = new OkHttpClient.Builder()
                    .dispatcher(dispatcher)
                    .dns(dns)
                    .proxy(Proxy.NO_PROXY)
                    .followRedirects(false)
                    .followSslRedirects(false)
                    .connectTimeout(CONNECT)
                    .build();
            base = made;
        }
        return made;
    }
}
