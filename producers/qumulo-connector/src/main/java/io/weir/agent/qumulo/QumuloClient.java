package io.weir.agent.qumulo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;

/**
 * The REST API of Qumulo Core, as far as the connector needs it. Logs in when it has to and again when a session has
 * ended; goes to another endpoint when one fails (see the package's page). Safe for all threads; blocks its caller.
 */
public final class QumuloClient implements Closeable {
    private final RestTransport transport;
    private final Session session;

    /** @throws QumuloException if the CA file cannot be used; the cluster is not asked yet */
    public QumuloClient(QumuloConfig config) throws QumuloException {
        this(config, Pause.REAL, new Random());
    }

    QumuloClient(QumuloConfig config, Pause pause, RandomGenerator random) throws QumuloException {
        this.transport = new RestTransport(config, pause, random);
        this.session = new Session(config.credentials(), transport);
    }

    List<HttpUrl> endpoints() {
        return transport.endpoints();
    }

    /** The {@code revision_id} that an endpoint tells, such as {@code Qumulo Core 7.9.2.3}; needs no login. */
    String revisionOf(HttpUrl endpoint) throws QumuloException {
        ApiRequest request = ApiRequest.get("/v1/version");
        return text(request, transport.sendTo(endpoint, request), "revision_id");
    }

    /**
     * The cluster's release; needs no login.
     *
     * @throws QumuloException also if what it tells has no version in it
     */
    public ClusterVersion version() throws QumuloException {
        ApiRequest request = ApiRequest.get("/v1/version");
        String revision = text(request, transport.send(request, null), "revision_id");
        return ClusterVersion.find(revision)
                .orElseThrow(() -> new QumuloException(
                        "revision_id='" + revision + "': expected a version such as 7.9.2 in it", null));
    }

    /** Whom the cluster takes us for: the check of the credentials. */
    public Identity whoAmI() throws QumuloException {
        JsonNode json = get("/v1/session/who-am-i");
        Set<String> privileges = new HashSet<>();
        json.path("privileges").forEach(privilege -> privileges.add(privilege.asText("")));
        return new Identity(json.path("id").asText(""), json.path("name").asText(""), privileges);
    }

    /** What the cluster does with recursive Change Notify. */
    public RecursiveMode recursiveMode() throws QumuloException {
        try {
            String mode = get("/v1/file-system/settings/notify")
                    .path("recursive_mode")
                    .asText("")
                    .toUpperCase(Locale.ROOT);
            for (RecursiveMode known : RecursiveMode.values()) {
                if (known.name().equals(mode)) {
                    return known;
                }
            }
            return RecursiveMode.UNKNOWN;
        } catch (QumuloException e) {
            if (e.httpCode() == 404) {
                return RecursiveMode.UNKNOWN;
            }
            throw e;
        }
    }

    /** The id of the cluster, by which its events can be told from another's; empty where the node does not tell. */
    public Optional<String> clusterId() throws QumuloException {
        String id = get("/v1/node/state").path("cluster_id").asText("");
        return id.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    /**
     * The type of what lies at an absolute path, such as {@code FS_FILE_TYPE_DIRECTORY}; empty if nothing does.
     */
    public Optional<String> typeOf(String path) throws QumuloException {
        try {
            JsonNode attributes = get("/v1/files/" + FileRef.path(path).segment() + "/info/attributes");
            return Optional.of(attributes.path("type").asText(""));
        } catch (QumuloException e) {
            if (e.httpCode() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private JsonNode get(String target) throws QumuloException {
        ApiRequest request = ApiRequest.get(target);
        String token = session.token();
        ApiAnswer answer = transport.send(request, token);
        if (answer.code() == 401) {
            answer = transport.send(request, session.renew(token));
        }
        if (!answer.isSuccess() || answer.json().isMissingNode()) {
            throw answer.failure(request);
        }
        return answer.json();
    }

    private static String text(ApiRequest request, ApiAnswer answer, String field) throws QumuloException {
        JsonNode value = answer.json().path(field);
        if (!answer.isSuccess() || !value.isTextual()) {
            throw answer.failure(request);
        }
        return value.asText();
    }

    @Override
    public void close() {
        transport.close();
    }
}
