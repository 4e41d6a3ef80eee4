package io.weir.cli.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.cli.search.EventSearch;
import io.weir.cli.search.FoundRecord;
import io.weir.cli.search.TopicScan;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Takes the records of one chain out of all topics, in one pass. They have its correlation id in a header; but not the first
 * event, which nothing of ours has caused, nor that event as a dead letter: those are known by the event's id. Belongs to
 * one thread.
 */
final class ChainReader {
    private static final Set<String> EVENTS = Set.of(Topics.FILE_EVENTS, Topics.DEAD_LETTERS);

    private final TopicScan scan;
    private final int limit;
    private final byte[] correlation;
    private final Optional<EventSearch> first;
    private final List<FoundRecord> records = new ArrayList<>();
    private long more;

    private ChainReader(TopicScan scan, Origin origin, Optional<EventId> first, int limit) {
        this.scan = scan;
        this.limit = limit;
        this.correlation = origin.correlationId().getBytes(UTF_8);
        this.first = first.map(id -> new EventSearch(scan, id));
    }

    /**
     * Reads the chain.
     *
     * @param limit how many records are kept; more are counted
     */
    static Chain read(TopicScan scan, ChainTopics topics, Origin origin, int limit) {
        Optional<EventId> first = EventId.tryParse(origin.correlationId());
        ChainReader reader = new ChainReader(scan, origin, first, limit);
        scan.forEach(topics.all(), origin.range(), reader::take);
        return new Chain(origin, reader.records, reader.more);
    }

    /**
     * What was read.
     *
     * @param more how many records the chain has besides
     */
    record Chain(Origin origin, List<FoundRecord> records, long more) {
        Chain {
            records = List.copyOf(records);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (!isOfChain(record)) {
            return;
        }
        if (records.size() < limit) {
            records.add(scan.decode(record));
        } else {
            more++;
        }
    }

    private boolean isOfChain(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(Causation.CORRELATION_ID);
        if (header != null) {
            return Arrays.equals(header.value(), correlation);
        }
        return first.isPresent()
                && EVENTS.contains(record.topic())
                && first.get().isOf(record);
    }
}
