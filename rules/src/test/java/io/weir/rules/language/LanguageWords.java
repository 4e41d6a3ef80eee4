package io.weir.rules.language;

import io.weir.rules.trigger.Trigger;
import java.util.List;
import java.util.stream.Stream;

/** Words that the documentation must know. */
public final class LanguageWords {
    private LanguageWords() {}

    public static List<String> conditions() {
        return Stream.concat(ConditionReader.KEYS.stream(), Trigger.keys().stream())
                .toList();
    }
}
