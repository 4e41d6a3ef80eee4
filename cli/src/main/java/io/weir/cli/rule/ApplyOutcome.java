package io.weir.cli.rule;

import io.weir.schemas.RuleStatus;
import java.util.Map;
import java.util.Optional;

/**
 * What the filter made of an apply.
 *
 * @param whole the status of the apply itself; empty if no filter has said anything in time
 * @param rules the status of its rules so far, by id
 */
record ApplyOutcome(Optional<RuleStatus> whole, Map<String, RuleStatus> rules) {
    ApplyOutcome {
        rules = Map.copyOf(rules);
    }

    /** Whether the filter has taken all of it. */
    boolean isAccepted() {
        return whole.filter(status -> status.getStatus().equals("accepted")).isPresent()
                && rules.values().stream()
                        .noneMatch(status -> status.getStatus().equals("rejected"));
    }
}
