package io.weir.cli;

/** A failure that its message explains: what failed, subject='value', why, what was expected, what to try. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
