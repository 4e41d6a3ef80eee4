package io.weir.worker;

import org.jspecify.annotations.Nullable;

/** The worker itself cannot act at present. Nothing is wrong with the request: it waits, and is never given up for this. */
public class UnableToWorkException extends RuntimeException {
    public UnableToWorkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
