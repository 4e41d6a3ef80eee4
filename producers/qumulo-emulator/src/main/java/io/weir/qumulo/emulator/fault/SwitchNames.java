package io.weir.qumulo.emulator.fault;

import io.weir.qumulo.emulator.settings.EmulatorClock;
import io.weir.qumulo.emulator.settings.OverflowForm;
import io.weir.qumulo.emulator.settings.RecursiveMode;
import io.weir.qumulo.emulator.settings.Switches;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Switches as scripts name them, and how their values are written. */
final class SwitchNames {
    private static final Pattern DURATION = Pattern.compile("(-?\\d{1,15}) ?(ms|s|m|h)");
    private static final Map<String, Setter> SETTERS = setters();

    /** Sets a switch; throws IllegalArgumentException if the value is none of it. */
    interface Setter {
        void set(Switches switches, EmulatorClock clock, String value);
    }

    private SwitchNames() {}

    static Set<String> all() {
        return SETTERS.keySet();
    }

    private static Map<String, Setter> setters() {
        var all = new TreeMap<String, Setter>();
        all.put("content-type", (s, clock, value) -> s.contentType(value));
        all.put("crlf", (s, clock, value) -> s.crlf(bool(value)));
        all.put("chunk-bytes", (s, clock, value) -> s.chunkBytes(number(value)));
        all.put("events-in-array", (s, clock, value) -> s.eventsInArray(number(value)));
        all.put("spine", (s, clock, value) -> s.spine(bool(value)));
        all.put("spine-from-root", (s, clock, value) -> s.spineFromRoot(bool(value)));
        all.put("unknown-key", (s, clock, value) -> s.unknownKey(bool(value)));
        all.put("unknown-type", (s, clock, value) -> s.unknownType(bool(value)));
        all.put("keepalive", (s, clock, value) -> s.keepalive(duration(value)));
        all.put("queue-limit", (s, clock, value) -> s.queueLimit(number(value)));
        all.put("overflow-form", (s, clock, value) -> s.overflowForm(constant(OverflowForm.class, value)));
        all.put("end-after-self-removed", (s, clock, value) -> s.endAfterSelfRemoved(bool(value)));
        all.put("recursive-mode", (s, clock, value) -> s.recursiveMode(constant(RecursiveMode.class, value)));
        all.put("parent-times", (s, clock, value) -> s.parentTimes(bool(value)));
        all.put("atime-tracking", (s, clock, value) -> s.atimeTracking(bool(value)));
        all.put("json-unauthorized", (s, clock, value) -> s.jsonUnauthorized(bool(value)));
        all.put("streams-end-with-token", (s, clock, value) -> s.streamsEndWithToken(bool(value)));
        all.put("page-limit", (s, clock, value) -> s.pageLimit(number(value)));
        all.put("snapshot-deletion", (s, clock, value) -> s.snapshotDeletion(duration(value)));
        all.put("clock-skew", (s, clock, value) -> clock.skew(duration(value)));
        return all;
    }

    /** @throws IllegalArgumentException if there is no such switch, or the value is none of it */
    static Setter checked(String name, String value) {
        Setter setter = SETTERS.get(name);
        if (setter == null) {
            throw new IllegalArgumentException(
                    "unknown switch '" + name + "'; expected one of " + String.join(", ", SETTERS.keySet()));
        }
        try {
            setter.set(new Switches(), new EmulatorClock(Clock.systemUTC()), value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
        return setter;
    }

    private static boolean bool(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + value + "': expected true or false");
        };
    }

    private static int number(String value) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a negative number.
        }
        throw new IllegalArgumentException("'" + value + "': expected a whole number, 0 or more");
    }

    private static Duration duration(String value) {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + value + "': expected a time such as 500ms, 5s, 2m, 1h");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String value) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(value)) {
                return constant;
            }
        }
        var names = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            names.append(names.isEmpty() ? "" : ", ")
                    .append(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        throw new IllegalArgumentException("'" + value + "': expected one of " + names);
    }
}
