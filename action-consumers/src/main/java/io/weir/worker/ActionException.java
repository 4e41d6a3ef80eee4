package io.weir.worker;

/** Ends an action with an outcome other than done. Not retried: what may pass by itself is an {@code IOException}. */
public final class ActionException extends Exception {
    private final Outcome outcome;

    public ActionException(Outcome outcome, String detail) {
        super(detail);
        this.outcome = outcome;
    }

    public static ActionException refused(String why) {
        return new ActionException(Outcome.REFUSED, why);
    }

    public static ActionException notTheSameFile(String why) {
        return new ActionException(Outcome.NOT_THE_SAME_FILE, why);
    }

    public static ActionException failed(String why) {
        return new ActionException(Outcome.FAILED, why);
    }

    public Outcome outcome() {
        return outcome;
    }

    /** For people: why, and what to do. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
