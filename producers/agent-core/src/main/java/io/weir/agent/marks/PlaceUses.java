package io.weir.agent.marks;

/**
 * Which of the moves, arrivals and departures that an attempt declared have been seen, and how. Each explains one event of the
 * stream, and one that a scan reveals before: the two may be of the same move.
 */
final class PlaceUses {
    private enum Use {
        /** By its own event. */
        DEPARTURE,
        ARRIVAL,
        /** By what a scan came upon, or another file's event; its own may still come. */
        REVEALED_DEPARTURE,
        REVEALED_ARRIVAL,
        /** As one of several moves of which the ends were seen; its own event may still come. */
        CHAINED,
        /** Not seen, but a later place of the file was told. */
        TOLD,
        /** What a move replaced is gone. */
        REPLACEMENT
    }

    private final String action;
    private final int attempt;
    private final SeenEffects seen;

    PlaceUses(String action, int attempt, SeenEffects seen) {
        this.action = action;
        this.attempt = attempt;
        this.seen = seen;
    }

    private boolean isUsed(int effect, Use use) {
        return seen.contains(action, attempt, effect + " " + use);
    }

    /** Returns whether it was not used yet; it is then. */
    private boolean use(int effect, Use use) {
        return seen.add(action, attempt, effect + " " + use);
    }

    /** A file left; returns whether that was still to be seen. */
    boolean departure(int effect, boolean revealed) {
        return revealed ? !hasDeparted(effect) && use(effect, Use.REVEALED_DEPARTURE) : use(effect, Use.DEPARTURE);
    }

    /** A file came; returns whether that was still to be seen. */
    boolean arrival(int effect, boolean revealed) {
        return revealed ? !hasArrived(effect) && use(effect, Use.REVEALED_ARRIVAL) : use(effect, Use.ARRIVAL);
    }

    /** What a move replaced is gone; returns whether that was still to be seen. */
    boolean replacement(int effect) {
        return use(effect, Use.REPLACEMENT);
    }

    void chained(int effect) {
        use(effect, Use.CHAINED);
    }

    boolean isChained(int effect) {
        return isUsed(effect, Use.CHAINED);
    }

    void laterTold(int effect) {
        use(effect, Use.TOLD);
    }

    boolean isLaterTold(int effect) {
        return isUsed(effect, Use.TOLD);
    }

    private boolean hasDeparted(int effect) {
        return isUsed(effect, Use.DEPARTURE) || isUsed(effect, Use.REVEALED_DEPARTURE);
    }

    boolean hasArrived(int effect) {
        return isUsed(effect, Use.ARRIVAL) || isUsed(effect, Use.REVEALED_ARRIVAL);
    }

    boolean isUnseen(int effect) {
        return !hasDeparted(effect) && !hasArrived(effect);
    }

    /** Whether no part of its own event has come, though it may have been revealed before. */
    boolean isStillToCome(int effect) {
        return !isUsed(effect, Use.DEPARTURE) && !isUsed(effect, Use.ARRIVAL);
    }
}
