package io.weir.cli.metrics;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where metrics and health are served. */
public final class MetricsOptions {
    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            order = 45,
            description =
                    "Serve metrics for Prometheus under /metrics, and health under /health/live and /health/ready (default:"
                            + " not).")
    private @Nullable Integer port;

    @Option(
            names = "--metrics-host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            order = 46,
            description = "Name or address to serve them on (default: 127.0.0.1).")
    private String host = "127.0.0.1";

    @Nullable
    Integer port() {
        return port;
    }

    String host() {
        return host;
    }
}
