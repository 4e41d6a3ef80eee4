package io.weir.agent.qumulo;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call to the cluster failed: it answered with an error, with what cannot be understood, or not at all. The message says
 * which call, where, why, and what to try.
 */
public final class QumuloException extends IOException {
    private static final long serialVersionUID = 1;

    private final int httpCode;
    private final String errorClass;
    private final String description;

    QumuloException(String message, int httpCode, String errorClass, String description, @Nullable Throwable cause) {
        super(message, cause);
        this.httpCode = httpCode;
        this.errorClass = errorClass;
        this.description = description;
    }

    /** A failure without an answer, or before one. */
    QumuloException(String message, @Nullable Throwable cause) {
        this(message, 0, "", "", cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** The answer's status, or 0 where there was none. */
    public int httpCode() {
        return httpCode;
    }

    /** Such as {@code fs_no_such_entry_error}; empty where the answer had none. */
    public String errorClass() {
        return errorClass;
    }

    /** The cluster's own words; empty where the answer had none. */
    public String description() {
        return description;
    }
}
