package io.weir.worker;

/** What became of an action. */
public enum Outcome {
    /** All its steps are carried out. */
    DONE("done"),
    /** The file was already as the action would leave it; nothing was touched. */
    NOTHING_TO_DO("nothing-to-do"),
    /** It was asked only to tell what it would do; nothing was touched. */
    WOULD_DO("would-do"),
    /** The worker's policy, or the action itself, forbids it. */
    REFUSED("refused"),
    /** It was tried and cannot be done; the request lies in the dead letters too. */
    FAILED("failed"),
    /** The request was older than its {@code notAfter}. */
    EXPIRED("expired"),
    /** The path has gone or names another file than the one that matched. */
    NOT_THE_SAME_FILE("not-the-same-file");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** The word in {@code ActionResult.outcome}. */
    public String word() {
        return word;
    }

    /**
     * The outcome with this word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Outcome of(String word) {
        for (Outcome outcome : values()) {
            if (outcome.word.equals(word)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("outcome='" + word + "': not one that a worker reports");
    }
}
