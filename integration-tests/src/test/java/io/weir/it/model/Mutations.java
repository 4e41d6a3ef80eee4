package io.weir.it.model;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is switched off.
 *
 * @param agent safeguards of the agent's judge, by name
 * @param others those outside the agent
 */
record Mutations(Set<String> agent, Set<Mutation> others) {
    static final Mutations NONE = new Mutations(Set.of(), Set.of());

    /** The one that is switched off, or several. */
    String name() {
        return Stream.concat(agent.stream(), others.stream().map(Enum::name)).collect(Collectors.joining("+"));
    }

    boolean has(Mutation mutation) {
        return others.contains(mutation);
    }
}
