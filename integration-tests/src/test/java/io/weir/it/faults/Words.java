package io.weir.it.faults;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the system is to say, and where people find it.
 *
 * @param where the arguments of a {@code weir} command, or the name of a part that is asked for its health
 * @param said a pattern of it
 */
record Words(List<String> where, Pattern said) {
    /** Of {@code weir status}. */
    static Words status(String pattern) {
        return new Words(List.of("status"), Pattern.compile(pattern));
    }

    /** Of the health of a part. */
    static Words health(String part, String pattern) {
        return new Words(List.of("health", part), Pattern.compile(pattern));
    }

    /** Of the last gaps in the log of events. */
    static Words gap(String pattern) {
        return new Words(
                List.of("events", "tail", "--type", "gap", "-n", "20", "-o", "json"), Pattern.compile(pattern));
    }

    /** The part whose health it is, or empty. */
    String part() {
        return where.get(0).equals("health") ? where.get(1) : "";
    }

    /** For the table. */
    String place() {
        return part().isEmpty()
                ? "`weir " + String.join(" ", where.subList(0, Math.min(2, where.size()))) + "`"
                : "health of " + part();
    }
}
