package io.weir.agent.intake;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import io.weir.schemas.topic.Causation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event to be published, before it has an id.
 *
 * @param observedAt microseconds since 1970
 * @param type as in {@link EventType}, or a source's own
 * @param previous moved: where it was
 * @param stat the file as read, or as last known
 * @param reconstructed whether a comparison with the baseline revealed it
 * @param causation the action of ours that caused it
 * @param gap what cannot be said, if it is a gap
 * @param fileId the file, also where it was not read; null if it is not known
 */
public record Draft(
        long observedAt,
        String type,
        Place place,
        @Nullable Place previous,
        @Nullable FileStat stat,
        boolean reconstructed,
        Optional<Causation> causation,
        @Nullable Blind gap,
        @Nullable String fileId) {
    /** Of a file that is known by what was read of it. */
    public Draft(
            long observedAt,
            String type,
            Place place,
            @Nullable Place previous,
            @Nullable FileStat stat,
            boolean reconstructed,
            Optional<Causation> causation,
            @Nullable Blind gap) {
        this(
                observedAt,
                type,
                place,
                previous,
                stat,
                reconstructed,
                causation,
                gap,
                stat == null ? null : stat.fileId());
    }

    /** The same of a file whose id is known otherwise. */
    public Draft of(String knownId) {
        return new Draft(observedAt, type, place, previous, stat, reconstructed, causation, gap, knownId);
    }

    /**
     * A gap.
     *
     * @param since microseconds since 1970
     * @param until microseconds since 1970; null while it lasts
     */
    public record Blind(String reason, String detail, long since, @Nullable Long until) {}

    /** What the stream told. */
    public static Draft live(
            long observedAt, String type, Place place, @Nullable FileStat stat, Optional<Causation> causation) {
        return new Draft(observedAt, type, place, null, stat, false, causation, null);
    }

    /** What a comparison revealed. */
    public static Draft reconstructed(
            long observedAt, String type, Place place, @Nullable FileStat stat, Optional<Causation> causation) {
        return new Draft(observedAt, type, place, null, stat, true, causation, null);
    }

    /** A move, told or revealed. */
    public static Draft moved(
            long observedAt,
            Place from,
            Place to,
            @Nullable FileStat stat,
            boolean reconstructed,
            Optional<Causation> causation) {
        return new Draft(observedAt, EventType.MOVED, to, from, stat, reconstructed, causation, null);
    }

    /** A gap event. */
    public static Draft gap(long observedAt, Place place, Blind gap) {
        return new Draft(observedAt, EventType.GAP, place, null, null, false, Optional.empty(), gap);
    }
}
