package io.weir.cli.rule.explain;

import io.weir.rules.EventView;
import io.weir.rules.Explanation;
import io.weir.rules.Mode;
import io.weir.rules.Rule;
import io.weir.schemas.topic.Causation;
import java.util.Optional;

/** What a rule makes of an event, in a sentence. */
public final class Verdict {
    private Verdict() {}

    /**
     * Explains.
     *
     * @param causation the action that caused the event
     */
    public static String of(Rule rule, EventView event, Optional<Causation> causation) {
        Explanation explanation = rule.explain(event);
        if (!explanation.matched()) {
            return explanation.toString();
        }
        if (causation.isEmpty() && !rule.reactsToExternal()) {
            return "matched, but no action caused the event: expected one, by 'causes: action'";
        }
        if (causation.isPresent() && !rule.reactsToActions()) {
            return "matched, but suppressed: action " + causation.get().causationId()
                    + " caused the event, and the rule does not ask for such by 'causes'";
        }
        if (causation.isPresent() && causation.get().depth() > rule.maxDepth()) {
            return "matched, but suppressed: " + causation.get().depth()
                    + " actions lie before the event: expected at most " + rule.maxDepth() + ", by 'max-depth'";
        }
        String later = rule.trigger().describe();
        String matched = later.isEmpty() ? "matched" : "matched; takes effect " + later;
        return rule.mode() == Mode.SHADOW ? matched + " (in shadow mode: recorded only)" : matched;
    }
}
