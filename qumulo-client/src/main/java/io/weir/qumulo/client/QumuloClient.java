package io.weir.qumulo.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.qumulo.client.rest.ApiRequest;
import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.qumulo.client.rest.Pause;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import io.weir.qumulo.client.rest.RestClient;
import io.weir.qumulo.client.rest.SendGuard;
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
 * A Qumulo cluster by the REST API of Qumulo Core. One for each cluster is enough: it keeps connections and the session.
 * Safe for all threads; blocks its caller.
 */
public final class QumuloClient implements Closeable {
    private final RestClient rest;
    private final Release release;
    private final FileView files;
    private final FileChanges changes;
    private final Snapshots snapshots;

    /**
     * The cluster is not asked yet.
     *
     * @throws QumuloException if the CA file cannot be used
     */
    public QumuloClient(ClusterAccess access) throws QumuloException {
        this(access, Pause.REAL, new Random());
    }

    /**
     * With pauses of one's own, for tests.
     *
     * @param random for the length of pauses
     */
    public QumuloClient(ClusterAccess access, Pause pause, RandomGenerator random) throws QumuloException {
        rest = new RestClient(access, pause, random);
        release = new Release(rest);
        files = new FileView(rest, release, null);
        changes = new FileChanges(rest);
        snapshots = new Snapshots(rest);
    }

    /** Files as they are. */
    public FileView files() {
        return files;
    }

    /** Files as they were when a snapshot was taken. */
    public FileView filesOf(Snapshot snapshot) {
        return new FileView(rest, release, snapshot.id());
    }

    /** What changes files. */
    public FileChanges changes() {
        return changes;
    }

    /** What changes files, and asks before each attempt to send a change. */
    public FileChanges changes(SendGuard guard) {
        return new FileChanges(rest.guarded(guard));
    }

    public Snapshots snapshots() {
        return snapshots;
    }

    /** The way to the cluster itself, for calls that are not here. */
    public RestClient rest() {
        return rest;
    }

    /** In the order in which they are configured. */
    public List<HttpUrl> endpoints() {
        return rest.endpoints();
    }

    /** The {@code revision_id} that an endpoint tells, such as {@code Qumulo Core 7.9.2.3}; needs no login. */
    public String revisionOf(HttpUrl endpoint) throws QumuloException {
        ApiRequest request = ApiRequest.get("/v1/version");
        return rest.jsonAt(endpoint, request).read(request, json -> JsonFields.text(json, "revision_id"));
    }

    /**
     * The cluster's release; needs no login.
     *
     * @throws QumuloException also if what it tells has no version in it
     */
    public ClusterVersion version() throws QumuloException {
        String revision = release.revision();
        return ClusterVersion.find(revision)
                .orElseThrow(() -> new QumuloException(
                        "revision_id='" + revision + "': expected a version such as 7.9.2 in it", Reason.OTHER, null));
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

    private JsonNode get(String target) throws QumuloException {
        return rest.json(ApiRequest.get(target)).json();
    }

    @Override
    public void close() {
        rest.close();
    }
}
