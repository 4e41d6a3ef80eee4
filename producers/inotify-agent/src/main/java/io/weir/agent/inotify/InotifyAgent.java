package io.weir.agent.inotify;

import io.weir.agent.AgentCore;
import io.weir.agent.AgentStatus;
import io.weir.agent.EventOutlet;
import java.io.Closeable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An agent for local directories: an {@link InotifySource}, the core, and an outlet, wired. */
public final class InotifyAgent implements Closeable {
    private final InotifySource source;
    private final AgentCore core;

    private InotifyAgent(InotifySource source, AgentCore core) {
        this.source = source;
        this.core = core;
    }

    /**
     * Opens the agent's store; nothing runs until {@link #start}. The outlet is closed with the agent.
     *
     * @throws IllegalArgumentException if watched directories overlap
     * @throws java.io.UncheckedIOException if the data directory cannot be used
     */
    public static InotifyAgent open(InotifyAgentConfig config, EventOutlet outlet) {
        InotifySource source = new InotifySource(config.capture());
        return new InotifyAgent(source, AgentCore.open(config.agent(), source, outlet));
    }

    /** Starts to watch and to deliver; returns when the first scan is over. */
    public void start() {
        core.start();
    }

    /** How the agent is now, with the figures of the capture. Any thread. */
    public AgentStatus status() {
        AgentStatus status = core.status();
        Map<String, Long> figures = new HashMap<>(status.figures());
        figures.putAll(source.figures());
        Optional<String> failure = source.failure();
        return failure.isPresent()
                ? new AgentStatus("degraded", failure, figures, status.gaps())
                : new AgentStatus(status.state(), status.cause(), figures, status.gaps());
    }

    /** Stops at once to watch, then delivers as long as the core's deadline allows. Idempotent. */
    @Override
    public void close() {
        core.close();
    }
}
