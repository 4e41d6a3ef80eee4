package io.weir.rules.cycle;

import dk.brics.automaton.Automaton;
import dk.brics.automaton.State;
import dk.brics.automaton.Transition;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What all texts of a language begin with. */
final class Prefix {
    private static final int LONGEST = 4096;

    private Prefix() {}

    /** As long as it can be had without more than one choice; the text itself, if there is only one. */
    static String of(Automaton texts) {
        String only = texts.getSingleton();
        if (only != null) {
            return only;
        }
        StringBuilder prefix = new StringBuilder();
        Set<State> states = Set.of(texts.getInitialState());
        Optional<Character> next = onlyNext(states);
        while (next.isPresent() && prefix.length() < LONGEST) {
            prefix.append(next.get());
            states = states.stream()
                    .flatMap(state -> state.getTransitions().stream())
                    .map(Transition::getDest)
                    .collect(Collectors.toSet());
            next = onlyNext(states);
        }
        return prefix.toString();
    }

    /** The character that leads on from all of these states, if there is just one and none of them ends a text. */
    private static Optional<Character> onlyNext(Set<State> states) {
        @Nullable Character only = null;
        for (State state : states) {
            for (Transition transition : state.getTransitions()) {
                char c = transition.getMin();
                if (c != transition.getMax() || (only != null && only != c)) {
                    return Optional.empty();
                }
                only = c;
            }
            if (state.isAccept()) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(only);
    }
}
