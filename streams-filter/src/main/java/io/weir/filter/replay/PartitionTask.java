package io.weir.filter.replay;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What is done with the records of one partition. Called by one thread, but for {@link #isFull}. */
public interface PartitionTask {
    TopicPartition partition();

    /** Offset of the first record to read. */
    long begin();

    /** Offset behind the last record to read. */
    long end();

    /** Takes a record; they come in their order. */
    void on(ConsumerRecord<byte[], byte[]> record);

    /**
     * All records before an offset have been given; said after each reading.
     *
     * @param ended whether none comes any more
     */
    default void reached(long offset, boolean ended) {}

    /** Whether no more should be read for the moment, since others have to catch up; any thread. */
    default boolean isFull() {
        return false;
    }

    /** Takes more before it is full: all are, and none would ever get on. Any thread. */
    default void giveWay() {}
}
