package io.weir.cli.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.exporter.httpserver.HttpErrorHandlingPolicy;
import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import io.weir.cli.Version;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code /metrics}, {@code /health/live} and {@code /health/ready}, one request at a time. */
public final class MetricsServer implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);

    private final HTTPServer server;
    private final PrometheusMeterRegistry registry;
    private final JvmGcMetrics collections;

    private MetricsServer(HTTPServer server, PrometheusMeterRegistry registry, JvmGcMetrics collections) {
        this.server = server;
        this.registry = registry;
        this.collections = collections;
    }

    /**
     * Listens.
     *
     * @param host name or address to listen on
     * @param port 0: one that is free
     * @param parts asked for each request, by another thread
     * @throws CommandException if it cannot listen there
     */
    public static MetricsServer start(String host, int port, Supplier<List<ComponentState>> parts) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.getPrometheusRegistry().register(new FigureCollector(parts));
        registry.getPrometheusRegistry().register(new KafkaClientCollector(ManagementFactory.getPlatformMBeanServer()));
        JvmGcMetrics collections = new JvmGcMetrics();
        collections.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        Gauge.builder("weir.build.info", () -> 1)
                .description("The version, as a label.")
                .tag("version", Version.number())
                .register(registry);
        try {
            HTTPServer server = HTTPServer.builder()
                    .hostname(host)
                    .port(port)
                    .registry(registry.getPrometheusRegistry())
                    .registerHealthHandler(false)
                    .errorHandlingPolicy(HttpErrorHandlingPolicy.builder()
                            .errorReporter(e -> LOG.warn("A scrape has failed; the next may succeed: {}", e.toString()))
                            .build())
                    .defaultHandler(new HealthHandler(parts))
                    .executorService(Executors.newSingleThreadExecutor(task -> {
                        Thread thread = new Thread(task, "weir-metrics");
                        thread.setDaemon(true);
                        return thread;
                    }))
                    .buildAndStart();
            return new MetricsServer(server, registry, collections);
        } catch (IOException e) {
            throw new CommandException(
                    "cannot serve metrics on '" + host + ":" + port + "': " + Failures.describe(e)
                            + "; try another --metrics-port or --metrics-host",
                    e);
        }
    }

    /** Also serves what a part counts in these, from now on. */
    public void serve(CompositeMeterRegistry meters) {
        meters.add(registry);
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.close();
        collections.close();
        registry.close();
    }
}
