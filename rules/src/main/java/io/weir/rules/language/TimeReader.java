package io.weir.rules.language;

import io.weir.rules.condition.TimeCheck;
import io.weir.rules.condition.TimeCheck.Span;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the condition {@code time}. */
final class TimeReader {
    private static final List<String> KEYS = List.of("hours", "days", "zone");
    private static final String EXAMPLE = "time: { hours: \"22:00..06:00\", days: [sat, sun], zone: Europe/Berlin }";
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,2}:[0-9]{2})\\s*\\.\\.\\s*([0-9]{1,2}:[0-9]{2})");
    private static final List<String> DAYS =
            Stream.of(DayOfWeek.values()).map(TimeCheck::word).toList();

    private TimeReader() {}

    /** The condition; empty if a fault was added. */
    static Optional<TimeCheck> read(YamlNode node, Lists lists, Faults faults) {
        int before = faults.count();
        Optional<MappingReader> mapping = MappingReader.of(TimeCheck.KEY, node, KEYS, EXAMPLE, lists, faults);
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        MappingReader reader = mapping.get();
        if (!reader.has("hours") && !reader.has("days")) {
            faults.add(node, "'time' has neither 'hours' nor 'days': expected one at least, such as '" + EXAMPLE + "'");
        }
        List<Span> hours = reader.several("hours", TimeReader::span).orElse(List.of());
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        reader.several("days", TimeReader::days).orElse(List.of()).forEach(days::addAll);
        ZoneId zone = reader.optional("zone", TimeReader::zone).orElse(ZoneOffset.UTC);
        return faults.count() == before ? Optional.of(new TimeCheck(hours, days, zone)) : Optional.empty();
    }

    private static Span span(String text) {
        Matcher m = SPAN.matcher(text.strip());
        if (!m.matches()) {
            throw new IllegalArgumentException("bad hours '" + text + "': expected hours such as '08:00..18:00'");
        }
        return new Span(time(m.group(1), text, false), time(m.group(2), text, true));
    }

    private static LocalTime time(String text, String whole, boolean end) {
        if (end && text.equals("24:00")) {
            return LocalTime.MIDNIGHT;
        }
        try {
            return LocalTime.parse(text.length() == 4 ? "0" + text : text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "bad hours '" + whole + "': '" + text + "' is no time of day; expected 00:00 to 24:00", e);
        }
    }

    /** One day, or those from one to another. */
    private static Set<DayOfWeek> days(String text) {
        String[] ends = text.strip().toLowerCase(Locale.ROOT).split("\\s*\\.\\.\\s*", -1);
        for (String end : ends) {
            if (!DAYS.contains(end) || ends.length > 2) {
                throw new IllegalArgumentException(Words.unknown("day", text, DAYS) + "; or a span such as 'mon..fri'");
            }
        }
        DayOfWeek last = DayOfWeek.of(DAYS.indexOf(ends[ends.length - 1]) + 1);
        Set<DayOfWeek> days = EnumSet.of(last);
        for (DayOfWeek day = DayOfWeek.of(DAYS.indexOf(ends[0]) + 1); day != last; day = day.plus(1)) {
            days.add(day);
        }
        return days;
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            String tail = "/" + text.strip().toLowerCase(Locale.ROOT);
            String meant = ZoneId.getAvailableZoneIds().stream()
                    .filter(id -> id.toLowerCase(Locale.ROOT).endsWith(tail))
                    .min(Comparator.comparingInt(String::length))
                    .map(id -> "; did you mean '" + id + "'?")
                    .orElse("");
            throw new IllegalArgumentException(
                    "unknown zone '" + text + "': expected one of the time zone database, such as UTC or Europe/Berlin"
                            + meant,
                    e);
        }
    }
}
