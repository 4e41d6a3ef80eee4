package io.weir.qumulo.client.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * A call of the API. Immutable.
 *
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param target encoded path and query below the endpoint, such as {@code /v1/version}
 * @param effect whether it may be sent again when its answer was lost
 * @param body what to send, or null
 * @param type of the body
 * @param headers besides those that every call has
 * @param longestAnswer in bytes; a longer one fails the call
 */
public record ApiRequest(
        String method,
        String target,
        Effect effect,
        @Nullable Content body,
        MediaType type,
        Map<String, String> headers,
        long longestAnswer) {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final MediaType OCTETS = MediaType.get("application/octet-stream");
    private static final long SHORT = 1 << 20;
    private static final long LONG = 64 << 20;
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    /** What a call does, and so what a second one of it would do. */
    public enum Effect {
        /** Nothing: it may always be repeated. */
        READS,
        /** Twice is as good as once: it may be repeated too. */
        SETS,
        /** Twice is an error or worse: it is repeated only if it has certainly not been carried out. */
        ONCE
    }

    public ApiRequest {
        headers = Map.copyOf(headers);
    }

    public static ApiRequest get(String target) {
        return new ApiRequest("GET", target, Effect.READS, null, JSON, Map.of(), SHORT);
    }

    /** A call without a body. */
    public static ApiRequest of(String method, String target, Effect effect) {
        Content none = method.equals("DELETE") ? null : Content.of(new byte[0]);
        return new ApiRequest(method, target, effect, none, JSON, Map.of(), SHORT);
    }

    public static ApiRequest of(String method, String target, Effect effect, JsonNode body) {
        Content json = Content.of(body.toString().getBytes(StandardCharsets.UTF_8));
        return new ApiRequest(method, target, effect, json, JSON, Map.of(), SHORT);
    }

    /** A call that sends bytes. */
    public static ApiRequest of(String method, String target, Effect effect, Content bytes) {
        return new ApiRequest(method, target, effect, bytes, OCTETS, Map.of(), SHORT);
    }

    /** The same with a parameter more in its query. */
    public ApiRequest query(String name, String value) {
        String next = target + (target.contains("?") ? "&" : "?") + name + "=" + encode(value);
        return new ApiRequest(method, next, effect, body, type, headers, longestAnswer);
    }

    /** The same, only for what still has this ETag. A repeat would find it changed by itself, so it is sent once. */
    public ApiRequest ifMatch(String etag) {
        var more = new LinkedHashMap<>(headers);
        more.put("If-Match", etag);
        return new ApiRequest(method, target, Effect.ONCE, body, type, more, longestAnswer);
    }

    /** The same, for pages of lists: up to 64 MiB instead of 1 MiB. */
    public ApiRequest withLongAnswer() {
        return new ApiRequest(method, target, effect, body, type, headers, LONG);
    }

    /**
     * A text as one segment of a path, or as a value in a query: all but RFC 3986's unreserved characters are
     * percent-encoded in UTF-8, as Qumulo's own client does.
     */
    public static String encode(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf((char) (b & 0xFF)) >= 0) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
            }
        }
        return out.toString();
    }

    /** Whether it sends the bytes of a file. */
    boolean isData() {
        return type.equals(OCTETS);
    }

    /** Without the body, which holds the password at a login. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}
