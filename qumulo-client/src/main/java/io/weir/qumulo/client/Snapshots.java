package io.weir.qumulo.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.qumulo.client.rest.ApiRequest;
import io.weir.qumulo.client.rest.ApiRequest.Effect;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import io.weir.qumulo.client.rest.RestClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Takes, lists and compares snapshots. Needs {@code PRIVILEGE_SNAPSHOT_READ}, {@code _WRITE} and {@code _DIFFERENCE_READ}.
 * Safe for all threads; blocks its caller.
 */
public final class Snapshots {
    private static final String ALL = "/v3/snapshots/";

    private final RestClient rest;

    Snapshots(RestClient rest) {
        this.rest = rest;
    }

    /**
     * Takes one that the cluster deletes by itself. Sent once: if the answer is lost, {@link #list} tells whether there is
     * one of that suffix, so choose suffixes that differ.
     *
     * @param directoryId file id
     * @param suffix of its name
     * @param expiration cut to the second
     */
    public Snapshot create(String directoryId, String suffix, Instant expiration) throws QumuloException {
        return take(
                directoryId, suffix, expiration.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** As {@link #create}, but it lasts until it is deleted. */
    public Snapshot createLasting(String directoryId, String suffix) throws QumuloException {
        return take(directoryId, suffix, "");
    }

    private Snapshot take(String directoryId, String suffix, String expiration) throws QumuloException {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("name_suffix", suffix)
                .put("expiration", expiration)
                .put("source_file_id", FileRef.id(directoryId).text());
        ApiRequest request = ApiRequest.of("POST", ALL, Effect.ONCE, body);
        return rest.json(request).read(request, Snapshot::of);
    }

    /** All, also those that are being deleted. */
    public List<Snapshot> list() throws QumuloException {
        return new Pages<>(rest, ApiRequest.get(ALL), "entries", Snapshot::of).rest();
    }

    /** One, also if it is being deleted; empty if there is none. */
    public Optional<Snapshot> find(long id) throws QumuloException {
        ApiRequest request = ApiRequest.get(ALL + id);
        try {
            return Optional.of(rest.json(request).read(request, Snapshot::of));
        } catch (QumuloException e) {
            if (e.reason() == Reason.NOT_THERE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Deletes one; the cluster does so in the background. Sent once, but to ask again does no harm: no id comes back. */
    public void delete(long id) throws QumuloException {
        rest.call(ApiRequest.of("DELETE", ALL + id, Effect.ONCE));
    }

    /**
     * What differs between two snapshots of the same directory; what came and went in between does not show. Costs the
     * cluster as much as has changed. {@link Pages#next} fails if one is not there or they are of different directories.
     */
    public Pages<TreeChange> changes(long newer, long older) {
        return changes(newer, older, 1000);
    }

    /**
     * As {@link #changes(long, long)}, in smaller pages.
     *
     * @param pageSize at most so many a page; the cluster may give fewer
     */
    public Pages<TreeChange> changes(long newer, long older, int pageSize) {
        ApiRequest request = ApiRequest.get("/v2/snapshots/" + newer + "/changes-since/" + older)
                .query("limit", String.valueOf(pageSize));
        return new Pages<>(rest, request, "entries", TreeChange::of);
    }
}
