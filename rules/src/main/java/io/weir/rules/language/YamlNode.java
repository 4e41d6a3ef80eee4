package io.weir.rules.language;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A node of a YAML document, with the place where it begins (from 1). */
sealed interface YamlNode {
    int line();

    int column();

    /** For messages: the text, or what else it is. */
    String shown();

    /** Whether nothing stands there, or YAML's null. */
    default boolean isNothing() {
        return false;
    }

    /**
     * Text. Everything is text: {@code 0640} keeps its zero, and {@code off} is a word.
     *
     * @param plain whether it stands without quotes
     */
    record Scalar(String text, boolean plain, int line, int column) implements YamlNode {
        private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

        @Override
        public boolean isNothing() {
            return plain && NULLS.contains(text);
        }

        @Override
        public String shown() {
            return isNothing() ? "nothing" : "'" + text + "'";
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {
        @Override
        public String shown() {
            return "a list";
        }
    }

    /** A mapping; its keys are distinct. */
    record Mapping(List<Entry> entries, int line, int column) implements YamlNode {
        @Override
        public String shown() {
            return "a mapping";
        }

        Optional<Entry> find(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().text().equals(key))
                    .findFirst();
        }
    }

    /** A key with its value. */
    record Entry(Scalar key, YamlNode value) {}
}
