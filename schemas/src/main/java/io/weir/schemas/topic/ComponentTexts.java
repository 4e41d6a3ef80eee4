package io.weir.schemas.topic;

/** What {@code ComponentStatus.texts} tells, by these names. */
public final class ComponentTexts {
    /**
     * Of a worker: the lock that its process holds, as its begin marks name it. No other process has ever had the same. An
     * agent that cannot see the lock itself takes a process for dead that reports another one, reports that it has stopped,
     * or has not reported for a minute.
     */
    public static final String LOCK = "lock";

    /** Of a worker: what is stopped by {@code weir stop}, for people. */
    public static final String STOPPED = "stopped";

    /** Of an agent: what it does not report of what it watches, one a line: {@code volume:} and a glob on its paths. */
    public static final String EXCLUDED = "excluded";

    private ComponentTexts() {}
}
