package io.weir.rules.language;

import java.util.List;

/** Words that the documentation must know. */
public final class LanguageWords {
    private LanguageWords() {}

    public static List<String> conditions() {
        return ConditionReader.KEYS;
    }
}
