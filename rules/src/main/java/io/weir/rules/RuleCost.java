package io.weir.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What one event may cost under a set of rules.
 *
 * <p>The unit is the condition evaluation: one comparison of a value of the event with a word list, a glob, a range or a
 * pattern of a rule, some fifty nanoseconds, less if the rule is in the processor's cache. The figure is the greatest
 * number that the index may cause for one event, whichever that is: of rules that it can tell apart by volume, directory,
 * name, extension or owner, only those count that one event could meet together; rules that it cannot tell apart all
 * count.
 *
 * @param evaluations condition evaluations
 * @param dearest the rules that make up the figure, the most expensive first
 */
public record RuleCost(long evaluations, List<Rule> dearest) {
    /** The greatest figure of a set that may be put in force. */
    public static final long CAP = 10_000;

    private static final int SHOWN = 5;

    public RuleCost {
        List<Rule> sorted = new ArrayList<>(dearest);
        sorted.sort(Comparator.comparingInt(Rule::cost).reversed().thenComparing(Rule::id));
        dearest = List.copyOf(sorted);
    }

    public boolean exceedsCap() {
        return evaluations > CAP;
    }

    /** {@code cost: at most 12 condition evaluations for one event, of 10000 allowed}. */
    @Override
    public String toString() {
        return "cost: at most " + evaluations + " condition evaluations for one event, of " + CAP + " allowed";
    }

    /** Why a set that costs this is refused: the figure, the cap, and the rules that cost most. */
    public String fault() {
        String named = dearest.stream()
                .limit(SHOWN)
                .map(rule -> "'" + rule.id() + "' (" + rule.cost() + ")")
                .collect(Collectors.joining(", "));
        int others = dearest.size() - SHOWN;
        return String.format(
                Locale.ROOT,
                "cost=%d condition evaluations for one event: expected at most %d; most expensive: %s%s;"
                        + " try to give rules a directory, name, extension or owner that they are about",
                evaluations,
                CAP,
                named,
                others > 0 ? " and " + others + " more" : "");
    }
}
