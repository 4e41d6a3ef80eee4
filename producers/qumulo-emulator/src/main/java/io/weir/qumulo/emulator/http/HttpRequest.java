package io.weir.qumulo.emulator.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param path as it was sent: not decoded
 * @param query as it was sent, without the question mark; empty if there was none
 * @param headers by their names in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // Bodies are read once, never compared.
public record HttpRequest(String method, String path, String query, Map<String, String> headers, byte[] body) {

    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    /** The first value of a parameter, decoded; null if it was not sent. */
    public @Nullable String parameter(String name) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (Percent.decode(key).equals(name)) {
                return equals < 0 ? "" : Percent.decode(pair.substring(equals + 1));
            }
        }
        return null;
    }

    /** The same, without the prefix that the web port has before all paths. */
    HttpRequest withoutPrefix(String prefix) {
        return path.startsWith(prefix + "/")
                ? new HttpRequest(method, path.substring(prefix.length()), query, headers, body)
                : this;
    }

    boolean keepsConnection() {
        return !"close".equalsIgnoreCase(headers.get("connection"));
    }
}
