package io.weir.filter.replay.verify;

import io.weir.filter.replay.LogWindow;
import io.weir.filter.replay.PartitionWindow;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What is verified: records of events and contributions whose judging is over.
 *
 * @param windows of both topics, by partition
 * @param ends where their partitions ended after the last record that was compared had been written
 */
record Scope(Map<TopicPartition, PartitionWindow> windows, Map<TopicPartition, Long> ends) {
    /** How a recorded claim is to be taken. */
    enum Place {
        /** It is about a record of the window. */
        WITHIN,
        /** It is about a record before or behind the window. */
        OUTSIDE,
        /** It is about a record that there never was. */
        NOWHERE
    }

    static Scope of(LogWindow events, LogWindow contributions, LogWindow allEvents, LogWindow allContributions) {
        Map<TopicPartition, PartitionWindow> windows = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        events.partitions().values().forEach(each -> windows.put(each.partition(), each));
        contributions.partitions().values().forEach(each -> windows.put(each.partition(), each));
        allEvents.partitions().values().forEach(each -> ends.put(each.partition(), each.end()));
        allContributions.partitions().values().forEach(each -> ends.put(each.partition(), each.end()));
        return new Scope(windows, ends);
    }

    Place place(Claim claim) {
        PartitionWindow window = windows.get(claim.source());
        if (window == null || claim.trigger() < 0 || claim.trigger() >= ends.getOrDefault(claim.source(), 0L)) {
            return Place.NOWHERE;
        }
        return window.has(claim.trigger()) ? Place.WITHIN : Place.OUTSIDE;
    }
}
