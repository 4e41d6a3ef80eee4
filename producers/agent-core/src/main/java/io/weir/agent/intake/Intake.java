package io.weir.agent.intake;

import io.weir.agent.source.Observation;
import io.weir.agent.source.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes observations in the source's order and decides what is published. Reads no clock. For one thread at a time, but for
 * {@link #counts} and the like.
 */
public interface Intake {
    /**
     * Takes the next observation.
     *
     * @param nowNanos of a clock that never goes back
     */
    void take(Observation observation, long nowNanos);

    /**
     * The spool was full, so that the source had to wait. What it may have missed by that it tells as gaps of its own.
     *
     * @param since microseconds since 1970
     */
    void spoolWasFull(long since, long now);

    /**
     * Another agent watched this tree before, and nobody since its last sign of life.
     *
     * @param since microseconds since 1970
     * @param now when this agent began to watch, microseconds since 1970
     */
    void takenOver(Place tree, String from, long since, long now);

    /** When something is due next, in nanoseconds of the caller's clock. */
    OptionalLong nextDue();

    /** Publishes what is due. */
    void publishDue(long nowNanos);

    /** Publishes all that was put off. */
    void publishPending(long nowNanos);

    /** What the source last told that it can compare with; empty if it never did. Any thread. */
    default Optional<String> checkpoint() {
        return Optional.empty();
    }

    /** Changes that the source told. Any thread. */
    long changes();

    /** How many changes became what. Any thread. */
    Map<Outcome, Long> counts();

    /** Where it cannot say that it sees everything, and the last such places and times; not all if there are many. Any thread. */
    List<GapSpan> coverage();

    /** How many gaps last. Any thread. */
    int openGaps();
}
