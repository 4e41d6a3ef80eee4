package io.weir.rules.language;

import java.util.List;
import java.util.Map;

/**
 * A key of the rule language, in the one table that readers and JSON Schema share.
 *
 * @param key as it is written
 * @param summary one sentence for people
 * @param schema what JSON Schema knows of its value
 */
record Word(String key, String summary, Map<String, Object> schema) {
    static List<String> keys(List<Word> words) {
        return words.stream().map(Word::key).toList();
    }
}
