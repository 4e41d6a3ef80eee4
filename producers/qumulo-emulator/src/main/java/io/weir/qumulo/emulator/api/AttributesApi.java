package io.weir.qumulo.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.tree.AttributeChange;
import io.weir.qumulo.emulator.tree.FileRef;
import io.weir.qumulo.emulator.tree.Identity;
import io.weir.qumulo.emulator.tree.Inode;
import io.weir.qumulo.emulator.tree.TreeState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Consumer;

/** Attributes of files, and paths of ids. */
final class AttributesApi {
    private final Cluster cluster;

    AttributesApi(Cluster cluster) {
        this.cluster = cluster;
    }

    void addTo(Router router) {
        router.add("GET", "/v1/files/{ref}/info/attributes", this::get);
        router.add("PATCH", "/v1/files/{ref}/info/attributes", this::patch);
        router.add("POST", "/v1/files/resolve", this::resolve);
    }

    private Answer get(Call call) {
        FileRef ref = FileRef.of(call.ref());
        TreeState state = call.state(cluster, ref);
        Inode inode = state.get(ref);
        // A file with several names is shown under the one that was asked for.
        return ref instanceof FileRef.ByPath && !inode.isDirectory()
                ? tagged(inode, ref.toString())
                : tagged(inode, state.pathOf(inode));
    }

    private Answer patch(Call call) {
        AttributeChange change = change(call.json());
        Long version = call.ifMatch();
        Inode inode = version == null
                ? cluster.tree().change(call.ref(), none -> change)
                : cluster.tree().changeIf(call.ref(), version, change);
        return tagged(inode, cluster.tree().state().pathOf(inode));
    }

    static Answer tagged(Inode inode, String path) {
        return Json.ok(AttributesJson.of(inode, path)).with("ETag", tag(inode));
    }

    static String tag(Inode inode) {
        return "\"" + inode.version() + "\"";
    }

    private static AttributeChange change(JsonNode json) {
        if (!json.isObject()) {
            throw ApiException.undecodable("expected an object");
        }
        var change = new AttributeChange();
        text(json, "mode", mode -> change.mode(octal(mode)));
        text(json, "owner", owner -> change.owner(byAuthId(owner, "LOCAL_USER")));
        text(json, "group", group -> change.group(byAuthId(group, "LOCAL_GROUP")));
        if (json.has("owner_details")) {
            change.owner(byDetails(json.get("owner_details")));
        }
        if (json.has("group_details")) {
            change.group(byDetails(json.get("group_details")));
        }
        text(json, "size", size -> change.size(size(size)));
        text(json, "creation_time", time -> change.created(time("creation_time", time)));
        text(json, "modification_time", time -> change.modified(time("modification_time", time)));
        text(json, "access_time", time -> change.accessed(time("access_time", time)));
        text(json, "change_time", time -> change.changed(time("change_time", time)));
        JsonNode flags = json.path("extended_attributes");
        for (String flag : AttributesJson.FLAGS) {
            if (flags.has(flag)) {
                change.flag(flag, flags.get(flag).asBoolean());
            }
        }
        return change;
    }

    private static void text(JsonNode json, String field, Consumer<String> setter) {
        if (json.hasNonNull(field)) {
            setter.accept(Call.required(json, field));
        }
    }

    private static int octal(String mode) {
        if (!mode.matches("[0-7]{1,5}") || Integer.parseInt(mode, 8) > 07777) {
            throw ApiException.undecodable("mode='" + mode + "': expected octal digits");
        }
        return Integer.parseInt(mode, 8);
    }

    private static long size(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw ApiException.undecodable("size='" + text + "': expected digits");
        }
        return Long.parseLong(text);
    }

    static Instant time(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw ApiException.undecodable(field + "='" + text + "': expected a time such as 2026-01-01T00:00:00Z");
        }
    }

    private static Identity byAuthId(String id, String type) {
        if (id.equals(Identity.ADMIN.authId())) {
            return Identity.ADMIN;
        }
        return id.equals(Identity.USERS.authId()) ? Identity.USERS : new Identity(id, type, id);
    }

    private static Identity byDetails(JsonNode details) {
        String type = Call.required(details, "id_type");
        String value = Call.required(details, "id_value");
        return switch (type) {
            case "NFS_UID" -> Identity.uid(value);
            case "NFS_GID" -> Identity.gid(value);
            default -> new Identity(value, type, value);
        };
    }

    private Answer resolve(Call call) {
        var answer = Json.array();
        for (JsonNode id : call.json()) {
            FileRef ref = FileRef.of(id.asText());
            TreeState state = call.state(cluster, ref);
            Inode inode = state.get(ref);
            answer.addObject().put("id", String.valueOf(inode.id())).put("path", state.pathOf(inode));
        }
        return Json.ok(answer);
    }
}
