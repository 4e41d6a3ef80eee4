package io.weir.rules.cycle;

import io.weir.rules.ActionTypes;
import io.weir.rules.Mode;
import io.weir.rules.Rule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The search for rules that may provoke each other. Rules in mode {@code off} are left out. Immutable once made; safe for all
 * threads.
 */
public final class RuleCycles {
    private static final long MOST_PAIRS = 1_000_000;

    private final List<Rule> rules;
    private final Map<String, Collection<Link>> links = new HashMap<>();
    private final boolean complete;

    private RuleCycles(Collection<Rule> all, ActionTypes types, long pairs) {
        this.rules = all.stream()
                .filter(rule -> rule.mode() != Mode.OFF)
                .sorted(Comparator.comparing(Rule::id))
                .toList();
        Provocations provocations = new Provocations(rules, types, pairs);
        rules.forEach(rule -> links.put(rule.id(), provocations.from(rule)));
        this.complete = provocations.isComplete();
    }

    /** Looks at how these rules may provoke each other; their ids differ. */
    public static RuleCycles among(Collection<Rule> rules, ActionTypes types) {
        return among(rules, types, MOST_PAIRS);
    }

    static RuleCycles among(Collection<Rule> rules, ActionTypes types, long pairs) {
        return new RuleCycles(rules, types, pairs);
    }

    /** Whether all pairs of an action and a rule were looked at: of very many rules about the same paths, not all are. */
    public boolean isComplete() {
        return complete;
    }

    /** Cycles, the shortest first, such that each rule that lies on any lies on one of these. */
    public List<Cycle> cycles() {
        Set<String> shown = new HashSet<>();
        List<Cycle> cycles = new ArrayList<>();
        for (Rule rule : rules) {
            if (!shown.contains(rule.id())) {
                shortestThrough(rule, to -> true).ifPresent(cycle -> {
                    cycles.add(cycle);
                    cycle.rules().forEach(on -> shown.add(on.id()));
                });
            }
        }
        cycles.sort(Comparator.comparingInt(cycle -> cycle.rules().size()));
        return cycles;
    }

    /**
     * The shortest cycle through a rule on which all rules react to what actions caused: along it, nothing but
     * {@code max-depth} ends the chain.
     */
    public Optional<Cycle> boundedByDepthAlone(String id) {
        return rules.stream()
                .filter(rule -> rule.id().equals(id) && rule.reactsToActions())
                .findFirst()
                .flatMap(rule -> shortestThrough(rule, Rule::reactsToActions));
    }

    private Optional<Cycle> shortestThrough(Rule start, Predicate<Rule> by) {
        Map<String, Link> reachedBy = new HashMap<>();
        Deque<Rule> queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty()) {
            for (Link link : links.getOrDefault(queue.remove().id(), List.of())) {
                if (by.test(link.to()) && reachedBy.putIfAbsent(link.to().id(), link) == null) {
                    if (link.to().id().equals(start.id())) {
                        return Optional.of(back(start, reachedBy));
                    }
                    queue.add(link.to());
                }
            }
        }
        return Optional.empty();
    }

    private static Cycle back(Rule start, Map<String, Link> reachedBy) {
        Deque<Link> links = new ArrayDeque<>();
        String at = start.id();
        do {
            Link link = reachedBy.get(at);
            if (link == null) {
                throw new IllegalStateException("rule '" + at + "' was not reached");
            }
            links.addFirst(link);
            at = link.from().id();
        } while (!at.equals(start.id()));
        return new Cycle(List.copyOf(links));
    }
}
