package io.weir.filter;

/** A record's value is not what its schema says; the message tells at which byte and what was expected. */
final class UndecodableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UndecodableException(String message) {
        super(message);
    }

    UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
