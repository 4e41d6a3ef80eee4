package io.weir.rules.condition;

import io.weir.rules.EventView;
import io.weir.rules.Explanation;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The event was observed within some hours of some days of the week, as clocks in a zone have them.
 *
 * @param hours of which the time lies in one; empty for any
 * @param days on which; a span over midnight belongs to the day that it begins on; empty for any
 * @param zone whose clocks are meant
 */
public record TimeCheck(List<Span> hours, Set<DayOfWeek> days, ZoneId zone) implements Condition {
    public static final String KEY = "time";

    private static final DateTimeFormatter SEEN = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT);

    public TimeCheck {
        hours = List.copyOf(hours);
        days = Set.copyOf(days);
    }

    /**
     * Some hours of a day.
     *
     * @param from the first minute
     * @param to the first minute after it; not after {@code from} if it goes over midnight
     */
    public record Span(LocalTime from, LocalTime to) {
        private boolean overMidnight() {
            return !to.isAfter(from);
        }

        /** In canonical form. */
        public String text() {
            return from + ".." + (to.equals(LocalTime.MIDNIGHT) ? "24:00" : to);
        }
    }

    /** The word of a day: {@code mon} to {@code sun}. */
    public static String word(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean test(EventView event) {
        ZonedDateTime at = at(event);
        LocalTime time = at.toLocalTime();
        DayOfWeek today = at.getDayOfWeek();
        if (hours.isEmpty()) {
            return isOn(today);
        }
        for (Span span : hours) {
            boolean begun = !time.isBefore(span.from());
            boolean before = time.isBefore(span.to());
            boolean within = span.overMidnight()
                    ? (begun && isOn(today)) || (before && isOn(today.minus(1)))
                    : begun && before && isOn(today);
            if (within) {
                return true;
            }
        }
        return false;
    }

    private boolean isOn(DayOfWeek day) {
        return days.isEmpty() || days.contains(day);
    }

    private ZonedDateTime at(EventView event) {
        return Instant.EPOCH.plus(event.observedAtMicros(), ChronoUnit.MICROS).atZone(zone);
    }

    @Override
    public int cost() {
        return 1 + hours.size();
    }

    @Override
    public Explanation explain(EventView event) {
        return test(event) ? Explanation.MATCHED : Explanation.failed(KEY, expected(), SEEN.format(at(event)));
    }

    private String expected() {
        StringBuilder text = new StringBuilder();
        if (!days.isEmpty()) {
            text.append(String.join(", ", dayWords())).append(' ');
        }
        hours.forEach(span -> text.append(span.text()).append(' '));
        return text.append(zone.getId()).toString();
    }

    private List<String> dayWords() {
        return days.isEmpty()
                ? List.of()
                : EnumSet.copyOf(days).stream().map(TimeCheck::word).toList();
    }

    @Override
    public String describe() {
        return KEY + ": " + expected();
    }

    @Override
    public Object tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "hours", hours.stream().map(Span::text).toList());
        put(tree, "days", dayWords());
        tree.put("zone", zone.getId());
        return Map.of(KEY, tree);
    }

    private static void put(Map<String, Object> tree, String key, @Nullable List<String> values) {
        if (values != null && !values.isEmpty()) {
            tree.put(key, values);
        }
    }
}
