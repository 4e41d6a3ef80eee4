package io.weir.qumulo.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.settings.Privileges;
import io.weir.qumulo.emulator.tree.Snapshot;
import io.weir.qumulo.emulator.tree.TreeChange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Snapshots, in both versions of their API, and what changed between two. */
final class SnapshotApi {
    private final Cluster cluster;
    private volatile @Nullable Compared last;

    /** A comparison that was made: its pages are asked for one after the other. */
    private record Compared(long newer, long older, List<TreeChange> changes) {}

    SnapshotApi(Cluster cluster) {
        this.cluster = cluster;
    }

    void addTo(Router router) {
        for (String version : List.of("v2", "v3")) {
            String all = "/" + version + "/snapshots/";
            boolean v2 = version.equals("v2");
            router.add("GET", all, call -> list(call, v2));
            router.add("POST", all, call -> create(call, v2));
            router.add("GET", all + "{id}", call -> get(call, v2));
            router.add("PATCH", all + "{id}", call -> expire(call, v2));
            router.add("PUT", all + "{id}", call -> expire(call, v2));
            router.add("DELETE", all + "{id}", this::delete);
        }
        router.add("GET", "/v2/snapshots/{id}/changes-since/{older}", this::changes);
    }

    private Answer list(Call call, boolean v2) {
        cluster.require(Privileges.SNAPSHOT_READ);
        String parameter = call.parameter("filter");
        String filter = parameter == null ? "all" : parameter;
        if (!List.of("all", "exclude_in_delete", "only_in_delete").contains(filter)) {
            throw ApiException.undecodable("filter='" + filter + "'");
        }
        var json = Json.object();
        var entries = json.putArray("entries");
        for (Snapshot snapshot : cluster.snapshots().all()) {
            if (filter.equals("all") || snapshot.isInDelete() == filter.equals("only_in_delete")) {
                entries.add(json(snapshot, v2));
            }
        }
        return Json.ok(json);
    }

    private Answer create(Call call, boolean v2) {
        cluster.require(Privileges.SNAPSHOT_WRITE);
        JsonNode json = call.json();
        Snapshot snapshot = cluster.snapshots()
                .take(
                        json.path("source_file_id").asText("2"),
                        json.path("name_suffix").asText("snapshot"),
                        expiration(json));
        return Json.ok(json(snapshot, v2));
    }

    private Answer get(Call call, boolean v2) {
        cluster.require(Privileges.SNAPSHOT_READ);
        return Json.ok(json(cluster.snapshots().get(call.id()), v2));
    }

    private Answer expire(Call call, boolean v2) {
        cluster.require(Privileges.SNAPSHOT_WRITE);
        return Json.ok(json(cluster.snapshots().expire(call.id(), expiration(call.json())), v2));
    }

    private Answer delete(Call call) {
        cluster.require(Privileges.SNAPSHOT_WRITE);
        cluster.snapshots().delete(call.id());
        return Answer.empty(202);
    }

    /** Null, nothing and an empty text: never. */
    private static @Nullable Instant expiration(JsonNode json) {
        String text = json.path("expiration").asText("");
        return text.isEmpty() || text.equals("null") ? null : AttributesApi.time("expiration", text);
    }

    private static ObjectNode json(Snapshot snapshot, boolean v2) {
        ObjectNode json = Json.object()
                .put("id", snapshot.id())
                .put("name", snapshot.name())
                .put("timestamp", snapshot.taken().toString())
                .put("source_file_id", String.valueOf(snapshot.source()))
                .putNull("policy_id");
        Instant expiration = snapshot.expiration();
        if (expiration == null && !v2) {
            json.putNull("expiration");
        } else {
            json.put("expiration", expiration == null ? "" : expiration.toString());
        }
        return json.put("in_delete", snapshot.isInDelete());
    }

    private Answer changes(Call call) {
        cluster.require(Privileges.SNAPSHOT_DIFFERENCE_READ);
        long older = Long.parseLong(call.variable("older").matches("\\d{1,18}") ? call.variable("older") : "0");
        List<TreeChange> changes = compare(call.id(), older);
        int from = (int) Math.min(call.number("after", 0), changes.size());
        int limit = (int) Math.max(
                1,
                Math.min(
                        call.number("limit", Long.MAX_VALUE), cluster.switches().pageLimit()));
        int to = Math.min(changes.size(), from + limit);
        var json = Json.object();
        var entries = json.putArray("entries");
        for (TreeChange change : changes.subList(from, to)) {
            entries.addObject().put("op", change.op().name()).put("path", change.path());
        }
        String next = to == changes.size()
                ? ""
                : "/v2/snapshots/" + call.id() + "/changes-since/" + older + "?limit=" + limit + "&after=" + to;
        json.putObject("paging").put("next", next);
        return Json.ok(json);
    }

    private List<TreeChange> compare(long newer, long older) {
        Compared compared = last;
        if (compared != null && compared.newer == newer && compared.older == older) {
            cluster.snapshots().get(newer);
            cluster.snapshots().get(older);
            return compared.changes;
        }
        List<TreeChange> changes = cluster.snapshots().changes(newer, older);
        last = new Compared(newer, older, changes);
        return changes;
    }
}
