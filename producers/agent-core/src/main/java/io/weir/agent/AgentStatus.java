package io.weir.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an agent is, at one moment.
 *
 * @param state {@code starting}, {@code running}, {@code standby}, {@code degraded} or {@code stopped}
 * @param cause degraded: why, and what to do
 * @param figures counts and gauges by name; {@code docs/operations.md} lists them and tells which add up to which
 * @param gaps what cannot be seen at present, for people
 */
public record AgentStatus(String state, Optional<String> cause, Map<String, Long> figures, List<String> gaps) {
    /** How the names of the figures begin that count events by their type; one for each type that there was. */
    public static final String EVENTS_OF_TYPE = "events-of-type-";

    public AgentStatus {
        figures = Map.copyOf(figures);
        gaps = List.copyOf(gaps);
    }

    /** Whether the agent does its work; if not, {@link #cause} tells why. */
    public boolean healthy() {
        return state.equals("running") || state.equals("starting") || state.equals("standby");
    }

    /**
     * One of the figures.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public long figure(String name) {
        Long value = figures.get(name);
        if (value == null) {
            throw new IllegalArgumentException("figure='" + name + "': expected one of " + figures.keySet());
        }
        return value;
    }
}
