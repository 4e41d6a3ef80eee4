package io.weir.qumulo.client.rest;

import io.weir.qumulo.client.rest.HttpExchange.Opened;
import java.io.Closeable;
import java.io.InputStream;
import java.util.List;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Calls a cluster, whichever call it is. Logs in when it has to, and again when a session has ended; goes to another
 * endpoint when one fails (see the package's page). Safe for all threads; blocks its caller.
 */
public final class RestClient implements Closeable {
    private final RestTransport transport;
    private final Session session;
    private final SendGuard guard;

    /**
     * The cluster is not asked yet.
     *
     * @param random for the pauses between rounds
     * @throws QumuloException if the CA file cannot be used
     */
    public RestClient(ClusterAccess access, Pause pause, RandomGenerator random) throws QumuloException {
        this.transport = new RestTransport(access, pause, random);
        this.session = new Session(access.credentials(), transport);
        this.guard = SendGuard.NONE;
    }

    private RestClient(RestTransport transport, Session session, SendGuard guard) {
        this.transport = transport;
        this.session = session;
        this.guard = guard;
    }

    /** The same client, which asks before it sends. Closed with this one. */
    public RestClient guarded(SendGuard by) {
        return new RestClient(transport, session, by);
    }

    /** In the order in which they are configured. */
    public List<HttpUrl> endpoints() {
        return transport.endpoints();
    }

    /** The endpoint that answered last. */
    public HttpUrl preferredEndpoint() {
        return transport.preferredEndpoint();
    }

    /** A successful answer, whatever its body. */
    public ApiAnswer call(ApiRequest request) throws QumuloException {
        String token = session.token();
        ApiAnswer answer = transport.send(request, token, guard);
        if (answer.code() == 401) {
            answer = transport.send(request, session.renew(token), guard);
        }
        return successful(request, answer);
    }

    /** A successful answer with JSON in it. */
    public ApiAnswer json(ApiRequest request) throws QumuloException {
        return withJson(request, call(request));
    }

    /** As {@link #json}, of a call that needs no login. */
    public ApiAnswer jsonWithoutLogin(ApiRequest request) throws QumuloException {
        return withJson(request, successful(request, transport.send(request, null, guard)));
    }

    /** As {@link #jsonWithoutLogin}, once, at one endpoint: to check it. */
    public ApiAnswer jsonAt(HttpUrl endpoint, ApiRequest request) throws QumuloException {
        return withJson(request, successful(request, transport.sendTo(endpoint, request)));
    }

    /**
     * The body of a successful answer, to be read as it comes and closed. That it breaks off is told as a
     * {@link QumuloException} by its {@code read}.
     */
    public InputStream open(ApiRequest request) throws QumuloException {
        String token = session.token();
        Opened opened = transport.open(request, token);
        if (opened.answer().code() == 401) {
            opened = transport.open(request, session.renew(token));
        }
        successful(request, opened.answer());
        return new AnswerStream(request, opened);
    }

    /** The token in use, for calls that are made elsewhere; reads the file or logs in if there is none yet. */
    public String token() throws QumuloException {
        return session.token();
    }

    /**
     * A token other than the refused one.
     *
     * @throws QumuloException if the token file still holds the refused one, or the login fails
     */
    public String renew(String refused) throws QumuloException {
        return session.renew(refused);
    }

    /** For clients of one's own, such as for streams, that trust what this one does. */
    public OkHttpClient.Builder http() {
        return transport.client().newBuilder();
    }

    private static ApiAnswer successful(ApiRequest request, ApiAnswer answer) throws QumuloException {
        if (!answer.isSuccess()) {
            throw answer.failure(request);
        }
        return answer;
    }

    private static ApiAnswer withJson(ApiRequest request, ApiAnswer answer) throws QumuloException {
        if (answer.json().isMissingNode()) {
            throw answer.failure(request);
        }
        return answer;
    }

    @Override
    public void close() {
        transport.close();
    }
}
