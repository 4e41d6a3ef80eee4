package io.weir.worker.delivery;

import io.weir.schemas.ActionResult;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What of {@code weir.quarantine} is kept for a time only: where its record is, until when, and when its purge was asked for.
 * Some 100 bytes each; what the record says is read again when it is due. For one thread.
 */
final class KeptUntil {
    /** What was asked for and has not been done by then is asked for again, under the same id. */
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * An entry.
     *
     * @param due when its purge may be asked for, or asked for again
     */
    private record Entry(long offset, String volume, Instant due) {}

    /** A record about an action's file. */
    void put(String actionId, long offset, ActionResult result) {
        entries.remove(actionId);
        result.getEffects().stream()
                .flatMap(effect -> Optional.ofNullable(effect.getBefore().get("until")).stream())
                .flatMap(until -> parse(until).stream())
                .findFirst()
                .ifPresent(until -> entries.put(actionId, new Entry(offset, result.getVolume(), until)));
    }

    private static Optional<Instant> parse(String until) {
        try {
            return Optional.of(Instant.parse(until));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** It is there no more. */
    void remove(String actionId) {
        entries.remove(actionId);
    }

    int size() {
        return entries.size();
    }

    /**
     * The offsets of those whose time is over; the rest follows the next time.
     *
     * @param minded volumes of which somebody wants to know
     * @param most so many at most
     */
    List<Long> takeDue(Instant now, Predicate<String> minded, int most) {
        List<Long> due = new ArrayList<>();
        for (var entry : entries.entrySet()) {
            Entry kept = entry.getValue();
            if (due.size() < most && now.isAfter(kept.due()) && minded.test(kept.volume())) {
                due.add(kept.offset());
                entry.setValue(new Entry(kept.offset(), kept.volume(), now.plus(AGAIN)));
            }
        }
        return due;
    }
}
