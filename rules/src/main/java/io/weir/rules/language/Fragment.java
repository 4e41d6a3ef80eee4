package io.weir.rules.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts of the JSON Schema, their keywords in a fixed order. Everything is text to the rule language, so scalars that YAML takes for numbers are allowed. */
final class Fragment {
    private Fragment() {}

    /** Any scalar. */
    static Map<String, Object> text() {
        return Map.of("type", List.of("string", "number", "boolean"));
    }

    /** A text that fits the pattern somewhere. */
    static Map<String, Object> text(String pattern) {
        return with(text(), "pattern", pattern);
    }

    /** One of these words. */
    static Map<String, Object> word(List<String> words) {
        return Map.of("enum", words);
    }

    /** One of these words, or the name of a list. */
    static Map<String, Object> words(List<String> words) {
        return oneOrMore(anyOf(word(words), with(Map.of("type", "string"), "pattern", "^\\$")));
    }

    /** A value, or a list of at least one. */
    static Map<String, Object> oneOrMore(Map<String, Object> value) {
        return anyOf(value, list(value));
    }

    /** A list. */
    static Map<String, Object> array(Map<String, Object> items) {
        return with(Map.of("type", "array"), "items", items);
    }

    /** A list of at least one. */
    static Map<String, Object> list(Map<String, Object> items) {
        return with(array(items), "minItems", 1);
    }

    /** A mapping of any keys. */
    static Map<String, Object> mapping(Map<String, Object> value) {
        return with(Map.of("type", "object"), "additionalProperties", value);
    }

    static Map<String, Object> reference(String name) {
        return Map.of("$ref", "#/$defs/" + name);
    }

    static Map<String, Object> anyOf(Map<String, Object> one, Map<String, Object> other) {
        return Map.of("anyOf", List.of(one, other));
    }

    /** A mapping of these keys and no others. */
    static Map<String, Object> mapping(List<Word> words, String... required) {
        Map<String, Object> properties = new LinkedHashMap<>();
        words.forEach(word -> properties.put(word.key(), with(word.schema(), "description", word.summary())));
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("type", "object");
        mapping.put("properties", properties);
        mapping.put("additionalProperties", false);
        if (required.length > 0) {
            mapping.put("required", List.of(required));
        }
        return mapping;
    }

    /** The part with one more keyword. */
    static Map<String, Object> with(Map<String, Object> part, String keyword, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(part);
        more.put(keyword, value);
        return more;
    }
}
