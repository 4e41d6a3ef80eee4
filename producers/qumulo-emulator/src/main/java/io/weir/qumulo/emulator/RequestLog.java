package io.weir.qumulo.emulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last requests that came, in their order. Safe for all threads. */
final class RequestLog {
    private static final int KEPT = 100_000;

    private final Deque<SeenRequest> requests = new ArrayDeque<>();

    synchronized void add(SeenRequest request) {
        if (requests.size() == KEPT) {
            requests.removeFirst();
        }
        requests.add(request);
    }

    synchronized List<SeenRequest> all() {
        return List.copyOf(requests);
    }

    synchronized void clear() {
        requests.clear();
    }
}
