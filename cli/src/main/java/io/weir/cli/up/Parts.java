package io.weir.cli.up;

import io.weir.cli.Failures;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an instance has started, to be stopped in the reverse order. Safe for all threads. */
final class Parts implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private record Part(String name, Closeable closeable) {}

    private final Deque<Part> parts = new ArrayDeque<>();

    /** Takes over a part. */
    synchronized <T extends Closeable> T add(String name, T part) {
        parts.push(new Part(name, part));
        return part;
    }

    /** Stops all; one that fails to does not keep the others from it. */
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.closeable().close();
            } catch (IOException | RuntimeException e) {
                LOG.warn(
                        "{} did not stop in order: {}; the next start goes on all the same",
                        part.name(),
                        Failures.describe(e));
            }
        }
    }
}
