package io.weir.agent.claim;

/** The words of {@code AgentClaim.step}. */
final class Step {
    static final String ATTEMPT = "attempt";
    static final String HELD = "held";
    static final String WAITING = "waiting";
    static final String RELEASED = "released";

    private Step() {}
}
