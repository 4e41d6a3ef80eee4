package io.weir.qumulo.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A difference between two snapshots. A directory that was made or deleted is one, whatever lies below it; a rename is two.
 *
 * @param path absolute, without a slash at its end but for the root
 */
public record TreeChange(Op op, String path, boolean directory) {
    /** What became of it. */
    public enum Op {
        CREATE,
        MODIFY,
        DELETE
    }

    static TreeChange of(JsonNode json) {
        String path = JsonFields.text(json, "path");
        return new TreeChange(Op.valueOf(JsonFields.text(json, "op")), JsonFields.path(path), path.endsWith("/"));
    }
}
