package io.weir.qumulo.emulator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.qumulo.emulator.http.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON in and out. */
final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** @throws ApiException if it is not JSON; a byte order mark is refused too */
    static JsonNode parse(byte[] body) {
        try {
            if (body.length > 0 && (body[0] & 0xFF) == 0xEF) {
                throw ApiException.undecodable("the body begins with a byte order mark");
            }
            JsonNode node = MAPPER.readTree(body);
            if (node == null || node.isMissingNode()) {
                throw ApiException.undecodable("the body is empty; expected JSON");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw ApiException.undecodable("the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("this was JSON when it was set", e);
        }
    }

    static Answer.Whole ok(JsonNode node) {
        return Answer.json(200, node.toString());
    }
}
