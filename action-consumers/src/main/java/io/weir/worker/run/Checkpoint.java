package io.weir.worker.run;

/** Places in the step machine where tests let the process die. */
public enum Checkpoint {
    PLANNED,
    LEDGER_BEGUN,
    BEGIN_MARKED,
    STEP_DONE,
    END_MARKED,
    LEDGER_FINISHED;

    /** Is told each place that an attempt comes to. */
    @FunctionalInterface
    public interface Observer {
        Observer NONE = checkpoint -> {};

        void reached(Checkpoint checkpoint);
    }
}
