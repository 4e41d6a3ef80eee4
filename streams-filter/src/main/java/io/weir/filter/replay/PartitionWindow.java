package io.weir.filter.replay;

import org.apache.kafka.common.TopicPartition;

/**
 * A window of a partition, in offsets.
 *
 * @param oldest of the oldest record that is kept: from there the state at the beginning is rebuilt
 * @param begin of the first record in the window
 * @param end behind the last record in the window
 * @param oldestMillis log time of the oldest record, milliseconds since 1970; {@link Long#MAX_VALUE} if there is none
 */
public record PartitionWindow(TopicPartition partition, long oldest, long begin, long end, long oldestMillis) {
    /** Whether records before the oldest one have been deleted. */
    public boolean isTrimmed() {
        return oldest > 0;
    }

    /** Whether a record lies in it. */
    public boolean has(long offset) {
        return offset >= begin && offset < end;
    }
}
