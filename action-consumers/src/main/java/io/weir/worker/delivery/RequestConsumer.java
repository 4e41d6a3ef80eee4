package io.weir.worker.delivery;

import java.io.Closeable;
import java.time.Duration;

/** Takes the requests of one topic, on a thread of its own. */
public interface RequestConsumer extends Closeable {
    /** Once. */
    void start();

    /** Waits until the group has given it its partitions, be they none; gives whether it has within the limit. */
    boolean awaitAssigned(Duration limit) throws InterruptedException;

    /** Tells it to stop, without waiting; so that all of a worker stop at the same time. */
    void stop();
}
