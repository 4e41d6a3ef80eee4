package io.weir.rules;

import io.weir.rules.text.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often a rule may act on one path before it is suspended for that path: this many times in a span that begins with the
 * first of them. What a third party undoes each time would otherwise go on for ever.
 *
 * @param firings from 1 to {@link #MOST}; 0 for {@link #OFF}
 * @param within at least a second; zero for {@link #OFF}
 */
public record Breaker(int firings, Duration within) {
    public static final String KEY = "breaker";

    /** The rule is never suspended. */
    public static final Breaker OFF = new Breaker(0, Duration.ZERO);

    /** Of a rule that says nothing, and has an action that needs the volume's files. */
    public static final Breaker DEFAULT = new Breaker(100, Duration.ofMinutes(10));

    /** The most that {@link #firings} may be. */
    public static final int MOST = 100_000;

    /** Of a rule that says nothing: one that changes no files has no part in a loop, however often it acts. */
    static Breaker defaultOf(List<RuleAction> actions) {
        return actions.stream().anyMatch(action -> action.route() == RuleAction.Route.VOLUME) ? DEFAULT : OFF;
    }

    public boolean isOff() {
        return firings == 0;
    }

    /** What stands under {@link #KEY}. */
    public Object tree() {
        if (isOff()) {
            return "off";
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("firings", firings);
        tree.put("within", Durations.text(within));
        return tree;
    }
}
