package io.weir.agent;

import io.weir.agent.claim.ClaimLog;
import io.weir.agent.claim.LogPosition;
import io.weir.schemas.ComponentStatus;
import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where events go from the spool. All methods but {@link #fault} and {@link #close} are called by one thread. */
public interface EventOutlet extends Closeable {
    /**
     * Takes events in the order of their sequence numbers, each once in the life of the outlet. May wait for room. What
     * cannot be delivered is tried again by the outlet, for ever: it gives up only when it is closed.
     *
     * @param acknowledgement told of each event, by any thread, once it is safe where it was to go
     */
    void deliver(List<SpooledEvent> events, Acknowledgement acknowledgement) throws InterruptedException;

    /** Takes the agent's status, every few seconds; the future completes when it is there, exceptionally if it is dropped. */
    default CompletableFuture<LogPosition> report(ComponentStatus status) throws InterruptedException {
        return CompletableFuture.completedFuture(new LogPosition(0, 0));
    }

    /** Where statuses can be read by which agents claim what they watch; empty if nobody else delivers there. Any thread. */
    default Optional<ClaimLog> claims() {
        return Optional.empty();
    }

    /** Why nothing gets out at present, and what to do; empty if all is well. Any thread. */
    default Optional<String> fault() {
        return Optional.empty();
    }

    /** Stops at once; what is not acknowledged is delivered after the next start, with the same ids. */
    @Override
    void close();

    /** Told of events that are safe. */
    interface Acknowledgement {
        /** The event with this sequence number is safe. Any order, any thread. */
        void safe(long sequence);
    }
}
