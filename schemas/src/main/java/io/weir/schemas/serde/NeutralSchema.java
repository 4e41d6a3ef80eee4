package io.weir.schemas.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Schemas as other languages see them: without the hint {@code avro.java.string} of Avro's Java code generator. */
public final class NeutralSchema {
    private static final ObjectMapper JSON = new ObjectMapper();

    private NeutralSchema() {}

    /** The schema without the hint; not cheap, so keep the answer. */
    public static Schema of(Schema schema) {
        String text = schema.toString();
        if (!text.contains(GenericData.STRING_PROP)) {
            return schema;
        }
        try {
            JsonNode tree = JSON.readTree(text);
            strip(tree);
            return new Schema.Parser().parse(tree.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema prints as something other than JSON: " + text, e);
        }
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(GenericData.STRING_PROP);
        }
        node.forEach(NeutralSchema::strip);
    }
}
