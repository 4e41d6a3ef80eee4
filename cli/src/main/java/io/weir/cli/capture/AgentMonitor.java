package io.weir.cli.capture;

import io.weir.agent.AgentStatus;
import io.weir.cli.metrics.MetricsServer;
import java.io.Closeable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Serves the metrics of whichever agent runs, if a port is named for that. */
final class AgentMonitor implements Closeable {
    private static final AgentStatus NOTHING_YET = new AgentStatus("starting", Optional.empty(), Map.of(), List.of());

    private volatile Supplier<AgentStatus> status = () -> NOTHING_YET;
    private final @Nullable MetricsServer server;

    private AgentMonitor(MetricsOptions options) {
        Integer port = options.port();
        server = port == null ? null : MetricsServer.start(options.host(), port, () -> status.get());
    }

    /** @throws io.weir.cli.CommandException if the port cannot be had */
    static AgentMonitor start(MetricsOptions options) {
        return new AgentMonitor(options);
    }

    /** From now on it is about this agent. */
    void watch(Supplier<AgentStatus> agent) {
        status = agent;
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
