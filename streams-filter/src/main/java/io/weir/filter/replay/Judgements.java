package io.weir.filter.replay;

import io.weir.filter.Output;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes what the records of one partition lead to. Called by one thread, but for {@link #isFull}. */
public interface Judgements {
    /**
     * A record led to something.
     *
     * @param record which was read; it may lie before the window
     * @param outputs not empty
     */
    void on(ConsumerRecord<byte[], byte[]> record, List<Output> outputs);

    /**
     * All that records before an offset lead to has been given.
     *
     * @param millis log time of the last record read; {@link Long#MIN_VALUE} before the first
     */
    default void reached(long offset, long millis, boolean ended) {}

    /** Whether no more should be judged for the moment; any thread. */
    default boolean isFull() {
        return false;
    }

    /** As {@link PartitionTask#giveWay}. */
    default void giveWay() {}
}
