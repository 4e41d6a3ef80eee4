package io.weir.cli.rule;

import io.weir.rules.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** The top-level keys of a definition, which is a YAML mapping in block style, each with its text. */
final class DefinitionParts {
    private DefinitionParts() {}

    /** The keys whose text differs between two definitions. */
    static List<String> changed(String before, String after) {
        Map<String, String> old = parts(before);
        Map<String, String> now = parts(after);
        TreeSet<String> keys = new TreeSet<>(old.keySet());
        keys.addAll(now.keySet());
        keys.removeIf(key -> Objects.equals(old.get(key), now.get(key)));
        return List.copyOf(keys);
    }

    /** The mode's word. */
    static String mode(String definition) {
        String line = parts(definition).getOrDefault("mode", "mode: " + Mode.ENFORCE.word());
        return line.substring(line.indexOf(':') + 1).strip();
    }

    private static Map<String, String> parts(String definition) {
        Map<String, String> parts = new LinkedHashMap<>();
        String key = "";
        for (String line : definition.strip().lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0 && Character.isLetter(line.charAt(0))) {
                key = line.substring(0, colon);
            }
            parts.merge(key, line, (a, b) -> a + "\n" + b);
        }
        return parts;
    }
}
