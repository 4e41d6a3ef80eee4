package io.weir.filter.replay;

/** Past events cannot be judged again as asked for; the message says why, and what can be done. */
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ReplayException(String message) {
        super(message);
    }

    public ReplayException(String message, Throwable cause) {
        super(message, cause);
    }
}
