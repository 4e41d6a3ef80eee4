package io.weir.qumulo.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.http.HttpRequest;
import io.weir.qumulo.emulator.tree.FileRef;
import io.weir.qumulo.emulator.tree.Snapshots;
import io.weir.qumulo.emulator.tree.TreeState;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that has found its route.
 *
 * @param variables the parts of the path that the route leaves open, decoded
 * @param token that it came with; empty where none is needed
 */
record Call(HttpRequest request, Map<String, String> variables, String token) {
    /** What a route does. */
    interface Handler {
        Answer handle(Call call);
    }

    String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no {" + name + "}");
        }
        return value;
    }

    /** The file that the path names. */
    String ref() {
        return variable("ref");
    }

    long id() {
        return number("id", variable("id"));
    }

    @Nullable
    String parameter(String name) {
        return request.parameter(name);
    }

    /** In any case of letters, but only as a word: a real cluster refuses 1. */
    boolean flag(String name) {
        String value = parameter(name);
        return switch (value == null ? "false" : value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ApiException.undecodable(name + "='" + value + "': expected true or false");
        };
    }

    long number(String name, long otherwise) {
        String value = parameter(name);
        return value == null ? otherwise : number(name, value);
    }

    private static long number(String name, String value) {
        try {
            long number = Long.parseLong(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a negative number.
        }
        throw ApiException.undecodable(name + "='" + value + "': expected a number, 0 or more");
    }

    JsonNode json() {
        return Json.parse(request.body());
    }

    /** A text of the body that must not be missing. */
    String required(String field) {
        return required(json(), field);
    }

    static String required(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || !value.isTextual()) {
            throw ApiException.undecodable(field + ": expected a string");
        }
        return value.textValue();
    }

    /** The state that {@code snapshot=} asks for: that of the snapshot if it covers the file, else the live one. */
    TreeState state(Cluster cluster, FileRef ref) {
        TreeState live = cluster.tree().state();
        if (parameter("snapshot") == null) {
            return live;
        }
        Snapshots snapshots = cluster.snapshots();
        return snapshots.get(number("snapshot", 0)).stateFor(ref, live);
    }

    /** The version in {@code If-Match}; 0, which no file has, if it is none that was ever given; null if it was not sent. */
    @Nullable
    Long ifMatch() {
        String tag = request.header("if-match");
        if (tag == null) {
            return null;
        }
        boolean given = tag.matches("\"\\d{1,18}\"");
        return given ? Long.parseLong(tag.substring(1, tag.length() - 1)) : 0L;
    }
}
