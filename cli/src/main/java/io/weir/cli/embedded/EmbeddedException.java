package io.weir.cli.embedded;

import org.jspecify.annotations.Nullable;

/** The embedded broker or registry cannot start or go on. The message says why and what to do. */
public final class EmbeddedException extends RuntimeException {
    EmbeddedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
