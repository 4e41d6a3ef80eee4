package io.weir.agent.qumulo;

/** Of which events the file's state is wanted: to read it costs a call. Safe for all threads; must be fast. */
@FunctionalInterface
public interface StateInterest {
    /** No state is ever read for an event. */
    StateInterest NONE = (type, path) -> false;

    /** The state is read for each event. */
    StateInterest ALL = (type, path) -> true;

    /**
     * Whether the state is wanted.
     *
     * @param type word of the rule language
     * @param path in the volume
     */
    boolean wants(String type, String path);
}
