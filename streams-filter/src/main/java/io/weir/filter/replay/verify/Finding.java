package io.weir.filter.replay.verify;

/**
 * Something that should not be.
 *
 * @param kind what it is
 * @param place where it lies, such as {@code weir.decisions-2@17}
 * @param what in one sentence
 * @param expected what follows from the log; empty if that does not apply
 * @param found what is recorded; empty if nothing is
 */
public record Finding(Kind kind, String place, String what, String expected, String found) {
    /** What can be amiss. */
    public enum Kind {
        /** The rules of the past are not those that judged. */
        RULES("rules"),
        /** A record says something else than what follows. */
        WRONG("wrong"),
        /** What follows is not recorded. */
        MISSING("missing"),
        /** It is recorded more than once. */
        DOUBLED("doubled"),
        /** Nothing leads to what is recorded. */
        FORGED("forged"),
        /** A record cannot be read. */
        UNREADABLE("unreadable"),
        /** It stands behind what came after it. */
        ORDER("order"),
        /** An agent's numbers lack some, and no gap explains it. */
        HOLE("hole"),
        /** A rule acted, and no action was asked for. */
        NO_REQUEST("no-request"),
        /** An action was asked for, and it is not known what became of it. */
        NO_RESULT("no-result"),
        /** An event is said to have been caused by an action that is not there. */
        NO_ACTION("no-action");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it is printed. */
        public String word() {
            return word;
        }
    }
}
