package io.weir.agent.inotify;

import io.weir.agent.AgentCore;
import io.weir.agent.AgentStatus;
import io.weir.agent.EventOutlet;
import io.weir.agent.claim.ClaimSettings;
import io.weir.agent.claim.Standing;
import java.io.Closeable;

/** An agent for local directories: an {@link InotifySource}, the core, and an outlet, wired. */
public final class InotifyAgent implements Closeable {
    private final AgentCore core;

    private InotifyAgent(AgentCore core) {
        this.core = core;
    }

    /** The same for an agent that is refused where another is of record. */
    public static InotifyAgent open(InotifyAgentConfig config, EventOutlet outlet) {
        return open(config, outlet, ClaimSettings.refused());
    }

    /**
     * Opens the agent's store; nothing runs until {@link #start}. The outlet is closed with the agent.
     *
     * @throws IllegalArgumentException if watched directories overlap
     * @throws java.io.UncheckedIOException if the data directory cannot be used
     */
    public static InotifyAgent open(InotifyAgentConfig config, EventOutlet outlet, ClaimSettings claim) {
        return new InotifyAgent(AgentCore.open(config.agent(), new InotifySource(config.capture()), outlet, claim));
    }

    /** What all agents share. */
    public AgentCore core() {
        return core;
    }

    /** See {@link AgentCore#claim}. */
    public Standing claim() {
        return core.claim();
    }

    /** See {@link AgentCore#standing}. Any thread. */
    public Standing standing() {
        return core.standing();
    }

    /** Starts to watch and to deliver; returns when the first scan is over. */
    public void start() {
        core.start();
    }

    /** How the agent is now. Any thread. */
    public AgentStatus status() {
        return core.status();
    }

    /** Stops at once to watch, then delivers as long as the core's deadline allows. Idempotent. */
    @Override
    public void close() {
        core.close();
    }
}
