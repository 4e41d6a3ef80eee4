package io.weir.agent.claim;

import java.util.function.BooleanSupplier;

/** An agent's time of record, as the thread that delivers keeps it: nothing is delivered outside of it. For one thread. */
public interface Tenure {
    /**
     * Waits until it begins.
     *
     * @param stopping asked now and then; when it is true, this returns
     * @return whether it has begun
     * @throws NotOfRecordException if another is of record, and this agent is not to stand by
     */
    boolean begin(BooleanSupplier stopping) throws InterruptedException;

    /**
     * Tells signs of life that are due. Waits where it is not certain that it still lasts.
     *
     * @return nanoseconds until it is to be called again
     * @throws NotOfRecordException if it is over
     */
    long tend(BooleanSupplier stopping) throws InterruptedException;

    /** Ends it in order, so that another may follow at once. */
    void end() throws InterruptedException;
}
