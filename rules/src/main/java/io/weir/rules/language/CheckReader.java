package io.weir.rules.language;

import io.weir.rules.Glob;
import io.weir.rules.condition.Condition;
import io.weir.rules.condition.ExtensionCheck;
import io.weir.rules.condition.GlobCheck;
import io.weir.rules.condition.ModeBits;
import io.weir.rules.condition.ModeCheck;
import io.weir.rules.condition.Quantity;
import io.weir.rules.condition.Range;
import io.weir.rules.condition.RangeCheck;
import io.weir.rules.condition.RegexCheck;
import io.weir.rules.condition.TimeCheck;
import io.weir.rules.condition.WordCheck;
import io.weir.rules.language.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads a single condition: one key with its value or values. */
final class CheckReader {
    private static final Pattern NOT_OF_A_VOLUME = Pattern.compile("[^a-z0-9*?\\[\\]{},!^\\\\-]");
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[\\]{}/]");

    private final Lists lists;
    private final Faults faults;

    CheckReader(Lists lists, Faults faults) {
        this.lists = lists;
        this.faults = faults;
    }

    /** The condition; empty if a fault was added. The key must be one of {@link ConditionReader#KEYS}. */
    Optional<Condition> read(String key, YamlNode node) {
        return switch (key) {
            case ExtensionCheck.KEY -> each(key, node, CheckReader::extension).map(ExtensionCheck::new);
            case RegexCheck.KEY ->
                each(key, node, value -> RegexCheck.parse(value.text())).map(RegexCheck::new);
            case TimeCheck.KEY -> TimeReader.read(node, lists, faults).map(time -> time);
            case ModeCheck.KEY ->
                each(key, node, value -> ModeBits.parse(value.text())).map(ModeCheck::new);
            default -> textCheck(key, node);
        };
    }

    private Optional<Condition> textCheck(String key, YamlNode node) {
        for (Quantity quantity : Quantity.values()) {
            if (quantity.key().equals(key)) {
                return each(key, node, value -> Range.parse(value.text(), quantity))
                        .map(ranges -> new RangeCheck(quantity, ranges));
            }
        }
        for (WordCheck.Field field : WordCheck.Field.values()) {
            if (field.key().equals(key)) {
                return each(key, node, value -> word(field, value)).map(words -> new WordCheck(field, words));
            }
        }
        for (GlobCheck.Field field : GlobCheck.Field.values()) {
            if (field.key().equals(key)) {
                return each(key, node, value -> glob(field, value.text())).map(globs -> new GlobCheck(field, globs));
            }
        }
        throw new IllegalStateException("condition '" + key + "' has no reader");
    }

    /** Globs that a volume's name is held against; empty if a fault was added. */
    Optional<List<String>> volumes(YamlNode node) {
        return each("volume", node, value -> glob(GlobCheck.Field.VOLUME, value.text())
                .text());
    }

    /** Reads each value; what a reader throws becomes a fault at the value. */
    private <T> Optional<List<T>> each(String key, YamlNode node, Function<Scalar, T> reader) {
        int before = faults.count();
        List<T> out = new ArrayList<>();
        for (Scalar value : lists.values(node, "'" + key + "'", faults)) {
            try {
                out.add(reader.apply(value));
            } catch (IllegalArgumentException e) {
                faults.add(value, String.valueOf(e.getMessage()));
            }
        }
        return faults.count() == before ? Optional.of(out) : Optional.empty();
    }

    private static String extension(Scalar value) {
        String text = value.text();
        if (text.startsWith(".") && text.indexOf('.', 1) < 0 && text.length() > 1) {
            throw new IllegalArgumentException(
                    "extension '" + text + "' has a dot: expected '" + text.substring(1) + "'");
        }
        if (text.contains(".")) {
            throw new IllegalArgumentException("extension '" + text
                    + "' has a dot: an extension is what follows the last dot of a name; try 'name: \"*."
                    + text.replaceFirst("^\\.", "") + "\"'");
        }
        if (WILDCARD.matcher(text).find()) {
            throw new IllegalArgumentException("extension '" + text
                    + "' has a wildcard or slash: expected an extension such as zip; try 'name: \"*." + text + "\"'");
        }
        return text;
    }

    private static String word(WordCheck.Field field, Scalar value) {
        String text = value.text();
        if (!field.words().isEmpty() && !field.words().contains(text)) {
            throw new IllegalArgumentException(Words.unknown(field.key(), text, field.words()));
        }
        if (field.words().isEmpty() && (text.isEmpty() || WILDCARD.matcher(text).find())) {
            throw new IllegalArgumentException(
                    field.key() + " '" + text + "': expected a name or number without wildcards");
        }
        return text;
    }

    /**
     * Reads a glob for a field.
     *
     * @throws IllegalArgumentException if the text is none; the message is a sentence for the rule's author
     */
    static Glob glob(GlobCheck.Field field, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("'" + field.key() + "' is empty: expected a glob");
        }
        Glob glob = Glob.compile(text);
        for (Glob.Hint hint : glob.hints()) {
            if (field.isPath()) {
                checkPath(field, text, hint.pattern());
            } else if (field == GlobCheck.Field.NAME && hint.pattern().contains("/")) {
                throw new IllegalArgumentException("name '" + text + "' has a slash: expected one name; try 'path: "
                        + (text.startsWith("/") ? text : "/**/" + text) + "'");
            }
        }
        if (field == GlobCheck.Field.VOLUME && NOT_OF_A_VOLUME.matcher(text).find()) {
            throw new IllegalArgumentException("volume '" + text
                    + "': expected a volume's name (a-z, 0-9 and '-') or a glob for such names; try '"
                    + NOT_OF_A_VOLUME.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-") + "'");
        }
        return glob;
    }

    private static void checkPath(GlobCheck.Field field, String text, String pattern) {
        if (!pattern.startsWith("/") && !pattern.startsWith("**")) {
            throw new IllegalArgumentException(field.key() + " '" + text
                    + "' does not begin with '/': paths are absolute within their volume; try '/"
                    + (pattern.contains("/") ? "" : "**/") + pattern + "'");
        }
        if (pattern.length() > 1 && pattern.endsWith("/")) {
            throw new IllegalArgumentException(
                    field.key() + " '" + text + "' ends with '/': no path does; try '" + pattern + "**' for all below");
        }
        for (String segment : pattern.substring(1).split("/", -1)) {
            if ((segment.isEmpty() && pattern.length() > 1) || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException(field.key() + " '" + text + "' has the segment '" + segment
                        + "': no path has; expected a path without '//', '.' and '..'");
            }
        }
    }
}
