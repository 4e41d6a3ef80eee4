package io.weir.cli.search;

import io.weir.cli.CommandException;
import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.common.TopicPartition;

/** Gives up a reading that does not get on: Kafka's consumer would wait for brokers for ever. */
final class Patience {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Collection<TopicPartition> partitions;
    private long left = Long.MAX_VALUE;
    private long since = System.nanoTime();

    Patience(Collection<TopicPartition> partitions) {
        this.partitions = partitions;
    }

    /**
     * Requires that it gets on.
     *
     * @param nowLeft how many offsets are still to be read
     */
    void require(long nowLeft) {
        if (nowLeft != left) {
            left = nowLeft;
            since = System.nanoTime();
        } else if (System.nanoTime() - since > LIMIT.toNanos()) {
            throw new CommandException(
                    "partition " + partitions.iterator().next() + (partitions.size() > 1 ? " and others" : "")
                            + ": nothing could be read for " + LIMIT.toSeconds()
                            + " s; check that all brokers are up, and try again");
        }
    }
}
