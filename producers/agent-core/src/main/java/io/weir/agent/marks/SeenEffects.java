package io.weir.agent.marks;

import java.util.Map;
import java.util.SortedMap;

/**
 * Which declared moves, arrivals and departures have been seen, so that each explains one event; and notes on what else was
 * seen. Outlives the process: what was seen before a kill must not be looked for after it. Changes with the transaction of what was seen.
 */
public interface SeenEffects {
    boolean contains(String action, int attempt, String effect);

    /** Returns whether it was not there yet. */
    boolean add(String action, int attempt, String effect);

    /** Adds a note about the action; notes are numbered from 1. */
    void note(String action, int number, String note);

    /** The notes about an action, in the order of their numbers. */
    SortedMap<Integer, String> notes(String action);

    /** Drops a note. */
    void forgetNote(String action, int number);

    /** The action is closed: its effects and notes are not needed any more. */
    void forget(String action);

    /**
     * Keeps that an attempt is closed.
     *
     * @param begin name of its begin mark
     * @param how read by whoever wrote it
     */
    void close(String begin, String how);

    /** The attempts that are closed, by the names of their begin marks. */
    Map<String, String> closed();

    /** The mark files of a closed attempt have been deleted. */
    void forgetClosed(String begin);
}
