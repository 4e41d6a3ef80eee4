package io.weir.qumulo.client.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.weir.qumulo.client.rest.ApiRequest.Effect;
import io.weir.qumulo.client.rest.QumuloException.Told;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Set;
import java.util.function.Function;
import okhttp3.HttpUrl;

/**
 * What an endpoint answered.
 *
 * @param endpoint which one
 * @param code HTTP status
 * @param etag for {@code If-Match}; empty where it sent none
 * @param json the body; {@code MissingNode} where it is empty or not JSON
 */
public record ApiAnswer(HttpUrl endpoint, int code, String etag, JsonNode json) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<Integer> ELSEWHERE_OR_LATER = Set.of(429, 502, 503, 504);
    private static final Set<Integer> NOT_BEGUN = Set.of(429, 503);
    private static final int MAX_DESCRIPTION = 500;

    static ApiAnswer of(HttpUrl endpoint, int code, String etag, byte[] body) {
        return new ApiAnswer(endpoint, code, etag, parse(body));
    }

    boolean isSuccess() {
        return code >= 200 && code < 300;
    }

    /** Whether another endpoint, or this one later, may answer better. */
    boolean isUnavailable() {
        return ELSEWHERE_OR_LATER.contains(code);
    }

    /** Whether it leaves open if the call was carried out: a success that is not understood, or a fault of a server. */
    boolean isUnsure() {
        return isSuccess() || (code >= 500 && !NOT_BEGUN.contains(code));
    }

    /** What it says of the error. Where the error has an inner one, that one tells the reason. */
    Told told() {
        JsonNode error = json.path("inner").path("error_class").isTextual() ? json.path("inner") : json;
        return new Told(
                code,
                error.path("error_class").asText(""),
                cut(error.path("description").asText("")));
    }

    /** The failure that this answer is; also of a success that is not what was expected. */
    public QumuloException failure(ApiRequest request) {
        boolean unsure = isUnsure() && request.effect() != Effect.READS;
        return new QumuloException(
                request + " failed: cluster='" + endpoint + "': " + why() + (unsure ? EndpointFailure.LOOK_FIRST : ""),
                told().reason(),
                told(),
                unsure,
                null);
    }

    /**
     * What the body says.
     *
     * @param reader throws {@link IllegalArgumentException} or {@link DateTimeException} for what it does not understand
     * @throws QumuloException instead of those
     */
    public <T> T read(ApiRequest request, Function<JsonNode, T> reader) throws QumuloException {
        try {
            return reader.apply(json);
        } catch (IllegalArgumentException | DateTimeException e) {
            boolean unsure = request.effect() != Effect.READS;
            throw new QumuloException(
                    request + " failed: cluster='" + endpoint + "': HTTP " + code + ", and not understood: "
                            + e.getMessage() + (unsure ? EndpointFailure.LOOK_FIRST : ""),
                    Reason.OTHER,
                    told(),
                    unsure,
                    e);
        }
    }

    /** Status, error class and description, as far as there are any. */
    String why() {
        Told told = told();
        var text = new StringBuilder("HTTP ").append(code);
        if (!told.errorClass().isEmpty()) {
            text.append(' ').append(told.errorClass());
        }
        if (!told.description().isEmpty()) {
            text.append(": ").append(told.description());
        }
        if (isSuccess()) {
            text.append(
                    json.isMissingNode()
                            ? ", and no JSON with it; expected the REST API of Qumulo Core; try port 8000"
                            : ", and not what the REST API of Qumulo Core answers");
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
