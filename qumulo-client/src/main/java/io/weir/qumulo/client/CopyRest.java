package io.weir.qumulo.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a copy inside the cluster has left to do.
 *
 * @param sourceOffset in bytes, where to read on
 * @param targetOffset in bytes, where to write on
 * @param length in bytes; 0: nothing is left
 */
public record CopyRest(long sourceOffset, long targetOffset, long length) {
    static final CopyRest NOTHING = new CopyRest(0, 0, 0);

    public boolean isNothing() {
        return length == 0;
    }

    static CopyRest of(JsonNode json) {
        if (json.isMissingNode() || json.isNull() || json.path("length").isMissingNode()) {
            return NOTHING;
        }
        return new CopyRest(
                JsonFields.number(json, "source_offset"),
                JsonFields.number(json, "target_offset"),
                JsonFields.number(json, "length"));
    }
}
