package io.weir.cli.rule.publish;

import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.rules.ActionTypes;
import io.weir.rules.Rule;
import io.weir.rules.RuleRejectedException;
import io.weir.rules.RuleSource;
import io.weir.rules.cycle.Cycle;
import io.weir.rules.cycle.RuleCycles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How rules of a file may provoke each other, and rules that are in force beside them. */
public final class Provocation {
    private static final int SHOWN = 10;

    private final List<RuleSource> wanted;
    private final SortedMap<String, Rule> rules;
    private final ActionTypes types = ActionTypes.discover();
    private @Nullable RuleCycles cycles;

    private Provocation(Collection<RuleSource> wanted, SortedMap<String, String> definitions) {
        this.wanted = List.copyOf(wanted);
        this.rules = new TreeMap<>();
        definitions.forEach((id, definition) -> compile(definition).ifPresent(rule -> rules.put(id, rule)));
    }

    /** Among the rules of a file alone. */
    public static Provocation among(Collection<RuleSource> wanted) {
        return new Provocation(wanted, definitions(wanted));
    }

    /**
     * Among what is in force when these have been applied.
     *
     * @param prune whether the others are deleted then
     */
    public static Provocation among(Collection<RuleSource> wanted, PublishedRules now, boolean prune) {
        SortedMap<String, String> definitions = definitions(wanted);
        if (!prune) {
            now.rules().forEach((id, rule) -> definitions.putIfAbsent(id, rule.getDefinition()));
        }
        return new Provocation(wanted, definitions);
    }

    private static SortedMap<String, String> definitions(Collection<RuleSource> wanted) {
        SortedMap<String, String> definitions = new TreeMap<>();
        wanted.forEach(rule -> definitions.put(rule.id(), rule.definition()));
        return definitions;
    }

    /** Empty for what is published and no filter takes. */
    private Optional<Rule> compile(String definition) {
        try {
            return Optional.of(Rule.compile(definition, types));
        } catch (RuleRejectedException e) {
            return Optional.empty();
        }
    }

    /**
     * Requires of rules that react to what actions caused, and that may provoke each other so without end, that they say how
     * far.
     *
     * @throws CommandException with the first cycle on which a rule does not say it
     */
    public void requireDepths() {
        List<RuleSource> silent = wanted.stream()
                .filter(source -> !source.depthStated() && reactsToActions(source.id()))
                .toList();
        if (silent.isEmpty()) {
            return;
        }
        for (RuleSource source : silent) {
            cycles().boundedByDepthAlone(source.id()).ifPresent(cycle -> {
                throw new CommandException(source.place() + ": rule '" + source.id()
                        + "' reacts to what actions caused, lies on a cycle of such rules, and does not say how far that may"
                        + " go: expected 'max-depth', such as 'max-depth: 1'; nothing was applied:\n"
                        + String.join("\n", cycle.describe()));
            });
        }
    }

    private boolean reactsToActions(String id) {
        Rule rule = rules.get(id);
        return rule != null && rule.reactsToActions();
    }

    /** Searched for once, and only if somebody asks. */
    private RuleCycles cycles() {
        RuleCycles found = cycles;
        if (found == null) {
            found = RuleCycles.among(rules.values(), types);
            cycles = found;
        }
        return found;
    }

    /** Tells of the cycles that these rules lie on, as notes. */
    public void tell(Collection<String> ids, CommandOutput output) {
        if (ids.isEmpty()) {
            return;
        }
        RuleCycles all = cycles();
        Set<String> asked = new HashSet<>(ids);
        List<Cycle> shown = all.cycles().stream()
                .filter(cycle -> cycle.rules().stream().anyMatch(rule -> asked.contains(rule.id())))
                .toList();
        List<String> lines = new ArrayList<>();
        shown.stream().limit(SHOWN).forEach(cycle -> lines.addAll(cycle.describe()));
        if (shown.size() > SHOWN) {
            lines.add("and " + (shown.size() - SHOWN) + " more such cycles");
        }
        if (!all.isComplete()) {
            lines.add("there are so many rules about the same paths that not all were searched for cycles");
        }
        if (!lines.isEmpty()) {
            output.note(String.join(System.lineSeparator(), lines));
        }
    }
}
