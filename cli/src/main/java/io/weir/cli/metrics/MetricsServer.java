package io.weir.cli.metrics;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.weir.agent.AgentStatus;
import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Answers {@code /metrics} and {@code /-/healthy}, one request at a time. */
public final class MetricsServer implements Closeable {
    private final HTTPServer server;

    private MetricsServer(HTTPServer server) {
        this.server = server;
    }

    /**
     * Listens.
     *
     * @param host name or address to listen on
     * @param port 0: one that is free
     * @param status asked for each request, by another thread
     * @throws CommandException if it cannot listen there
     */
    public static MetricsServer start(String host, int port, Supplier<AgentStatus> status) {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(new AgentCollector(status));
        try {
            return new MetricsServer(HTTPServer.builder()
                    .hostname(host)
                    .port(port)
                    .registry(registry)
                    .registerHealthHandler(false)
                    .defaultHandler(new HealthHandler(status))
                    .executorService(Executors.newSingleThreadExecutor(task -> {
                        Thread thread = new Thread(task, "weir-metrics");
                        thread.setDaemon(true);
                        return thread;
                    }))
                    .buildAndStart());
        } catch (IOException e) {
            throw new CommandException(
                    "cannot serve metrics on '" + host + ":" + port + "': " + Failures.describe(e)
                            + "; try another --metrics-port or --metrics-host",
                    e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
