package io.weir.cli.metrics;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.weir.agent.AgentStatus;
import io.weir.filter.FilterApplication;
import io.weir.worker.WorkerApplication;
import java.io.Closeable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Serves metrics and health of the parts of this process, if a port is named for that. Safe for all threads. */
public final class Monitor implements Closeable {
    private final Map<String, Supplier<ComponentState>> parts = new LinkedHashMap<>();
    private final @Nullable MetricsServer server;

    private Monitor(MetricsOptions options, String... kinds) {
        for (String kind : kinds) {
            parts.put(kind, () -> ComponentState.starting(kind));
        }
        Integer port = options.port();
        server = port == null ? null : MetricsServer.start(options.host(), port, this::states);
    }

    /**
     * Listens, if that is asked for.
     *
     * @param kinds of the parts that are to come; not ready until then
     * @throws io.weir.cli.CommandException if the port cannot be had
     */
    public static Monitor start(MetricsOptions options, String... kinds) {
        return new Monitor(options, kinds);
    }

    private List<ComponentState> states() {
        List<Supplier<ComponentState>> now;
        synchronized (this) {
            now = List.copyOf(parts.values());
        }
        return now.stream().map(Supplier::get).toList();
    }

    /** From now on it is about this agent. */
    public void watchAgent(Supplier<AgentStatus> status) {
        watch("agent", () -> ComponentState.of(status.get()));
    }

    /** From now on it is about this filter. */
    public void watch(FilterApplication filter) {
        watch("filter", () -> ComponentState.of(filter));
        serve(filter.meters());
    }

    /** From now on it is about this worker. */
    public void watch(WorkerApplication worker) {
        watch("worker", () -> ComponentState.of(worker));
        serve(worker.meters());
    }

    private synchronized void watch(String kind, Supplier<ComponentState> state) {
        parts.put(kind, state);
    }

    private void serve(CompositeMeterRegistry meters) {
        if (server != null) {
            server.serve(meters);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
