package io.weir.agent.marks;

/** The parts of the rule that tests take away one at a time, to show that the model test then finds a violation. */
enum Safeguard {
    /** An event inside a window is own only if it is of a declared aspect. */
    ASPECTS,
    /** The comparison at the end mark. */
    COMPARE_AT_END,
    /** The comparison looks at all fields, not just at the declared ones. */
    FIELD_BY_FIELD,
    /** A value that another begun action declares is not odd. */
    JOINT,
    /** An action that is closed explains values while one that began beside it, on the same file, is open. */
    BESIDE,
    /** What a program of ours may have changed in its scope is not told at the end of another action. */
    SCOPE_BESIDE,
    /** A window stays open while any attempt is. */
    EVERY_ATTEMPT,
    /** A dead attempt is ended by a mark that the agent puts through the stream. */
    END_FOR_THE_DEAD,
    /** Marks explain what a scan reveals. */
    EXPLAIN_SCANS,
    /** Several declared moves, one after another, explain one that shows only its ends. */
    MOVE_CHAINS,
    /** A declared move explains that a file left, not that it was deleted, or that files below it are gone. */
    DEPARTURES,
    /** An event that shows what is known is merged. */
    NO_NEWS,
    /** A begin mark on disk explains what is read before it comes through the stream. */
    AHEAD
}
