package io.weir.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something beyond this host failed and may work later: a server that does not answer, or says that it cannot now. Tried
 * again with longer pauses than what fails on this host, since servers are away for minutes.
 */
public final class RemoteFailureException extends IOException {
    private final transient @Nullable Duration retryAfter;

    /** @param message for people: what failed and why; becomes part of a dead letter */
    public RemoteFailureException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    private RemoteFailureException(String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** The server said when to come again. */
    public static RemoteFailureException until(String message, Duration retryAfter) {
        return new RemoteFailureException(message, null, retryAfter);
    }

    /** How long the server wants to be left alone; empty if it did not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
