package io.weir.worker.action;

import io.weir.posix.PathText;
import io.weir.rules.action.ActionType.Parameter;
import io.weir.rules.action.ActionType.Shape;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an action does where the path that it wants is taken. */
enum OnExists {
    /** Nothing; it fails. */
    FAIL,
    /** Takes the name with a number, {@code name.1.ext}. */
    NUMBER,
    /** Replaces a file; never a directory. */
    REPLACE;

    private static final String NAME = "on-exists";

    /** As modules declare it. */
    static Parameter declaration() {
        return new Parameter(
                NAME,
                Shape.TEXT,
                false,
                "What to do if the path is taken: fail (default), number (a.1.txt), or replace (a file, for good).");
    }

    static List<String> faults(Map<String, Object> parameters) {
        @Nullable Object value = parameters.get(NAME);
        boolean known =
                value == null || Arrays.stream(values()).anyMatch(o -> o.word().equals(value));
        return known ? List.of() : List.of(NAME + "='" + value + "': expected " + expected());
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String expected() {
        return Arrays.stream(values()).map(OnExists::word).collect(Collectors.joining(", "));
    }

    /** As the rule has it; {@link #FAIL} if it does not say. */
    static OnExists of(ActionContext context) throws ActionException {
        String text = context.text(NAME).orElse(FAIL.word());
        for (OnExists value : values()) {
            if (value.word().equals(text)) {
                return value;
            }
        }
        throw ActionException.refused(
                NAME + "='" + PathText.display(text) + "': expected " + expected() + "; mend the rule");
    }
}
