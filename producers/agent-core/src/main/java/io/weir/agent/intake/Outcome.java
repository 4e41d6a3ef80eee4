package io.weir.agent.intake;

/** What became of a change that a source told. Each becomes exactly one of these. */
public enum Outcome {
    /** An event. */
    PUBLISHED("changes-published"),
    /** Part of an event that follows: a run of {@code modified}, or attributes that can be read only at the next event. */
    COALESCED("changes-coalesced"),
    /** Nothing that had not been published. */
    NO_NEWS("changes-no-news"),
    /** Left to the end of an action, which will compare. */
    LEFT_TO_ACTION("changes-left-to-action"),
    /** Of a kind that is not asked for. */
    NOT_ASKED("changes-not-asked");

    private final String figure;

    Outcome(String figure) {
        this.figure = figure;
    }

    /** Its name among the agent's figures. */
    public String figure() {
        return figure;
    }
}
