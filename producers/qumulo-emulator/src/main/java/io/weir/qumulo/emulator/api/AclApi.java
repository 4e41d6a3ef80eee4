package io.weir.qumulo.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.qumulo.emulator.tree.FileRef;
import io.weir.qumulo.emulator.tree.Inode;
import java.util.List;

/** Access lists: kept and given back, and made from the mode until one is set; nobody is kept out by them. */
final class AclApi {
    private final Cluster cluster;

    AclApi(Cluster cluster) {
        this.cluster = cluster;
    }

    void addTo(Router router) {
        router.add("GET", "/v1/files/{ref}/info/acl", call -> Json.ok(wrapped(inode(call))));
        router.add("GET", "/v2/files/{ref}/info/acl", call -> Json.ok(acl(inode(call))));
        router.add("PUT", "/v1/files/{ref}/info/acl", call -> Json.ok(wrapped(put(call))));
        router.add("PUT", "/v2/files/{ref}/info/acl", call -> Json.ok(acl(put(call))));
    }

    private Inode inode(Call call) {
        FileRef ref = FileRef.of(call.ref());
        return call.state(cluster, ref).get(ref);
    }

    private Inode put(Call call) {
        JsonNode acl = call.json();
        requireFields(acl, List.of("control", "posix_special_permissions", "aces"));
        acl.get("aces").forEach(ace -> requireFields(ace, List.of("type", "flags", "trustee", "rights")));
        return cluster.tree().change(call.ref(), change -> change.acl(acl.toString()));
    }

    private static void requireFields(JsonNode node, List<String> fields) {
        for (String field : fields) {
            if (!node.has(field)) {
                throw ApiException.undecodable("missing field '" + field + "'");
            }
        }
    }

    private static ObjectNode wrapped(Inode inode) {
        ObjectNode json =
                Json.object().put("generated", inode.attributes().acl().isEmpty());
        json.set("acl", acl(inode));
        return json;
    }

    private static JsonNode acl(Inode inode) {
        return inode.attributes().acl().isEmpty()
                ? ofMode(inode)
                : Json.parse(inode.attributes().acl());
    }

    private static ObjectNode ofMode(Inode inode) {
        ObjectNode acl = Json.object();
        acl.putArray("control").add("PRESENT");
        acl.putArray("posix_special_permissions");
        var aces = acl.putArray("aces");
        int mode = inode.attributes().mode();
        String[] trustees = {
            inode.attributes().owner().authId(), inode.attributes().group().authId(), "8589934592"
        };
        for (int i = 0; i < trustees.length; i++) {
            ObjectNode ace = aces.addObject().put("type", "ALLOWED");
            ace.putArray("flags");
            ace.put("trustee", trustees[i]);
            var rights = ace.putArray("rights").add("READ_ATTR").add("READ_ACL");
            int bits = mode >> (6 - 3 * i);
            if ((bits & 4) != 0) {
                rights.add("READ");
            }
            if ((bits & 2) != 0) {
                rights.add("MODIFY").add("EXTEND");
            }
            if ((bits & 1) != 0) {
                rights.add("EXECUTE");
            }
        }
        return acl;
    }
}
