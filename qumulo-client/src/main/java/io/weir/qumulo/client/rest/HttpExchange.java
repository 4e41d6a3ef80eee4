package io.weir.qumulo.client.rest;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.weir.qumulo.client.rest.ApiRequest.Effect;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one endpoint. OkHttp repeats calls by itself on another connection, POSTs too; so what must not be
 * repeated goes through a client that does not. Safe for all threads.
 */
final class HttpExchange implements Closeable {
    /** Between two pieces of a file's data, either way; the whole may take as long as it takes. */
    private static final Duration DATA_SILENCE = Duration.ofSeconds(60);

    /**
     * For how long a connection waits for the next call that must not be repeated: on one that the node has closed meanwhile
     * such a call would fail, and nobody could say whether it was carried out.
     */
    private static final Duration IDLE = Duration.ofSeconds(2);

    /** Connections that are kept though nothing uses them: as many as an agent reads files by. OkHttp's five are opened anew. */
    private static final int KEPT = 32;

    /** How long a connection is kept for calls that may be repeated. */
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private final OkHttpClient repeating;
    private final OkHttpClient once;
    private final OkHttpClient data;

    HttpExchange(Trust trust) throws QumuloException {
        var builder = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(Duration.ofSeconds(30))
                .callTimeout(Duration.ofSeconds(60))
                .eventListenerFactory(HttpExchange::watch)
                .addNetworkInterceptor(HttpExchange::ask)
                .connectionPool(kept(KEPT_FOR))
                .followRedirects(false)
                .followSslRedirects(false);
        ClusterTls.apply(builder, trust);
        repeating = builder.build();
        once = repeating
                .newBuilder()
                .retryOnConnectionFailure(false)
                .connectionPool(kept(IDLE))
                .build();
        data = once.newBuilder()
                .callTimeout(Duration.ZERO)
                .readTimeout(DATA_SILENCE)
                .writeTimeout(DATA_SILENCE)
                .build();
    }

    private static ConnectionPool kept(Duration idle) {
        return new ConnectionPool(KEPT, idle.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Whether an endpoint may act on a call. Not if writing it failed, as on a connection that the node has reset: then its
     * end has not been sent, and half a call in JSON is none. Half of a file's data may be written.
     */
    static final class Sent extends EventListener {
        private final boolean partsCount;
        private final SendGuard guard;
        private volatile boolean sent;

        Sent(ApiRequest request, SendGuard guard) {
            partsCount = request.isData();
            this.guard = guard;
        }

        @Override
        public void requestHeadersStart(Call call) {
            sent = true;
        }

        @Override
        public void requestFailed(Call call, IOException e) {
            sent = partsCount;
        }

        boolean sent() {
            return sent;
        }
    }

    /** With a connection at hand, so that nothing but the call itself is still to be written. */
    private static Response ask(Interceptor.Chain chain) throws IOException {
        Sent sent = chain.request().tag(Sent.class);
        if (sent != null) {
            sent.guard.requireSendable();
        }
        return chain.proceed(chain.request());
    }

    private static EventListener watch(Call call) {
        Sent sent = call.request().tag(Sent.class);
        return sent == null ? EventListener.NONE : sent;
    }

    /** To make clients of, that trust what this one does. */
    OkHttpClient client() {
        return repeating;
    }

    ApiAnswer answer(HttpUrl endpoint, ApiRequest request, @Nullable String token, Sent sent) throws IOException {
        boolean bytes = request.body() != null && request.body().length() > (1 << 20);
        OkHttpClient http = bytes ? data : request.effect() == Effect.ONCE ? once : repeating;
        try (Response response =
                http.newCall(made(endpoint, request, token, sent)).execute()) {
            return whole(endpoint, response, request.longestAnswer());
        }
    }

    /** As {@link #answer}, but a success is left open for its body to be read. */
    Opened open(HttpUrl endpoint, ApiRequest request, @Nullable String token, Sent sent) throws IOException {
        Response response = data.newCall(made(endpoint, request, token, sent)).execute();
        if (response.isSuccessful()) {
            return new Opened(
                    new ApiAnswer(endpoint, response.code(), etag(response), MissingNode.getInstance()),
                    response.body().byteStream());
        }
        try (response) {
            return new Opened(whole(endpoint, response, request.longestAnswer()), InputStream.nullInputStream());
        }
    }

    /** An answer and the body that follows it. */
    record Opened(ApiAnswer answer, InputStream body) {}

    private static Request made(HttpUrl endpoint, ApiRequest request, @Nullable String token, Sent sent) {
        String base = endpoint.toString();
        Content body = request.body();
        var builder = new Request.Builder()
                .url((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + request.target())
                .tag(Sent.class, sent)
                .header("Accept", "application/json")
                .method(request.method(), body == null ? null : new Body(body, request.type()));
        request.headers().forEach(builder::header);
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        return builder.build();
    }

    private static ApiAnswer whole(HttpUrl endpoint, Response response, long longest) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(longest + 1)) {
            throw new IOException("the answer is longer than " + longest + " bytes");
        }
        return ApiAnswer.of(endpoint, response.code(), etag(response), source.readByteArray());
    }

    private static String etag(Response response) {
        String etag = response.header("ETag");
        return etag == null ? "" : etag;
    }

    @Override
    public void close() {
        repeating.dispatcher().executorService().shutdown();
        repeating.connectionPool().evictAll();
        once.connectionPool().evictAll();
    }

    /** What was to be sent could not be read: no fault of the network. */
    static final class UnreadableContent extends IOException {
        private static final long serialVersionUID = 1;

        UnreadableContent(IOException cause) {
            super("what was to be sent cannot be read: " + cause.getMessage(), cause);
        }
    }

    private static final class Body extends RequestBody {
        private final Content content;
        private final MediaType type;

        Body(Content content, MediaType type) {
            this.content = content;
            this.type = type;
        }

        @Override
        public MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return content.length();
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try (InputStream in = opened()) {
                byte[] buffer = new byte[64 * 1024];
                for (long left = content.length(); left > 0; ) {
                    int count = read(in, buffer, (int) Math.min(buffer.length, left));
                    sink.write(buffer, 0, count);
                    left -= count;
                }
            }
        }

        private InputStream opened() throws UnreadableContent {
            try {
                return content.open();
            } catch (IOException e) {
                throw new UnreadableContent(e);
            }
        }

        private static int read(InputStream in, byte[] buffer, int count) throws UnreadableContent {
            try {
                int read = in.read(buffer, 0, count);
                if (read < 0) {
                    throw new IOException("it is shorter than it was");
                }
                return read;
            } catch (IOException e) {
                throw new UnreadableContent(e);
            }
        }
    }
}
