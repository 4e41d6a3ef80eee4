package io.weir.qumulo.client.rest;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call to the cluster failed: it answered with an error, with what cannot be understood, or not at all. The message says
 * which call, where, why, and what to try.
 */
public final class QumuloException extends IOException {
    private static final long serialVersionUID = 2;

    private final Reason reason;
    private final int httpCode;
    private final String errorClass;
    private final String description;
    private final boolean carriedOut;

    /**
     * Of any reason.
     *
     * @param carriedOut whether the call may have been carried out all the same
     */
    QumuloException(String message, Reason reason, Told told, boolean carriedOut, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.httpCode = told.code();
        this.errorClass = told.errorClass();
        this.description = told.description();
        this.carriedOut = carriedOut;
    }

    /**
     * A failure by what the cluster did not say, or before it was asked.
     *
     * @param cause or null
     */
    public QumuloException(String message, Reason reason, @Nullable Throwable cause) {
        this(message, reason, Told.NOTHING, false, cause);
    }

    /** What an answer says of an error: 0 and empty texts where it says nothing. */
    record Told(int code, String errorClass, String description) {
        static final Told NOTHING = new Told(0, "", "");

        Reason reason() {
            return Reason.of(code, errorClass);
        }
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** By what a caller decides. */
    public Reason reason() {
        return reason;
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

    /**
     * Whether the cluster may have done what it was asked for although the call failed: the answer was lost, or did not
     * tell. Then look before asking again. Never so of calls that only read.
     */
    public boolean mayHaveBeenCarriedOut() {
        return carriedOut;
    }
}
