package io.weir.qumulo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/**
 * An owner or a group.
 *
 * @param authId the cluster's own number for it, in digits
 * @param type such as {@code LOCAL_USER}, {@code NFS_UID}, {@code NFS_GID}, {@code SMB_SID}; empty where it was not told
 * @param value the name, number or SID within that type; empty where it was not told
 */
public record Principal(String authId, String type, String value) {
    /** The NFS user or group id, where it is one. */
    public OptionalLong number() {
        boolean nfs = type.equals("NFS_UID") || type.equals("NFS_GID");
        return nfs && value.matches("\\d{1,10}") ? OptionalLong.of(Long.parseLong(value)) : OptionalLong.empty();
    }

    static Principal of(JsonNode file, String field) {
        JsonNode details = file.path(field + "_details");
        return new Principal(
                JsonFields.text(file, field),
                details.path("id_type").asText(""),
                details.path("id_value").asText(""));
    }
}
