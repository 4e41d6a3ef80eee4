package io.weir.rules;

import io.weir.rules.language.Words;
import io.weir.rules.text.PathParts;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may stand between braces in a template.
 *
 * @param word as written
 * @param kind what its value is, for escaping
 * @param source where its value comes from
 */
record Placeholder(String word, Escape.Kind kind, Source source) {
    private static final Map<String, Placeholder> KNOWN = new LinkedHashMap<>();
    private static final String TIME = "time:";

    /** Gives a placeholder's value. */
    @FunctionalInterface
    interface Source {
        String value(EventView event, String ruleId);
    }

    static {
        path("event.path", EventView::path);
        value("event.name", event -> PathParts.name(event.path()));
        value("event.stem", event -> PathParts.stem(event.path()));
        value("event.extension", event -> PathParts.extension(event.path()));
        path("event.directory", event -> PathParts.directory(event.path()));
        value("event.type", EventView::type);
        value("event.volume", EventView::volume);
        value("event.size", event -> event.size() < 0 ? null : Long.toString(event.size()));
        value("event.owner", EventView::owner);
        value("event.group", EventView::group);
        path("event.previous-path", EventView::previousPath);
        value("event.host", EventView::host);
        KNOWN.put("rule.id", new Placeholder("rule.id", Escape.Kind.AUTHOR, (event, ruleId) -> ruleId));
    }

    private static void path(String word, Function<EventView, @Nullable String> source) {
        KNOWN.put(word, new Placeholder(word, Escape.Kind.PATH, (event, ruleId) -> orEmpty(source.apply(event))));
    }

    private static void value(String word, Function<EventView, @Nullable String> source) {
        KNOWN.put(word, new Placeholder(word, Escape.Kind.VALUE, (event, ruleId) -> orEmpty(source.apply(event))));
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    /**
     * Finds a placeholder by its word.
     *
     * @throws IllegalArgumentException if there is none; the message is a sentence for the rule's author
     */
    static Placeholder of(String word) {
        if (word.startsWith(TIME)) {
            return time(word, word.substring(TIME.length()));
        }
        Placeholder known = KNOWN.get(word);
        if (known == null) {
            throw new IllegalArgumentException(Words.unknown("placeholder", word, words()));
        }
        return known;
    }

    /** As the documentation has them. */
    static List<String> words() {
        return Stream.concat(KNOWN.keySet().stream(), Stream.of("time:yyyy-MM-dd"))
                .toList();
    }

    private static Placeholder time(String word, String pattern) {
        try {
            DateTimeFormatter format =
                    DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
            if (pattern.isBlank() || format.format(Instant.EPOCH).indexOf('\0') >= 0) {
                throw new IllegalArgumentException("empty");
            }
            return new Placeholder(
                    word,
                    Escape.Kind.AUTHOR,
                    (event, ruleId) -> format.format(Instant.EPOCH.plus(event.observedAtMicros(), ChronoUnit.MICROS)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "bad time pattern '" + pattern + "': expected one such as yyyy-MM-dd or HH.mm.ss", e);
        }
    }

    boolean isExtension() {
        return word.equals("event.extension");
    }

    String value(EventView event, String ruleId) {
        return source.value(event, ruleId);
    }
}
