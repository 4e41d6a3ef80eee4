package io.weir.rules.language;

import io.weir.rules.Glob;
import io.weir.rules.condition.GlobCheck;
import io.weir.rules.text.Durations;
import io.weir.rules.trigger.Burst;
import io.weir.rules.trigger.Quiet;
import io.weir.rules.trigger.Together;
import io.weir.rules.trigger.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a rule waits for: {@code settle} beside its conditions, the others among them. At most one. */
final class TriggerReader {
    private static final String BURST = "burst: { count: 100, within: 1m, by: directory }";
    private static final String ALL_OF = "all-of: { paths: [/in/a, /in/b], within: 10m }";

    private final Lists lists;
    private final Faults faults;
    private Trigger trigger = Trigger.AT_ONCE;
    private String first = "";

    TriggerReader(Lists lists, Faults faults) {
        this.lists = lists;
        this.faults = faults;
    }

    /** What was read; {@link Trigger#AT_ONCE} if nothing was. */
    Trigger trigger() {
        return trigger;
    }

    /** Reads one; the key must be {@code settle} or one of {@link Trigger#keys}. */
    void read(YamlNode.Scalar key, YamlNode value) {
        if (!first.isEmpty()) {
            faults.add(key, "'" + key.text() + "' beside '" + first + "': expected one of them in a rule");
            return;
        }
        first = key.text();
        Optional<? extends Trigger> read =
                switch (key.text()) {
                    case Burst.KEY -> burst(value);
                    case Together.KEY -> together(value);
                    default -> quiet(key.text(), value);
                };
        read.ifPresent(t -> trigger = t);
    }

    private Optional<Quiet> quiet(String key, YamlNode value) {
        if (!(value instanceof YamlNode.Scalar scalar) || scalar.isNothing()) {
            faults.add(value, "'" + key + "' has " + value.shown() + ": " + Durations.EXPECTED);
            return Optional.empty();
        }
        try {
            return Optional.of(new Quiet(length(key, scalar.text()), key.equals(Quiet.SETTLE)));
        } catch (IllegalArgumentException e) {
            faults.add(scalar, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Burst> burst(YamlNode value) {
        Optional<MappingReader> mapping =
                MappingReader.of(Burst.KEY, value, List.of("count", "within", "by", "distinct"), BURST, lists, faults);
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        MappingReader reader = mapping.get();
        Optional<Integer> count = reader.required("count", TriggerReader::count);
        Optional<Duration> within = reader.required("within", text -> length("within", text));
        Optional<Burst.Field> by = reader.required("by", text -> field("by", text, Burst.Field.groupWords()));
        Optional<Burst.Field> distinct =
                reader.optional("distinct", text -> field("distinct", text, Burst.Field.distinctWords()));
        if (count.isEmpty() || within.isEmpty() || by.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Burst(count.get(), within.get(), by.get(), distinct));
    }

    private Optional<Together> together(YamlNode value) {
        Optional<MappingReader> mapping =
                MappingReader.of(Together.KEY, value, List.of("paths", "within"), ALL_OF, lists, faults);
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        MappingReader reader = mapping.get();
        Optional<Duration> within = reader.required("within", text -> length("within", text));
        List<Glob> paths = reader.several("paths", text -> CheckReader.glob(GlobCheck.Field.PATH, text))
                .orElse(List.of());
        if (!reader.has("paths") || (paths.size() == 1)) {
            faults.add(value, "'all-of' needs 'paths' with two at least: expected such as '" + ALL_OF + "'");
        }
        if (paths.size() > 64) {
            faults.add(value, "'all-of' has " + paths.size() + " paths: expected 64 at most");
        }
        return within.map(length -> new Together(new ArrayList<>(paths), length));
    }

    private static int count(String text) {
        return count("count", text, 2, Burst.MOST);
    }

    /** A whole number within these bounds. */
    static int count(String key, String text, int least, int most) {
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(
                    "bad " + key + " '" + text + "': expected a number from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }

    /** A duration within the bounds of what state is kept for. */
    static Duration length(String key, String text) {
        Duration length = Durations.parse(text);
        if (length.isZero() || length.compareTo(Trigger.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "'" + key + "' is '" + text + "': expected from 1s to " + Durations.text(Trigger.LONGEST));
        }
        return length;
    }

    private static Burst.Field field(String key, String text, List<String> words) {
        if (!words.contains(text)) {
            throw new IllegalArgumentException(Words.unknown("'" + key + "'", text, words));
        }
        return Burst.Field.of(text);
    }
}
