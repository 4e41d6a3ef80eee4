package io.weir.filter;

/**
 * What a judge remembers of its partition. One writer: the thread that runs the judge. Whoever keeps it makes it change
 * together with the judge's position, so that it always says what lies before that position.
 */
public interface JudgeStore {
    /** {@link #rulesOffset} and {@link #volumesOffset} of a partition in which nothing was judged yet. */
    long NONE = Long.MIN_VALUE;

    /**
     * Notes an event's number.
     *
     * <p>A move across directories leaves two records of one number, and where both directories lie in one partition they
     * meet here. So the halves are counted apart, in whichever order they come.
     *
     * @param text holds the agent id in UTF-8
     * @param start where it begins
     * @param length how many bytes it has
     * @param half whether the record is the source half of a move
     * @return true if the number is above the highest seen of this agent in this epoch; false if the event was sent again
     */
    boolean advance(byte[] text, int start, int length, long epoch, long sequence, boolean half);

    /** The offset of the rule set that last judged here, or {@link #NONE}. */
    long rulesOffset();

    /** The offset of the volumes that were registered then, as {@link RegisteredVolumes#offset} has it, or {@link #NONE}. */
    long volumesOffset();

    /** Notes which rule set judges from now on, and with which volumes. */
    void inForce(long rulesOffset, long volumesOffset);
}
