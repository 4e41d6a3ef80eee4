package io.weir.rules;

import io.weir.rules.action.ActionType;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The actions that rules may name, by name. Immutable. */
public final class ActionTypes {
    private final Map<String, ActionType> byName;

    private ActionTypes(Map<String, ActionType> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /** Those that {@link ServiceLoader} finds on the class path. */
    public static ActionTypes discover() {
        return of(ServiceLoader.load(ActionType.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /**
     * Just these.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public static ActionTypes of(Collection<? extends ActionType> types) {
        Map<String, ActionType> byName = new TreeMap<>();
        for (ActionType type : types) {
            ActionType other = byName.put(type.name(), type);
            if (other != null) {
                throw new IllegalArgumentException("action type='" + type.name() + "': provided by both "
                        + other.getClass().getName() + " and " + type.getClass().getName()
                        + "; leave one off the class path");
            }
        }
        return new ActionTypes(byName);
    }

    public Optional<ActionType> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** In the order of their names. */
    public Collection<ActionType> all() {
        return byName.values();
    }
}
