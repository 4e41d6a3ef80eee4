package io.weir.qumulo.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.tree.FileData;
import io.weir.qumulo.emulator.tree.FileRef;
import io.weir.qumulo.emulator.tree.FsError;
import io.weir.qumulo.emulator.tree.Inode;
import io.weir.qumulo.emulator.tree.TreeState;

/** The bytes of files. */
final class DataApi {
    private final Cluster cluster;

    DataApi(Cluster cluster) {
        this.cluster = cluster;
    }

    void addTo(Router router) {
        router.add("GET", "/v1/files/{ref}/data", this::get);
        router.add("PUT", "/v1/files/{ref}/data", call -> write(call, -1));
        router.add("PATCH", "/v1/files/{ref}/data", call -> write(call, call.number("offset", 0)));
        router.add("POST", "/v1/files/{ref}/copy-chunk", this::copyChunk);
    }

    private Answer get(Call call) {
        FileRef ref = FileRef.of(call.ref());
        Inode inode = call.state(cluster, ref).get(ref);
        FileData data = inode.file().data();
        long offset = Math.min(call.number("offset", 0), data.size());
        byte[] bytes = data.read(offset, call.number("length", Long.MAX_VALUE));
        if (cluster.switches().atimeTracking()
                && !call.flag("skip-atime-update")
                && call.parameter("snapshot") == null) {
            cluster.tree().access(call.ref());
        }
        return Answer.bytes(bytes);
    }

    private Answer write(Call call, long offset) {
        byte[] bytes = call.request().body();
        Long version = call.ifMatch();
        Inode inode;
        if (version != null) {
            inode = cluster.tree().writeIf(call.ref(), version, offset, bytes);
        } else {
            inode = offset < 0
                    ? cluster.tree().write(call.ref(), bytes)
                    : cluster.tree().writeAt(call.ref(), offset, bytes);
        }
        return AttributesApi.tagged(inode, cluster.tree().state().pathOf(inode));
    }

    /** The whole in one go; what is left to copy is answered, and that is nothing. */
    private Answer copyChunk(Call call) {
        JsonNode json = call.json();
        Inode source = source(json, Call.required(json, json.has("source_id") ? "source_id" : "source_path"));
        long from = offset(json, "source_offset");
        long to = offset(json, "target_offset");
        long length = json.hasNonNull("length") ? offset(json, "length") : Long.MAX_VALUE;
        cluster.tree().writeAt(call.ref(), to, source.file().data().read(from, length));
        return Json.ok(Json.object()
                .put("source_offset", json.path("source_offset").asText("0"))
                .put("target_offset", json.path("target_offset").asText("0"))
                .put("length", "0"));
    }

    /** The file to copy from: as a snapshot has it, if one is named, and of the version that is expected. */
    private Inode source(JsonNode json, String name) {
        FileRef ref = FileRef.of(name);
        TreeState live = cluster.tree().state();
        JsonNode snapshot = json.path("source_snapshot");
        TreeState state = snapshot.isIntegralNumber()
                ? cluster.snapshots().get(snapshot.asLong()).stateFor(ref, live)
                : live;
        Inode inode = state.get(ref);
        if (json.hasNonNull("source_etag")
                && !Call.required(json, "source_etag").equals(AttributesApi.tag(inode))) {
            throw FsError.REVISION_MISMATCH.of(name);
        }
        return inode;
    }

    private static long offset(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        if (!value.asText().matches("\\d{1,18}")) {
            throw ApiException.undecodable(field + "='" + value.asText() + "': expected digits");
        }
        return Long.parseLong(value.asText());
    }
}
