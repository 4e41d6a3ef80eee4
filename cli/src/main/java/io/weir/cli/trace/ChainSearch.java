package io.weir.cli.trace;

import io.weir.cli.search.EventSearch;
import io.weir.cli.search.FoundRecord;
import io.weir.cli.search.TimeRange;
import io.weir.cli.search.TopicScan;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Finds the chain that an id belongs to. Tried first is what reads least: decisions have the event's id for a key, results
 * that of the action, so one partition tells. Events without a decision, and actions without a result, are read for.
 * Belongs to one thread.
 */
final class ChainSearch {
    /** How far the clocks of two brokers may be apart: log time is that of the partition's leader. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final TopicScan scan;
    private final ChainTopics topics;
    private final TimeRange range;
    private @Nullable String notFound;

    ChainSearch(TopicScan scan, ChainTopics topics, TimeRange range) {
        this.scan = scan;
        this.topics = topics;
        this.range = range;
    }

    /**
     * Finds the chain of an event, by its id.
     *
     * @return if nothing of the event is found, a chain that it would be the first of
     */
    Origin ofEvent(EventId id) {
        String text = id.toString();
        Optional<FoundRecord> decision = scan.findKey(Topics.DECISIONS, text, range);
        if (decision.isPresent()) {
            String correlation = correlation(decision.get()).orElse(text);
            return correlation.equals(text) ? begunBy(text, decision) : ofCorrelation(correlation);
        }
        EventSearch search = new EventSearch(scan, id);
        Optional<FoundRecord> event = search.find(range);
        if (event.isEmpty()) {
            notFound = search.notThere();
            return new Origin(text, range);
        }
        Optional<String> correlation = correlation(event.get());
        return correlation.isEmpty() ? new Origin(text, from(event.get().time())) : ofCorrelation(correlation.get());
    }

    /** Finds the chain of an action, by its id; or else the one whose correlation id it is. */
    Origin ofAction(String id) {
        return scan.findKey(Topics.ACTION_RESULTS, id, range)
                .or(() -> request(id))
                .flatMap(ChainSearch::correlation)
                .map(this::ofCorrelation)
                .orElseGet(() -> ofCorrelation(id));
    }

    private Optional<FoundRecord> request(String id) {
        List<TopicPartition> partitions = topics.requests();
        return scan.findText(partitions, range, id, record -> record.value(ActionRequest.class)
                .filter(request -> request.getId().equals(id))
                .isPresent());
    }

    private Origin ofCorrelation(String correlation) {
        return begunBy(correlation, scan.findKey(Topics.DECISIONS, correlation, range));
    }

    /** The decision about the first event says where that lies; nothing of the chain is older. */
    private Origin begunBy(String correlation, Optional<FoundRecord> decision) {
        return decision.flatMap(found -> found.value(Decision.class))
                .flatMap(d -> scan.at(new TopicPartition(Topics.FILE_EVENTS, d.getPartition()), d.getOffset()))
                .map(scan::decode)
                .filter(record -> record.value(FileEvent.class)
                        .filter(event -> EventId.of(event).toString().equals(correlation))
                        .isPresent())
                .map(event -> new Origin(correlation, from(event.time())))
                .orElseGet(() -> new Origin(correlation, range));
    }

    private TimeRange from(Instant time) {
        return range.from(time.minus(SKEW));
    }

    /** What to say of the event that was not found, if one was looked for. */
    Optional<String> notFound() {
        return Optional.ofNullable(notFound);
    }

    private static Optional<String> correlation(FoundRecord record) {
        return record.causation().map(Causation::correlationId);
    }
}
