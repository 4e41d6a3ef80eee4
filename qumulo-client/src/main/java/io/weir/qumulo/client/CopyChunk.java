package io.weir.qumulo.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A copy inside the cluster, or what is left of one: the cluster copies as much at once as it likes, and its answer is the
 * call for the rest. Immutable.
 */
public final class CopyChunk {
    private final ObjectNode json;

    private CopyChunk(ObjectNode json) {
        this.json = json;
    }

    /** All of a file's data. */
    public static CopyChunk of(FileRef source) {
        return new CopyChunk(JsonNodeFactory.instance
                .objectNode()
                .put(source.isPath() ? "source_path" : "source_id", source.text()));
    }

    /** The same, as a snapshot has the file. */
    public CopyChunk ofSnapshot(Snapshot snapshot) {
        return new CopyChunk(json.deepCopy().put("source_snapshot", snapshot.id()));
    }

    /** The same, only as long as the source has this ETag. */
    public CopyChunk ifSourceIs(String etag) {
        return new CopyChunk(json.deepCopy().put("source_etag", etag));
    }

    /**
     * A part of it; all in bytes.
     *
     * @param sourceOffset where to read
     * @param targetOffset where to write
     * @param length how much
     */
    public CopyChunk part(long sourceOffset, long targetOffset, long length) {
        return new CopyChunk(json.deepCopy()
                .put("source_offset", String.valueOf(sourceOffset))
                .put("target_offset", String.valueOf(targetOffset))
                .put("length", String.valueOf(length)));
    }

    /** Whether nothing is left to copy. */
    public boolean isDone() {
        return json.path("length").asText("").equals("0");
    }

    /** In bytes, where the rest is to be written. */
    public long targetOffset() {
        return json.path("target_offset").asLong();
    }

    /**
     * An answer; one without a length says nothing of a rest.
     *
     * @throws IllegalArgumentException if it has one, but not in numbers
     */
    static CopyChunk rest(JsonNode answer) {
        if (!(answer instanceof ObjectNode rest) || !rest.hasNonNull("length")) {
            return new CopyChunk(JsonNodeFactory.instance.objectNode().put("length", "0"));
        }
        return new CopyChunk(rest.deepCopy()
                .put("length", String.valueOf(JsonFields.number(rest, "length")))
                .put("target_offset", String.valueOf(JsonFields.number(rest, "target_offset"))));
    }

    JsonNode json() {
        return json.deepCopy();
    }
}
