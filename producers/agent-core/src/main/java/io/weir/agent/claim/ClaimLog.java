package io.weir.agent.claim;

import io.weir.schemas.ComponentStatus;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;

/** The log of statuses, for reading. */
public interface ClaimLog {
    /** An agent's status and where it lies. */
    record Entry(LogPosition position, ComponentStatus status) {}

    /**
     * Begins to read at the beginning of the log.
     *
     * @throws UnreachableException if it cannot be read at present
     */
    Reader open();

    /** Reads on. For one thread. */
    interface Reader extends Closeable {
        /**
         * The next statuses of agents; none if none came in that time.
         *
         * @throws UnreachableException if they cannot be read at present
         */
        List<Entry> poll(Duration atMost) throws InterruptedException;

        /** All before this offset has been read. */
        long offset();

        @Override
        void close();
    }

    /** The log cannot be reached; it may be later. */
    final class UnreachableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnreachableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
