package io.weir.qumulo.client.rest;

/**
 * Is asked right before each attempt to send a call, with the connection at hand: also before one that goes to another
 * endpoint or comes after a pause. What is not written within ten seconds then is not sent. Safe for all threads.
 */
@FunctionalInterface
public interface SendGuard {
    /** Always yes. */
    SendGuard NONE = () -> {};

    /**
     * Returns if the call may be sent.
     *
     * @throws RuntimeException if nothing is to be sent now; who made the call gets it
     */
    void requireSendable();
}
