package io.weir.rules;

import dk.brics.automaton.Automaton;
import dk.brics.automaton.BasicAutomata;
import dk.brics.automaton.BasicOperations;
import dk.brics.automaton.State;
import dk.brics.automaton.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The paths that a template may give for events on certain paths; rather too many than too few. */
public final class TemplateLanguage {
    private static final Automaton SLASH = BasicAutomata.makeChar('/');

    private final Automaton paths;
    private final String ruleId;

    /**
     * @param paths of the events
     * @param ruleId of the rule that the template belongs to
     */
    public TemplateLanguage(Automaton paths, String ruleId) {
        this.paths = paths;
        this.ruleId = ruleId;
    }

    /** What the template may give. */
    public Automaton of(Template template) {
        List<Automaton> results = new ArrayList<>();
        for (Template.Part part : template.parts()) {
            if (part instanceof Template.Literal literal) {
                results.add(literal(literal.text()));
            } else if (part instanceof Template.Insertion insertion) {
                results.add(insertion(insertion.placeholder()));
            }
        }
        return BasicOperations.concatenate(results);
    }

    /** A dot or a slash at an end may be left out when the placeholder beside it is filled in. */
    private static Automaton literal(String text) {
        Automaton all = BasicAutomata.makeString(text);
        if (text.endsWith(".")) {
            all = all.union(BasicAutomata.makeString(text.substring(0, text.length() - 1)));
        }
        return all;
    }

    private Automaton insertion(Placeholder placeholder) {
        return switch (placeholder.word()) {
            case "event.path" -> paths;
            case "event.directory" -> directories(paths);
            case "event.name" -> names(paths);
            case "rule.id" -> BasicAutomata.makeString(ruleId);
            default -> placeholder.kind() == Escape.Kind.VALUE ? GlobLanguage.names() : BasicAutomata.makeAnyString();
        };
    }

    /** The directories above these paths, but for the root. */
    public static Automaton above(Automaton paths) {
        Automaton above =
                before(paths, SLASH.concatenate(BasicAutomata.makeAnyChar().repeat(1)));
        return BasicOperations.intersection(above, BasicAutomata.makeAnyChar().repeat(1));
    }

    /** The directories that hold these paths; of those in the root directory, nothing or a slash. */
    private static Automaton directories(Automaton paths) {
        return before(paths, SLASH.concatenate(GlobLanguage.name())).union(SLASH);
    }

    private static Automaton before(Automaton paths, Automaton rest) {
        Automaton result = paths.clone();
        result.expandSingleton();
        Set<State> states = result.getStates();
        List<State> before = states.stream()
                .filter(state ->
                        !BasicOperations.intersection(from(state), rest).isEmpty())
                .toList();
        states.forEach(state -> state.setAccept(before.contains(state)));
        result.removeDeadTransitions();
        return result;
    }

    /** The last names of these paths. */
    private static Automaton names(Automaton paths) {
        List<Automaton> rests = new ArrayList<>();
        Automaton all = paths.clone();
        all.expandSingleton();
        for (State state : all.getStates()) {
            for (Transition transition : state.getTransitions()) {
                if (transition.getMin() <= '/' && transition.getMax() >= '/') {
                    rests.add(from(transition.getDest()));
                }
            }
        }
        return BasicOperations.intersection(BasicOperations.union(rests), GlobLanguage.names());
    }

    private static Automaton from(State start) {
        Automaton automaton = new Automaton();
        automaton.setInitialState(start);
        automaton.setDeterministic(false);
        return automaton;
    }
}
