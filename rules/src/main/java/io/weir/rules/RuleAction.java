package io.weir.rules;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An action of a rule.
 *
 * @param position place within the rule, from 0
 * @param type name of its {@link io.weir.rules.action.ActionType}
 * @param parameters {@code String}, {@code List<String>} or {@code Map<String, String>} by name, in the order of the
 *     rule; placeholders not yet filled in
 * @param route who is to carry it out
 */
public record RuleAction(int position, String type, Map<String, Object> parameters, Route route) {
    /** Who carries an action out. */
    public enum Route {
        /** A worker that has the files of the event's volume. */
        VOLUME,
        /** Any worker. */
        ANY_WORKER,
        /** The worker that gathers all requests of the rule. */
        GATHERED
    }

    public RuleAction {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
