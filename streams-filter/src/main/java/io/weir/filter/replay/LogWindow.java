package io.weir.filter.replay;

import io.weir.schemas.connect.KafkaConnection;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * A stretch of log time of a topic, as offsets of its partitions, by Kafka's own index: of each partition from the first
 * record whose log time is not before {@code from}, up to and without the first whose log time is not before {@code to}.
 *
 * @param partitions by number
 */
public record LogWindow(String topic, NavigableMap<Integer, PartitionWindow> partitions) {
    /**
     * Asks Kafka.
     *
     * @throws ReplayException if records of the stretch have been deleted; it says what is still there
     */
    public static LogWindow of(KafkaConnection connection, String topic, TimeSpan span) {
        try (Consumer<byte[], byte[]> consumer = StateTopic.uncommitted(connection)) {
            LogWindow window = of(consumer, topic, span);
            span.from().ifPresent(window::requireWholeFrom);
            return window;
        }
    }

    /** The same of what is left, without complaint. */
    public static LogWindow ofWhatIsLeft(KafkaConnection connection, String topic, TimeSpan span) {
        try (Consumer<byte[], byte[]> consumer = StateTopic.uncommitted(connection)) {
            return of(consumer, topic, span);
        }
    }

    private static LogWindow of(Consumer<byte[], byte[]> consumer, String topic, TimeSpan span) {
        List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        Map<TopicPartition, Long> oldest = consumer.beginningOffsets(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        Map<TopicPartition, OffsetAndTimestamp> first = at(consumer, all, 0);
        Map<TopicPartition, Long> begin =
                span.from().map(from -> offsets(consumer, all, from, ends)).orElse(oldest);
        Map<TopicPartition, Long> end =
                span.to().map(to -> offsets(consumer, all, to, ends)).orElse(ends);
        NavigableMap<Integer, PartitionWindow> windows = new TreeMap<>();
        for (TopicPartition partition : all) {
            OffsetAndTimestamp found = first.get(partition);
            windows.put(
                    partition.partition(),
                    new PartitionWindow(
                            partition,
                            offset(oldest, partition),
                            offset(begin, partition),
                            Math.max(offset(begin, partition), offset(end, partition)),
                            found == null ? Long.MAX_VALUE : found.timestamp()));
        }
        return new LogWindow(topic, windows);
    }

    private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return offsets.getOrDefault(partition, 0L);
    }

    private static Map<TopicPartition, Long> offsets(
            Consumer<?, ?> consumer, List<TopicPartition> all, Instant moment, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> offsets = new HashMap<>(ends);
        at(consumer, all, Math.max(0, moment.toEpochMilli())).forEach((partition, found) -> {
            if (found != null) {
                offsets.put(partition, found.offset());
            }
        });
        return offsets;
    }

    private static Map<TopicPartition, OffsetAndTimestamp> at(
            Consumer<?, ?> consumer, List<TopicPartition> all, long millis) {
        Map<TopicPartition, Long> asked = new HashMap<>();
        all.forEach(partition -> asked.put(partition, millis));
        return consumer.offsetsForTimes(asked);
    }

    /** The window of a partition, which the topic must have. */
    public PartitionWindow of(int number) {
        PartitionWindow window = partitions.get(number);
        if (window == null) {
            throw new ReplayException("topic='" + topic + "' has no partition " + number
                    + ": its partitions changed meanwhile; try again");
        }
        return window;
    }

    /** From when on all partitions have all records; empty if nothing has been deleted. */
    public Optional<Instant> wholeFrom() {
        return partitions.values().stream()
                .filter(window -> window.isTrimmed() && window.oldestMillis() != Long.MAX_VALUE)
                .map(PartitionWindow::oldestMillis)
                .max(Comparator.naturalOrder())
                .map(Instant::ofEpochMilli);
    }

    /** The log time of the oldest record; empty if there is none. */
    public Optional<Instant> oldest() {
        return partitions.values().stream()
                .map(PartitionWindow::oldestMillis)
                .filter(millis -> millis != Long.MAX_VALUE)
                .min(Comparator.naturalOrder())
                .map(Instant::ofEpochMilli);
    }

    private void requireWholeFrom(Instant from) {
        wholeFrom().filter(from::isBefore).ifPresent(whole -> {
            throw new ReplayException("some records of " + topic + " from " + from
                    + " on have been deleted, since their retention"
                    + " is over: the oldest that is kept is of " + oldest().orElse(whole) + ", and all partitions are"
                    + " whole from " + whole + " on; try --from " + whole);
        });
    }

    /** The same, ending earlier: behind what a map says of each partition by number. */
    public LogWindow upTo(Map<Integer, Long> ends) {
        NavigableMap<Integer, PartitionWindow> windows = new TreeMap<>();
        partitions.forEach((number, window) -> {
            long end = Math.min(window.end(), ends.getOrDefault(number, window.end()));
            windows.put(
                    number,
                    new PartitionWindow(
                            window.partition(),
                            window.oldest(),
                            Math.min(window.begin(), end),
                            end,
                            window.oldestMillis()));
        });
        return new LogWindow(topic, windows);
    }

    /** The same with nothing before it: no state is rebuilt. */
    public LogWindow withoutBefore() {
        NavigableMap<Integer, PartitionWindow> windows = new TreeMap<>();
        partitions.forEach((number, window) -> windows.put(
                number,
                new PartitionWindow(
                        window.partition(), window.begin(), window.begin(), window.end(), window.oldestMillis())));
        return new LogWindow(topic, windows);
    }

    /** How many offsets lie in it, of all partitions. */
    public long size() {
        return sum(window -> window.end() - window.begin());
    }

    /** How many offsets lie before it, of all partitions, and are read for the state at its beginning. */
    public long before() {
        return sum(window -> window.begin() - window.oldest());
    }

    private long sum(ToLongFunction<PartitionWindow> figure) {
        return partitions.values().stream().mapToLong(figure).sum();
    }
}
