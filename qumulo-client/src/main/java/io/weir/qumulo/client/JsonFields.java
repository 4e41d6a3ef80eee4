package io.weir.qumulo.client;

import com.fasterxml.jackson.databind.JsonNode;

/** Fields of answers. Large numbers come as texts, small ones as numbers; either is taken for either. */
final class JsonFields {
    private JsonFields() {}

    /** @throws IllegalArgumentException if there is none */
    static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw new IllegalArgumentException(field + ": expected a text or a whole number");
        }
        return value.asText();
    }

    /** @throws IllegalArgumentException if there is none */
    static long number(JsonNode json, String field) {
        String text = text(json, field);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(field + "='" + text + "': expected a whole number", e);
        }
    }

    /** Octal digits, as modes are. */
    static int octal(JsonNode json, String field) {
        String text = text(json, field);
        if (!text.matches("[0-7]{1,6}")) {
            throw new IllegalArgumentException(field + "='" + text + "': expected octal digits");
        }
        return Integer.parseInt(text, 8);
    }

    /** A path without the slash that ends those of directories. */
    static String path(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
