package io.weir.rules;

import io.weir.rules.condition.ModeBits;
import io.weir.rules.condition.Quantity;
import io.weir.rules.condition.Range;
import io.weir.rules.condition.WordCheck;
import io.weir.rules.language.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The fields of an event that people write: in the tests of rules, and where one asks what rules make of an event. */
public enum EventField {
    TYPE("type", "WORD", "The event's type."),
    PATH("path", "PATH", "The path, absolute within the volume."),
    VOLUME("volume", "NAME", "The volume's name."),
    PREVIOUS_PATH("previous-path", "PATH", "Where the file was before it was moved."),
    SIZE("size", "SIZE", "The size, such as 0 or '10 MiB'."),
    KIND("kind", "WORD", "What it is: " + join(WordCheck.Field.KIND.words()) + "."),
    OWNER("owner", "NAME", "The owner's name, or number where it has none."),
    GROUP("group", "NAME", "The group's name, or number where it has none."),
    ACTOR("actor", "NAME", "Who made the change, where the source can tell."),
    MODE("mode", "OCTAL", "The permission bits, such as 0640."),
    MODIFIED_AT("modified-at", "INSTANT", "When the file's content last changed."),
    HOST("host", "NAME", "The host that the agent runs on."),
    AGENT("agent", "ID", "The agent's id."),
    ORIGIN("origin", "WORD", "How it is known: " + join(WordCheck.Field.ORIGIN.words()) + "."),
    OBSERVED_AT("observed-at", "INSTANT", "When the agent saw it, such as 2026-01-31T12:00:00Z.");

    private static final Pattern VOLUME_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final String key;
    private final String label;
    private final String summary;

    EventField(String key, String label, String summary) {
        this.key = key;
        this.label = label;
        this.summary = summary;
    }

    /** The word in the rule file. */
    public String key() {
        return key;
    }

    /** What kind of value it takes, for a command's help. */
    public String label() {
        return label;
    }

    /** One sentence. */
    public String summary() {
        return summary;
    }

    /** The words there are; empty if any text may be. */
    public List<String> words() {
        return switch (this) {
            case TYPE -> WordCheck.Field.TYPE.words();
            case KIND -> WordCheck.Field.KIND.words();
            case ORIGIN -> WordCheck.Field.ORIGIN.words();
            default -> List.of();
        };
    }

    /**
     * Checks a value.
     *
     * @throws IllegalArgumentException if it is none; the message is a sentence for whoever wrote it
     */
    public void check(String value) {
        switch (this) {
            case TYPE -> checkWord("event type", value);
            case KIND, ORIGIN -> checkWord(key, value);
            case PATH, PREVIOUS_PATH -> checkPath(value);
            case VOLUME -> checkVolume(value);
            case SIZE -> bytes(value);
            case MODE -> bits(value);
            case MODIFIED_AT, OBSERVED_AT -> instant(value);
            case OWNER, GROUP, ACTOR, HOST, AGENT -> checkText(value);
        }
    }

    /** All keys. */
    public static List<String> keys() {
        return Stream.of(values()).map(EventField::key).toList();
    }

    /** The field with the key. */
    public static Optional<EventField> find(String key) {
        return Stream.of(values()).filter(field -> field.key.equals(key)).findFirst();
    }

    private static String join(List<String> words) {
        return String.join(", ", words);
    }

    private void checkWord(String what, String text) {
        if (!words().contains(text)) {
            throw new IllegalArgumentException(Words.unknown(what, text, words()));
        }
    }

    private static void checkText(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a name is empty: expected the name, or leave the field out");
        }
    }

    private static void checkPath(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("path '" + text
                    + "' does not begin with '/': paths are absolute within their volume; try '/" + text + "'");
        }
        for (String segment : text.substring(1).split("/", -1)) {
            if ((segment.isEmpty() && text.length() > 1) || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("path '" + text + "' has the segment '" + segment
                        + "': expected a path without '//', '.' and '..', and without '/' at its end");
            }
        }
    }

    private static void checkVolume(String text) {
        if (!VOLUME_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "volume '" + text + "': expected a volume's name (a-z, 0-9 and '-', at most 63)");
        }
    }

    static long bytes(String text) {
        Range range = Range.parse(text, Quantity.SIZE);
        if (range.from() != range.to() || !Character.isDigit(text.strip().charAt(0))) {
            throw new IllegalArgumentException("size '" + text + "': expected one size such as 0 or '10 MiB'");
        }
        return range.from();
    }

    static int bits(String text) {
        ModeBits bits = ModeBits.parse(text);
        if (bits.how() != ModeBits.How.EXACTLY) {
            throw new IllegalArgumentException("mode '" + text + "': expected the bits themselves, such as 0640");
        }
        return bits.bits();
    }

    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "time '" + text + "': expected an instant such as 2026-01-31T12:00:00Z", e);
        }
    }
}
