package io.weir.cli.audit;

import io.weir.cli.rule.explain.FoundEvent;
import io.weir.cli.rule.explain.Verdict;
import io.weir.filter.replay.InForce;
import io.weir.rules.Explanation;
import io.weir.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the rules in force made of an event: the first condition that failed for each, the nearest misses first. */
final class RulesConsidered {
    /** Conditions that only say that a rule is about other events; they are looked at first. */
    private static final List<String> OTHER_EVENTS = List.of("mode", "on", "volume");

    private RulesConsidered() {}

    /**
     * In sentences.
     *
     * @param most how many rules are told one by one; the others are counted by what failed
     */
    static List<String> of(InForce inForce, FoundEvent event, int most) {
        List<String> matched = new ArrayList<>();
        List<String> near = new ArrayList<>();
        List<String> far = new ArrayList<>();
        Map<String, Long> failed = new TreeMap<>();
        for (Rule rule : inForce.rules().set().rules()) {
            Explanation explanation = rule.explain(event);
            String line = "rule " + rule.id() + ": " + Verdict.of(rule, event, event.causation());
            if (explanation.matched()) {
                matched.add(line);
            } else {
                (OTHER_EVENTS.contains(explanation.condition()) ? far : near).add(line);
                failed.merge(explanation.condition(), 1L, Long::sum);
            }
        }
        List<String> lines = new ArrayList<>(matched);
        near.addAll(far);
        lines.addAll(near.subList(0, Math.min(most, near.size())));
        if (near.size() > most) {
            lines.add("so many rules failed by their first failing condition: "
                    + failed.entrySet().stream()
                            .map(each -> each.getKey() + " " + each.getValue())
                            .collect(Collectors.joining(", "))
                    + "; --rules shows more");
        }
        if (lines.isEmpty()) {
            lines.add("no rule was in force");
        }
        return lines;
    }
}
