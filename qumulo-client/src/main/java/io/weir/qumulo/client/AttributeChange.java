package io.weir.qumulo.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Attributes to set at once; what is not named stays. A new mode or owner makes the access list anew. For one thread. */
public final class AttributeChange {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    /** Permission bits with setuid, setgid and sticky, 0 to 07777. */
    public AttributeChange mode(int bits) {
        if (bits < 0 || bits > 07777) {
            throw new IllegalArgumentException("mode=" + Integer.toOctalString(bits) + ": expected 0 to 7777");
        }
        json.put("mode", "0%03o".formatted(bits));
        return this;
    }

    /** As an owner that was told before. */
    public AttributeChange owner(Principal principal) {
        json.put("owner", principal.authId());
        return this;
    }

    public AttributeChange group(Principal principal) {
        json.put("group", principal.authId());
        return this;
    }

    /** By its number over NFS. */
    public AttributeChange uid(long uid) {
        return details("owner_details", "NFS_UID", uid);
    }

    /** By its number over NFS. */
    public AttributeChange gid(long gid) {
        return details("group_details", "NFS_GID", gid);
    }

    public AttributeChange accessed(Instant time) {
        return time("access_time", time);
    }

    public AttributeChange modified(Instant time) {
        return time("modification_time", time);
    }

    public AttributeChange created(Instant time) {
        return time("creation_time", time);
    }

    /** In bytes; cuts the file off, or lengthens it by zeros. */
    public AttributeChange size(long bytes) {
        json.put("size", String.valueOf(bytes));
        return this;
    }

    private AttributeChange details(String field, String type, long number) {
        json.putObject(field).put("id_type", type).put("id_value", String.valueOf(number));
        return this;
    }

    private AttributeChange time(String field, Instant time) {
        json.put(field, time.toString());
        return this;
    }

    JsonNode json() {
        return json.deepCopy();
    }
}
