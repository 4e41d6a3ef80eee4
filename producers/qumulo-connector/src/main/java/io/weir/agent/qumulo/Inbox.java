package io.weir.agent.qumulo;

import io.weir.agent.qumulo.notify.NotifyEvent;
import io.weir.agent.qumulo.notify.StreamEnd;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one stream has told and nobody has taken yet. The stream's thread never waits: what there is no room for is refused.
 * Safe for all threads.
 */
final class Inbox {
    /** One thing in it. */
    sealed interface Item {}

    /** @param observedAt when they were read, microseconds since 1970 */
    record Events(List<NotifyEvent> events, long observedAt) implements Item {}

    /** Nothing comes any more. */
    record Ended(StreamEnd end) implements Item {}

    private final int most;
    private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final AtomicInteger events = new AtomicInteger();

    /** @param most events */
    Inbox(int most) {
        this.most = most;
    }

    /** Takes events in, if there is room. */
    boolean offer(Events more) {
        if (events.addAndGet(more.events().size()) > most) {
            return false;
        }
        items.add(more);
        return true;
    }

    void ended(StreamEnd end) {
        items.add(new Ended(end));
    }

    /** The next; null if there is none for so long. */
    @Nullable
    Item poll(long nanos) throws InterruptedException {
        Item item = items.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        if (item instanceof Events taken) {
            events.addAndGet(-taken.events().size());
        }
        return item;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** Events in it. */
    int size() {
        return events.get();
    }

    /** Whether it is so full that nothing should be done but to empty it. */
    boolean isFilling() {
        return events.get() > most / 2;
    }
}
