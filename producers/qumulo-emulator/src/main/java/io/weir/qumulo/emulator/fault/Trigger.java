package io.weir.qumulo.emulator.fault;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a step of a script happens.
 *
 * @param count of the kind; of {@code TIME}: milliseconds
 * @param repeated each so many, instead of once after so many
 */
record Trigger(Kind kind, long count, boolean repeated) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15}) ?(ms|s|m|events?|streams?|requests?)");

    enum Kind {
        EVENTS,
        STREAMS,
        REQUESTS,
        TIME
    }

    /** @throws IllegalArgumentException if it is not a trigger */
    static Trigger parse(String text, boolean repeated) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException(
                    "'" + text + "': expected a count above 0 of events, streams or requests,"
                            + " or a time, such as 1000 events, 3 requests, 5s, 500ms");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> new Trigger(Kind.TIME, count, repeated);
            case "s" -> new Trigger(Kind.TIME, count * 1000, repeated);
            case "m" -> new Trigger(Kind.TIME, count * 60_000, repeated);
            case "event", "events" -> new Trigger(Kind.EVENTS, count, repeated);
            case "stream", "streams" -> new Trigger(Kind.STREAMS, count, repeated);
            default -> new Trigger(Kind.REQUESTS, count, repeated);
        };
    }
}
