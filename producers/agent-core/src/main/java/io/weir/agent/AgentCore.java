package io.weir.agent;

import io.weir.agent.source.EventSource;
import io.weir.agent.source.Observation;
import io.weir.agent.source.ObservationSink;
import java.io.Closeable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent: takes what a source observes and delivers events to an outlet.
 *
 * <p>{@link #start} and {@link #close} belong to one thread, {@link #accept} to the source's; {@link #status} may be asked
 * by any.
 */
public final class AgentCore implements ObservationSink, Closeable {
    private final EventSource source;
    private final EventOutlet outlet;

    private AgentCore(EventSource source, EventOutlet outlet) {
        this.source = source;
        this.outlet = outlet;
    }

    /**
     * Opens the store and makes the marks directories of the source's volumes. Nothing runs until {@link #start}. The core
     * closes source and outlet when it is closed.
     *
     * @throws java.io.UncheckedIOException if the data directory cannot be used
     */
    public static AgentCore open(AgentConfig config, EventSource source, EventOutlet outlet) {
        return new AgentCore(source, outlet);
    }

    /** Starts delivery and the source; returns when the source's initial scan is over. */
    public void start() {
        source.start(this);
    }

    @Override
    public void accept(List<Observation> batch) {}

    /** How the agent is now. */
    public AgentStatus status() {
        return new AgentStatus("starting", Optional.empty(), Map.of(), List.of());
    }

    /** Stops the source, delivers what is spooled as far as the deadline allows, and closes the store. Idempotent. */
    @Override
    public void close() {
        source.close();
        outlet.close();
    }
}
