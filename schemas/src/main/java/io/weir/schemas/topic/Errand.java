package io.weir.schemas.topic;

/**
 * The id of an action that people (or a worker, in their place) ask for about another action: to undo it, or to purge what it
 * put into quarantine.
 */
public final class Errand {
    private static final String MARK = "-u";

    private Errand() {}

    /**
     * The id of one.
     *
     * @param action id of the action that it is about
     * @param occasion letters and digits that tell it from other times that the same is asked for
     */
    public static String id(String action, String occasion) {
        return action + MARK + occasion;
    }

    /** The id of the action that an errand with this id is about; the id itself, if it is none of an errand. */
    public static String about(String id) {
        int mark = id.lastIndexOf(MARK);
        return mark <= 0 ? id : id.substring(0, mark);
    }
}
