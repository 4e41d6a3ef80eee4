package io.weir.worker.control;

import io.weir.schemas.ControlState;
import io.weir.schemas.topic.StopScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which stops hold, as the records of {@code weir.control} say one after another. Immutable.
 *
 * @param stops by their scope
 */
record StopsInForce(Map<StopScope, ControlState> stops) {
    static final StopsInForce NONE = new StopsInForce(Map.of());

    StopsInForce {
        stops = Map.copyOf(stops);
    }

    /**
     * These and what a record adds or releases.
     *
     * @throws IllegalArgumentException if the record's scope is none, or whoever releases the stop may not
     */
    StopsInForce with(ControlState state) {
        StopScope scope = StopScope.parse(state.getScope());
        Map<StopScope, ControlState> changed = new LinkedHashMap<>(stops);
        if (state.getStopped()) {
            changed.put(scope, state);
            return new StopsInForce(changed);
        }
        ControlState stop = changed.remove(scope);
        if (stop != null
                && !stop.getReleasers().isEmpty()
                && !stop.getReleasers().contains(state.getBy())) {
            throw new IllegalArgumentException("scope='" + scope + "': '" + state.getBy()
                    + "' may not release it; expected one of " + stop.getReleasers());
        }
        return new StopsInForce(changed);
    }

    Optional<String> holding(String volume, String rule) {
        for (var stop : stops.entrySet()) {
            if (stop.getKey().covers(volume, rule)) {
                return Optional.of(describe(stop.getValue()));
            }
        }
        return Optional.empty();
    }

    /** For the worker's status; empty if nothing is stopped. */
    Optional<String> describe() {
        return stops.values().stream().map(StopsInForce::describe).sorted().reduce((a, b) -> a + "; " + b);
    }

    private static String describe(ControlState stop) {
        return "all-stop of " + stop.getScope() + " by " + stop.getBy() + " since " + stop.getAt() + ": "
                + stop.getReason() + " ('weir resume --scope " + stop.getScope() + "' releases it)";
    }
}
