package io.weir.rules.language;

import io.weir.rules.ActionTypes;
import io.weir.rules.action.ActionType;
import io.weir.rules.action.ActionType.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The form of a rule file as JSON Schema (draft 2020-12), by which editors complete and check it. Made from the tables of the
 * readers. It knows of keys, words and shapes; what a reader checks beyond (globs, placeholders, duplicate ids) it lets pass.
 */
public final class RuleFileSchema {
    private RuleFileSchema() {}

    /** The schema as a tree of mappings, lists, texts, numbers and booleans, in the order to be shown. */
    public static Map<String, Object> of(ActionTypes types) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Rule file of Weir");
        schema.putAll(Fragment.mapping(Vocabulary.FILE, "rules"));
        schema.put("$defs", definitions(types));
        return schema;
    }

    private static Map<String, Object> definitions(ActionTypes types) {
        Map<String, Object> conditions = Fragment.with(
                Fragment.mapping(Stream.of(Vocabulary.COMBINATIONS, Vocabulary.CONDITIONS, Vocabulary.TRIGGERS)
                        .flatMap(List::stream)
                        .toList()),
                "minProperties",
                1);
        Map<String, Object> list = Fragment.list(Fragment.reference("conditions"));
        Map<String, Object> one =
                Map.of("allOf", List.of(Fragment.reference("conditions"), Map.of("maxProperties", 1)));
        Map<String, Object> definitions = new LinkedHashMap<>();
        definitions.put("rule", Fragment.mapping(Vocabulary.RULE, "id", "on", "actions"));
        definitions.put("when", Fragment.anyOf(Fragment.reference("conditions"), list));
        definitions.put("conditions", conditions);
        definitions.put("conditionList", list);
        definitions.put("not", Fragment.anyOf(one, Fragment.with(list, "maxItems", 1)));
        definitions.put("action", action(types));
        definitions.put("test", Fragment.mapping(Vocabulary.TEST, "event", "expect"));
        return definitions;
    }

    /** The name alone where nothing is required, or a mapping of the name to its parameters. */
    private static Map<String, Object> action(ActionTypes types) {
        List<String> bare = new ArrayList<>();
        List<Word> words = new ArrayList<>();
        for (ActionType type : types.all()) {
            Map<String, Object> parameters = parameters(type);
            boolean needsNone = type.parameters().stream().noneMatch(Parameter::required);
            if (needsNone) {
                bare.add(type.name());
                parameters = Fragment.anyOf(parameters, Map.of("type", "null"));
            }
            words.add(new Word(type.name(), type.summary(), parameters));
        }
        Map<String, Object> mapping = Fragment.with(Fragment.mapping(words), "minProperties", 1);
        mapping = Fragment.with(mapping, "maxProperties", 1);
        return bare.isEmpty() ? mapping : Fragment.anyOf(mapping, Fragment.word(bare));
    }

    private static Map<String, Object> parameters(ActionType type) {
        List<Word> words = type.parameters().stream()
                .map(parameter -> new Word(parameter.name(), parameter.summary(), value(parameter)))
                .toList();
        String[] required = type.parameters().stream()
                .filter(Parameter::required)
                .map(Parameter::name)
                .toArray(String[]::new);
        return Fragment.mapping(words, required);
    }

    private static Map<String, Object> value(Parameter parameter) {
        return switch (parameter.shape()) {
            case TEXT -> Fragment.text();
            case LIST -> Fragment.anyOf(Fragment.text(), Fragment.array(Fragment.text()));
            case MAP -> Fragment.mapping(Fragment.text());
        };
    }
}
