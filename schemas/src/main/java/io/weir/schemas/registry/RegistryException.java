package io.weir.schemas.registry;

import org.jspecify.annotations.Nullable;

/** The registry refused a request, or none of its addresses answered. */
public final class RegistryException extends RuntimeException {
    /** Error code: subject not found. */
    public static final int SUBJECT_NOT_FOUND = 40401;

    /** Error code: version not found. */
    public static final int VERSION_NOT_FOUND = 40402;

    /** Error code: schema not found. */
    public static final int SCHEMA_NOT_FOUND = 40403;

    /** Error code: the subject has no compatibility level of its own. */
    public static final int COMPATIBILITY_NOT_CONFIGURED = 40408;

    /** Error code: the schema is not valid. */
    public static final int INVALID_SCHEMA = 42201;

    private final int httpStatus;
    private final int errorCode;

    RegistryException(String message, int httpStatus, int errorCode, @Nullable Throwable cause) {
        super(message, cause);
        this.httpStatus = httpStatus;
        this.errorCode = errorCode;
    }

    /** The HTTP status of the last answer; 0 if there was none. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Confluent's error code, such as 40401; the HTTP status if the answer had none; 0 without an answer. */
    public int errorCode() {
        return errorCode;
    }

    /**
     * Whether no address gave an answer that counts, so that trying again later may help. A refusal of the credentials is
     * none, nor is that of a registry which has lost what it had: neither says anything about the schema that was asked
     * for, and records must not be given up for it.
     */
    public boolean isUnavailable() {
        return httpStatus == 0 || isRefusal() || httpStatus == 429 || httpStatus >= 500;
    }

    /**
     * Keeps a record from being passed over as unreadable for want of an answer of the registry.
     *
     * @throws RegistryException if one that is unavailable is what made the reading fail
     */
    public static void throwIfAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryException registry && registry.isUnavailable()) {
                throw registry;
            }
        }
    }

    /** Whether the registry refused who asked. */
    public boolean isRefusal() {
        return httpStatus == 401 || httpStatus == 403 || httpStatus == 407;
    }

    /** Whether the subject, version or schema does not exist. */
    public boolean isNotFound() {
        return httpStatus == 404;
    }
}
