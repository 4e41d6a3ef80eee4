package io.weir.it.faults;

import io.weir.it.e2e.WeirProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A process of Weir's that somebody sees to: while it is wanted, it is started again if it ends. Safe for all threads. */
final class Part implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String name;
    private final Path base;
    private final int port;
    private final String[] arguments;
    private final List<String> ends = new ArrayList<>();
    private Map<String, String> environment = Map.of();
    private @Nullable WeirProcess process;

    /**
     * Not started yet.
     *
     * @param port for its health
     */
    Part(String name, Path base, int port, List<String> arguments) {
        this.name = name;
        this.base = base;
        this.port = port;
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--metrics-port", Integer.toString(port)));
        this.arguments = all.toArray(String[]::new);
    }

    String name() {
        return name;
    }

    /** Whether it is to run. */
    synchronized boolean isWanted() {
        return process != null;
    }

    /** From its next start on. */
    synchronized void environment(Map<String, String> variables) {
        environment = variables;
    }

    /** Starts it, without waiting until it works. */
    synchronized void start() {
        process = WeirProcess.start(base, environment, arguments);
    }

    /** Waits until it works. */
    void awaitReady() {
        Awaitility.await(name)
                .atMost(FaultCampaign.PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> health().startsWith("ready"));
    }

    /** {@code kill -9}; it stays away until it is started. */
    synchronized void kill() {
        gone().ifPresent(WeirProcess::kill);
    }

    /** SIGTERM; it stays away until it is started. */
    synchronized void stop() {
        gone().ifPresent(was -> {
            int code = was.terminate();
            if (code != 0) {
                throw new AssertionError(name + " was told to stop, and ended with " + code + "\n" + was.transcript());
            }
        });
    }

    private Optional<WeirProcess> gone() {
        Optional<WeirProcess> was = Optional.ofNullable(process);
        process = null;
        return was;
    }

    /** As who minds it does: it is started again if it has ended. */
    synchronized void mind() {
        WeirProcess now = process;
        if (now != null && !now.isAlive()) {
            now.awaitExit();
            ends.add(now.err());
            start();
        }
    }

    /** What it said whenever it ended by itself. */
    synchronized List<String> ends() {
        return List.copyOf(ends);
    }

    /** What it says of itself to whoever asks; empty if it does not answer. */
    String health() {
        URI uri = URI.create("http://127.0.0.1:" + port + "/health/ready");
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(uri)
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** For people: how it is, and what it said. */
    synchronized String transcript() {
        WeirProcess now = process;
        return "== " + name + ": " + (now == null ? "stopped" : health() + "\n" + now.transcript())
                + (ends.isEmpty() ? "" : "\nended by itself, saying " + ends);
    }

    @Override
    public synchronized void close() {
        gone().ifPresent(WeirProcess::close);
    }
}
