package io.weir.rules.action;

import io.weir.rules.EventTypes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An action that rules may name. Implementations are found by {@code ServiceLoader}; the modules that carry actions out
 * implement it, so that a rule is checked by the code that will act. Stateless.
 */
public interface ActionType {
    /** The word in the rule file, such as {@code quarantine}. */
    String name();

    /** One sentence for {@code weir actions} and the documentation. */
    String summary();

    /** The parameters, in the order of the documentation. */
    List<Parameter> parameters();

    /** Whether the action needs the volume's files; such requests go to {@code weir.actions.<volume>}. */
    boolean needsVolume();

    /**
     * What is wrong with parameters that {@link #parameters()} alone cannot tell, as sentences that name the parameter and
     * say what was expected; empty if nothing is. Called with required parameters present and of the right shape; values
     * still hold their placeholders.
     */
    default List<String> faults(Map<String, Object> parameters) {
        return List.of();
    }

    /**
     * For how long requests of one rule are gathered, given its parameters, which have no {@link #faults}; then one action is
     * carried out for all of them. Empty, as unless told otherwise: each by itself, at once. Only for actions that need no
     * volume.
     */
    default Optional<Duration> gathering(Map<String, Object> parameters) {
        return Optional.empty();
    }

    /**
     * Which events it may cause, given its parameters, which have no {@link #faults}. Unless told otherwise, an action that
     * needs the volume's files may cause any event anywhere, others none.
     */
    default List<Change> changes(Map<String, Object> parameters) {
        return needsVolume() ? List.of(Change.anything(EventTypes.WORDS)) : List.of();
    }

    /**
     * Whether the action, asked for what it has just done itself with the same parameters, finds nothing to do; then a rule
     * with this action alone cannot provoke itself without end. Unless told otherwise, it does not.
     */
    default boolean settles() {
        return false;
    }

    /**
     * A parameter of an action.
     *
     * @param name the key in the rule file
     * @param shape what YAML value it takes
     * @param required whether a rule must give it
     * @param summary one sentence
     */
    record Parameter(String name, Shape shape, boolean required, String summary) {}

    /** The YAML shapes that parameters may have. */
    enum Shape {
        /** A scalar, taken as text ({@code String}). */
        TEXT,
        /** A list of scalars, or one scalar ({@code List<String>}). */
        LIST,
        /** A mapping of scalars ({@code Map<String, String>}). */
        MAP
    }
}
