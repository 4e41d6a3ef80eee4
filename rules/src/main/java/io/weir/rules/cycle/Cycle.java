package io.weir.rules.cycle;

import io.weir.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rules that may provoke each other, each the next and the last the first. */
public final class Cycle {
    private final List<Link> links;

    /** @param links at least one; each begins where the one before ends, the first where the last ends */
    Cycle(List<Link> links) {
        this.links = List.copyOf(links);
    }

    /** The rules on it, in the order in which they provoke each other; each is there once. */
    public List<Rule> rules() {
        return links.stream().map(Link::from).toList();
    }

    /** A rule on it that does not react to what actions caused, so that it ends there; empty if all do. */
    public Optional<Rule> endsAt() {
        return rules().stream().filter(rule -> !rule.reactsToActions()).findFirst();
    }

    /** How many actions one event may set off along it at most, if all its rules react to what actions caused. */
    public int mostActions() {
        List<Rule> rules = rules();
        int most = 0;
        for (int start = 0; start < rules.size(); start++) {
            int depth = 0;
            boolean first = rules.get(start).reactsToExternal();
            while (depth == 0
                    ? first
                    : rules.get((start + depth) % rules.size()).maxDepth() >= depth) {
                depth++;
            }
            most = Math.max(most, depth);
        }
        return most;
    }

    /** Over several lines: the rules, how each provokes the next, and what ends it. */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        lines.add(
                links.size() == 1
                        ? "rule " + path() + " may provoke itself"
                        : "rules may provoke each other: " + path());
        links.forEach(link -> lines.add("  " + link.describe()));
        lines.add("  "
                + endsAt().map(rule -> "it ends at '" + rule.id() + "', which is only for events that no action caused")
                        .orElseGet(() -> "it ends after " + mostActions() + " actions at most, by 'max-depth'"));
        return lines;
    }

    /** {@code a -> b -> a}. */
    String path() {
        if (links.size() == 1) {
            return "'" + links.get(0).from().id() + "'";
        }
        return links.stream().map(link -> link.from().id()).collect(Collectors.joining(" -> ")) + " -> "
                + links.get(0).from().id();
    }
}
