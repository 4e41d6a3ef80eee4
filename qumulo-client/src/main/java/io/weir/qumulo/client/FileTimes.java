package io.weir.qumulo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * The times of a file, to the nanosecond.
 *
 * @param accessed last read, as coarsely as the cluster tracks it
 * @param modified last change of the data
 * @param changed last change of anything
 * @param created birth
 */
public record FileTimes(Instant accessed, Instant modified, Instant changed, Instant created) {
    private static final long BILLION = 1_000_000_000;

    /** Nanoseconds since 1970; the largest or smallest number for times that are out of its range (1677 to 2262). */
    public static long nanos(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), BILLION), time.getNano());
        } catch (ArithmeticException e) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    static FileTimes of(JsonNode file) {
        return new FileTimes(
                time(file, "access_time"),
                time(file, "modification_time"),
                time(file, "change_time"),
                time(file, "creation_time"));
    }

    private static Instant time(JsonNode file, String field) {
        return Instant.parse(JsonFields.text(file, field));
    }
}
