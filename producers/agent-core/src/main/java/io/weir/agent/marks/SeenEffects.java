package io.weir.agent.marks;

/**
 * Which declared moves, arrivals and departures have been seen, so that each explains one event. Outlives the process: what
 * was seen before a kill must not be looked for after it. Changes with the transaction of what was seen.
 */
public interface SeenEffects {
    boolean contains(String action, int attempt, String effect);

    /** Returns whether it was not there yet. */
    boolean add(String action, int attempt, String effect);

    /** The action is closed. */
    void forget(String action);
}
