package io.weir.rules.cycle;

import dk.brics.automaton.Automaton;
import dk.brics.automaton.BasicAutomata;
import dk.brics.automaton.BasicOperations;
import io.weir.rules.ActionTypes;
import io.weir.rules.Glob;
import io.weir.rules.GlobLanguage;
import io.weir.rules.Rule;
import io.weir.rules.RuleAction;
import io.weir.rules.action.ActionType;
import io.weir.rules.action.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which rule may provoke which. Rules are grouped by what their paths begin with, so that not every pair is looked at. */
final class Provocations {
    private final ActionTypes types;
    private final RulePaths rulePaths = new RulePaths();
    private final ChangedPaths changedPaths = new ChangedPaths(rulePaths);
    private final Map<String, NavigableMap<String, List<Rule>>> byTypeAndPrefix = new HashMap<>();
    private long budget;

    /** @param pairs how many pairs of an action and a rule are looked at, at most */
    Provocations(Collection<Rule> rules, ActionTypes types, long pairs) {
        this.types = types;
        this.budget = pairs;
        for (Rule rule : rules) {
            for (String type : rule.on()) {
                byTypeAndPrefix
                        .computeIfAbsent(type, t -> new TreeMap<>())
                        .computeIfAbsent(Prefix.of(rulePaths.of(rule, type, null)), p -> new ArrayList<>())
                        .add(rule);
            }
        }
    }

    /** Whether all pairs were looked at. */
    boolean isComplete() {
        return budget >= 0;
    }

    /** The rules that this one may provoke, each once. */
    Collection<Link> from(Rule rule) {
        Map<String, Link> links = new LinkedHashMap<>();
        for (RuleAction action : rule.actions()) {
            types.find(action.type()).ifPresent(type -> type.changes(action.parameters())
                    .forEach(change -> provoke(rule, action, change, links)));
        }
        return links.values();
    }

    private void provoke(Rule from, RuleAction action, Change change, Map<String, Link> links) {
        List<String> wanted =
                change.types().stream().filter(byTypeAndPrefix::containsKey).toList();
        Automaton paths = wanted.isEmpty() ? BasicAutomata.makeEmpty() : changedPaths.of(change.where(), from);
        if (paths.isEmpty()) {
            return;
        }
        for (String type : wanted) {
            for (Rule to : candidates(type, paths)) {
                if (budget-- > 0
                        && !links.containsKey(to.id())
                        && isInVolume(change, from, to)
                        && !isSettled(action, to)) {
                    Automaton both = BasicOperations.intersection(paths, rulePaths.of(to, type, change.kind()));
                    if (!both.isEmpty()) {
                        links.put(to.id(), new Link(from, action, type, Example.of(both), to));
                    }
                }
            }
        }
    }

    /** Whether all that a rule would do to files has been done by this action, and finds nothing to do. */
    private boolean isSettled(RuleAction done, Rule to) {
        return types.find(done.type()).filter(ActionType::settles).isPresent()
                && to.actions().stream().filter(this::changesFiles).allMatch(action -> isSame(action, done));
    }

    private boolean changesFiles(RuleAction action) {
        return types.find(action.type())
                .filter(type -> !type.changes(action.parameters()).isEmpty())
                .isPresent();
    }

    private static boolean isSame(RuleAction a, RuleAction b) {
        return a.type().equals(b.type()) && a.parameters().equals(b.parameters());
    }

    /** The rules about this type whose paths may begin as these do. */
    private List<Rule> candidates(String type, Automaton paths) {
        NavigableMap<String, List<Rule>> byPrefix = byTypeAndPrefix.getOrDefault(type, new TreeMap<>());
        String prefix = Prefix.of(paths);
        List<Rule> candidates = new ArrayList<>();
        for (int length = 0; length <= prefix.length(); length++) {
            candidates.addAll(byPrefix.getOrDefault(prefix.substring(0, length), List.of()));
        }
        if (paths.getSingleton() == null) {
            byPrefix.subMap(prefix, false, prefix + Character.MAX_VALUE, true)
                    .values()
                    .forEach(candidates::addAll);
        }
        return candidates;
    }

    /** Whether a change that one rule brings about may be in a volume that the other is about. */
    private static boolean isInVolume(Change change, Rule from, Rule to) {
        String volume = change.volume();
        if (to.volumes().isEmpty()) {
            return true;
        }
        if (volume != null) {
            return to.volumes().stream().anyMatch(glob -> glob.matches(volume));
        }
        return from.volumes().isEmpty()
                || !BasicOperations.intersection(names(from.volumes()), names(to.volumes()))
                        .isEmpty();
    }

    private static Automaton names(List<Glob> globs) {
        return BasicOperations.union(globs.stream().map(GlobLanguage::of).toList());
    }
}
