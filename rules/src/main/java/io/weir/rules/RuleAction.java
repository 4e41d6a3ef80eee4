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
 * @param needsVolume whether it needs the volume's files
 */
public record RuleAction(int position, String type, Map<String, Object> parameters, boolean needsVolume) {
    public RuleAction {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
