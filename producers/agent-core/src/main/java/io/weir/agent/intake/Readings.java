package io.weir.agent.intake;

import io.weir.agent.source.Observation.Order;
import java.util.Map;

/**
 * When attributes that were told last had been read, by file. An event that was queued by then tells nothing new, though it
 * is read later, and shows what actions have done meanwhile. Does not outlive the process.
 */
final class Readings {
    private final Map<Long, Long> readBehind = new Recent<>();

    void told(long entry, Order order) {
        if (order.readBehind() > 0) {
            readBehind.remove(entry);
            readBehind.put(entry, order.readBehind());
        }
    }

    boolean show(long entry, Order order) {
        return order.queued() > 0 && order.queued() <= readBehind.getOrDefault(entry, 0L);
    }

    /** The stream begins anew. */
    void clear() {
        readBehind.clear();
    }
}
