package io.weir.cli.up;

import io.weir.cli.CommandException;
import io.weir.cli.StopRequest;
import io.weir.cli.lines.Line;
import java.io.Closeable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks after the parts of an instance: says once what one cannot do at present, and ends the instance when one has failed for
 * good. One thread, once a second.
 */
final class Health implements Closeable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /**
     * A question to a part.
     *
     * @param part its name
     * @param fault why it does not do its work; empty if it does
     * @param fatal whether it cannot recover from that
     */
    record Probe(String part, Supplier<Optional<String>> fault, boolean fatal) {}

    private final List<Probe> probes;
    private final Consumer<Line> lines;
    private final StopRequest stop;
    private final StopRequest closing = new StopRequest();
    private final Map<Probe, Optional<String>> last = new HashMap<>();
    private final Thread thread = new Thread(this::run, "weir-health");

    Health(List<Probe> probes, Consumer<Line> lines, StopRequest stop) {
        this.probes = List.copyOf(probes);
        this.lines = lines;
        this.stop = stop;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closing.await(INTERVAL)) {
                probes.forEach(this::ask);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Probe probe) {
        Optional<String> fault = probe.fault().get();
        if (fault.equals(last.put(probe, fault)) || fault.isEmpty()) {
            return;
        }
        if (probe.fatal()) {
            stop.fail(new CommandException(probe.part() + " has failed: " + fault.get()));
        } else {
            lines.accept(new Line.Failure(probe.part() + ": " + fault.get()));
        }
    }

    @Override
    public void close() {
        closing.request();
    }
}
