package io.weir.it.e2e;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a test has opened; what came last is closed first. */
final class Opened {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** The same, to be closed. */
    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    void closeAll() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}
