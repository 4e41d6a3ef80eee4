package io.weir.rules;

import io.weir.rules.condition.Condition;
import io.weir.rules.trigger.Trigger;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a rule as read from its text, checked.
 *
 * @param id rule id
 * @param description for people; empty if there is none
 * @param mode what happens when it matches
 * @param volumes globs of which the volume's name has to match one; empty for any volume
 * @param on event types, in the order of {@link EventTypes#WORDS}
 * @param when the conditions
 * @param trigger what it waits for beside them
 * @param reactsToExternal whether it wants events that no action of ours caused
 * @param reactsToActions whether it wants events that actions caused
 * @param maxDepth of action-caused events, how many actions may lie before one; 0 if it wants none
 * @param actions at least one
 * @param breaker when it is suspended for a path; empty if the rule does not say
 */
public record RuleModel(
        String id,
        String description,
        Mode mode,
        List<String> volumes,
        List<String> on,
        Condition when,
        Trigger trigger,
        boolean reactsToExternal,
        boolean reactsToActions,
        int maxDepth,
        List<RuleAction> actions,
        Optional<Breaker> breaker) {
    public RuleModel {
        volumes = List.copyOf(volumes);
        on = List.copyOf(on);
        actions = List.copyOf(actions);
    }

    /** The same in another mode. */
    public RuleModel withMode(Mode other) {
        return new RuleModel(
                id,
                description,
                other,
                volumes,
                on,
                when,
                trigger,
                reactsToExternal,
                reactsToActions,
                maxDepth,
                actions,
                breaker);
    }
}
