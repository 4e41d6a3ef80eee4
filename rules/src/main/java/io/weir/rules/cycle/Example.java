package io.weir.rules.cycle;

import dk.brics.automaton.Automaton;
import dk.brics.automaton.BasicAutomata;
import dk.brics.automaton.BasicOperations;
import dk.brics.automaton.RegExp;
import java.util.List;

/** A path to show for many. */
final class Example {
    private static final Automaton PLAIN = paths("[a-z][a-z0-9]*([.][a-z0-9]+)*");
    private static final Automaton HIDDEN = paths("[.]?[a-z0-9]+([.][a-z0-9]+)*");
    private static final Automaton PRINTABLE = paths("[ -.0-~]+");

    private Example() {}

    private static Automaton paths(String name) {
        return new RegExp("(/" + name + ")+", RegExp.NONE).toAutomaton();
    }

    /** One of the shortest of these paths; if there is one, of characters that one can read. */
    static String of(Automaton paths) {
        for (Automaton readable : List.of(PLAIN, HIDDEN, PRINTABLE, BasicAutomata.makeAnyString())) {
            Automaton some = BasicOperations.intersection(paths, readable);
            if (!some.isEmpty()) {
                return some.getShortestExample(true);
            }
        }
        throw new IllegalArgumentException("there is no path");
    }
}
