package io.weir.worker.message;

import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.RemoteFailureException;
import io.weir.worker.Step;
import io.weir.worker.message.GuardedSockets.ForbiddenAddressException;
import io.weir.worker.message.WebhookClient.Answer;
import io.weir.worker.settings.Network;
import io.weir.worker.settings.Setting;
import io.weir.worker.settings.WebhookEndpoint;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** One POST of a webhook. */
final class WebhookDelivery implements Step {
    /** Request timeout, too early, too many requests: come again. */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    private final WebhookClient client;
    private final WebhookEndpoint endpoint;
    private final Setting<List<Network>> networks;
    private final String actionId;
    private final WebhookFormat.Body body;

    WebhookDelivery(
            WebhookClient client,
            WebhookEndpoint endpoint,
            Setting<List<Network>> networks,
            String actionId,
            WebhookFormat.Body body) {
        this.client = client;
        this.endpoint = endpoint;
        this.networks = networks;
        this.actionId = actionId;
        this.body = body;
    }

    /** It changes no files. */
    @Override
    public Effect effect() {
        return new Effect.Scope(List.of());
    }

    @Override
    public Optional<Applied> run() throws ActionException, IOException, InterruptedException {
        Answer answer;
        try {
            answer = client.send(endpoint, networks, request());
        } catch (IOException e) {
            throw failure(e);
        }
        String said = "webhook '" + endpoint.name() + "' answered " + answer.status()
                + (answer.text().isEmpty() ? "" : ": " + answer.text());
        if (answer.status() >= 200 && answer.status() < 300) {
            return Optional.of(new Applied(effect(), Map.of(), said));
        }
        if (LATER.contains(answer.status()) || answer.status() >= 500) {
            Optional<Duration> wait = RetryAfter.parse(answer.retryAfter(), client.now());
            throw wait.isPresent()
                    ? RemoteFailureException.until(said, wait.get())
                    : new RemoteFailureException(said, null);
        }
        throw ActionException.failed(
                answer.status() < 400 ? said + "; redirects are not followed: name the address itself" : said);
    }

    private Request request() {
        Request.Builder request = new Request.Builder()
                .url(endpoint.url())
                .header("User-Agent", "Weir")
                .header("Idempotency-Key", actionId)
                .post(new OneShot(body));
        endpoint.headers().forEach(request::header);
        endpoint.secret().ifPresent(secret -> Signature.headers(secret, actionId, client.now(), body.bytes())
                .forEach(request::header));
        return request.build();
    }

    /** Sent once: what an answer means for another attempt is decided here, not by the client. */
    private static final class OneShot extends RequestBody {
        private final WebhookFormat.Body body;

        OneShot(WebhookFormat.Body body) {
            this.body = body;
        }

        @Override
        public @Nullable MediaType contentType() {
            return MediaType.parse(body.type());
        }

        @Override
        public long contentLength() {
            return body.bytes().length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(body.bytes());
        }
    }

    /** A certificate that is not trusted, and an address that is not allowed, will be so the next time, too. */
    private IOException failure(IOException e) throws ActionException {
        String what = "webhook '" + endpoint.name() + "': ";
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForbiddenAddressException) {
                throw ActionException.refused(
                        what + cause.getMessage() + "; change the worker's settings, or the rule");
            }
            if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
                throw ActionException.failed(what + "its certificate is not trusted: " + cause.getMessage()
                        + "; mend it, or name its authority as 'ca-file' in the worker's settings");
            }
        }
        return new RemoteFailureException(what + e, e);
    }
}
