package io.weir.cli.trace;

import io.weir.cli.search.TopicScan;
import io.weir.schemas.topic.Topics;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/** The topics that records of chains are in, as far as they exist. */
final class ChainTopics {
    /** Those that each installation has, besides the volumes' own. */
    static final List<String> FIXED = List.of(
            Topics.FILE_EVENTS,
            Topics.DECISIONS,
            Topics.AGGREGATES,
            Topics.ACTIONS,
            Topics.DIGESTS,
            Topics.ACTION_RESULTS,
            Topics.DEAD_LETTERS);

    private final TopicScan scan;
    private final Set<String> names;

    ChainTopics(TopicScan scan) {
        this.scan = scan;
        this.names = new TreeSet<>(scan.topics());
        names.removeIf(topic -> !FIXED.contains(topic) && !Topics.hasRequests(topic) && !topic.equals(Topics.ALERTS));
    }

    Set<String> names() {
        return names;
    }

    List<TopicPartition> all() {
        return partitions(topic -> true);
    }

    /** Of requests, also of those that nobody could carry out. */
    List<TopicPartition> requests() {
        return partitions(topic -> Topics.hasRequests(topic) || topic.equals(Topics.DEAD_LETTERS));
    }

    private List<TopicPartition> partitions(Predicate<String> wanted) {
        return names.stream()
                .filter(wanted)
                .flatMap(topic -> scan.partitions(topic).stream())
                .toList();
    }
}
