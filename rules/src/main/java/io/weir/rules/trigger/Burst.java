package io.weir.rules.trigger;

import io.weir.rules.EventView;
import io.weir.rules.text.Durations;
import io.weir.rules.text.PathParts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * With the event that makes it so many within so long. It fires once, and again only after there have been fewer. Time is
 * that of the agents' clocks.
 *
 * @param count at least 2
 * @param within at most {@link Trigger#LONGEST}
 * @param by what the events that are counted together have in common
 * @param distinct if given, not events are counted but how many different values of this they have
 */
public record Burst(int count, Duration within, Field by, Optional<Field> distinct) implements Trigger {
    public static final String KEY = "burst";

    /** The most that is kept for one group. */
    public static final int MOST = 100_000;

    /** A value that events have in common, or differ in. */
    public enum Field {
        DIRECTORY(true, true),
        OWNER(true, true),
        ACTOR(true, true),
        HOST(true, true),
        VOLUME(true, false),
        EXTENSION(false, true),
        NAME(false, true),
        PATH(false, true),
        TYPE(false, true);

        private final boolean groups;
        private final boolean distinguishes;

        Field(boolean groups, boolean distinguishes) {
            this.groups = groups;
            this.distinguishes = distinguishes;
        }

        /** The word in the rule language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Words that may follow {@code by}. */
        public static List<String> groupWords() {
            return Stream.of(values()).filter(f -> f.groups).map(Field::word).toList();
        }

        /** Words that may follow {@code distinct}. */
        public static List<String> distinctWords() {
            return Stream.of(values())
                    .filter(f -> f.distinguishes)
                    .map(Field::word)
                    .toList();
        }

        /** By its word; it must be one. */
        public static Field of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        /** The event's value; empty if it has none. */
        String of(EventView event) {
            return switch (this) {
                case DIRECTORY -> PathParts.directory(event.path());
                case OWNER -> orEmpty(event.owner());
                case ACTOR -> orEmpty(event.actor());
                case HOST -> event.host();
                case VOLUME -> event.volume();
                case EXTENSION -> PathParts.extension(event.path()).toLowerCase(Locale.ROOT);
                case NAME -> PathParts.name(event.path());
                case PATH -> event.path();
                case TYPE -> event.type();
            };
        }

        private static String orEmpty(@Nullable String value) {
            return value == null ? "" : value;
        }
    }

    /** What the events that are counted together have in common: the volume, and the value of {@link #by}. */
    public String group(EventView event) {
        return by == Field.VOLUME ? event.volume() : event.volume() + ":" + by.of(event);
    }

    /** The event's value of {@link #distinct}, if that is asked for. */
    public Optional<String> distinctValue(EventView event) {
        return distinct.map(field -> field.of(event));
    }

    @Override
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("count", Integer.toString(count));
        tree.put("within", Durations.text(within));
        tree.put("by", by.word());
        distinct.ifPresent(field -> tree.put("distinct", field.word()));
        return Map.of(KEY, tree);
    }

    @Override
    public String describe() {
        String what =
                distinct.map(field -> " different values of " + field.word()).orElse("");
        return "with the event that makes it " + count + what + " within " + Durations.text(within) + " by "
                + by.word();
    }
}
