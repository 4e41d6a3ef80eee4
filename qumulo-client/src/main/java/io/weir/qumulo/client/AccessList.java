package io.weir.qumulo.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Who may do what with a file, as the cluster tells it: to be given to another file as it is. Immutable. */
public final class AccessList {
    private final boolean generated;
    private final ObjectNode json;

    private AccessList(boolean generated, ObjectNode json) {
        this.generated = generated;
        this.json = json;
    }

    /** Whether it says no more than owner, group and mode do. */
    public boolean isGenerated() {
        return generated;
    }

    /** @throws IllegalArgumentException if it is none */
    static AccessList of(JsonNode answer) {
        if (!(answer.path("acl") instanceof ObjectNode acl)) {
            throw new IllegalArgumentException("acl: expected an object");
        }
        return new AccessList(answer.path("generated").asBoolean(), acl.deepCopy());
    }

    JsonNode json() {
        return json.deepCopy();
    }
}
