package io.weir.agent.qumulo.notify;

/**
 * Why a stream has ended. Nothing of what happened since its last line is told by the next one.
 *
 * @param reason its kind
 * @param why for people
 */
public record StreamEnd(Reason reason, String why) {
    /** Kinds of ends, by what is to be done next. */
    public enum Reason {
        /** Between two lines: the node was stopped, or its address moved. */
        CLOSED,
        /** Within a line, or by a reset. */
        CUT,
        /** Not even a keepalive came for too long. */
        SILENT,
        /** The cluster lost events, or told what cannot be understood. */
        LOST,
        /** The endpoint did not answer, or not now; another may. */
        UNAVAILABLE,
        /** The cluster does not accept the token any more. */
        UNAUTHORIZED,
        /** The cluster does not do what was asked; asking again changes nothing until somebody mends it. */
        REFUSED,
        /** It was told to end here. */
        STOPPED
    }
}
