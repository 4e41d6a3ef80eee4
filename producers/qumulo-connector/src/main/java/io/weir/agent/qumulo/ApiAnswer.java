package io.weir.agent.qumulo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * What an endpoint answered.
 *
 * @param endpoint which one
 * @param code HTTP status
 * @param json the body; {@code MissingNode} where it is empty or not JSON
 */
record ApiAnswer(HttpUrl endpoint, int code, JsonNode json) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<Integer> ELSEWHERE_OR_LATER = Set.of(429, 502, 503, 504);
    private static final int MAX_DESCRIPTION = 500;

    static ApiAnswer of(HttpUrl endpoint, int code, byte[] body) {
        return new ApiAnswer(endpoint, code, parse(body));
    }

    boolean isSuccess() {
        return code >= 200 && code < 300;
    }

    /** Whether another endpoint, or this one later, may answer better. */
    boolean isUnavailable() {
        return ELSEWHERE_OR_LATER.contains(code);
    }

    /** The failure that this answer is. Where the error has an inner one, that one tells the reason. */
    QumuloException failure(ApiRequest request) {
        JsonNode error = json.path("inner").path("error_class").isTextual() ? json.path("inner") : json;
        String errorClass = error.path("error_class").asText("");
        String description = cut(error.path("description").asText(""));
        return new QumuloException(
                request + " failed: cluster='" + endpoint + "': " + reason(errorClass, description),
                code,
                errorClass,
                description,
                null);
    }

    /** Status, error class and description, as far as there are any. */
    String reason(String errorClass, String description) {
        var text = new StringBuilder("HTTP ").append(code);
        if (!errorClass.isEmpty()) {
            text.append(' ').append(errorClass);
        }
        if (!description.isEmpty()) {
            text.append(": ").append(description);
        }
        if (isSuccess() && json.isMissingNode()) {
            text.append(", and no JSON with it; expected the REST API of Qumulo Core; try port 8000");
        } else if (code >= 300 && code < 400) {
            text.append(": a redirect, which is not followed; expected the REST API itself; try port 8000");
        }
        return text.toString();
    }

    private static String cut(String text) {
        return text.length() <= MAX_DESCRIPTION ? text : text.substring(0, MAX_DESCRIPTION) + " …";
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }
}
