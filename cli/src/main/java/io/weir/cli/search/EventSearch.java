package io.weir.cli.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.rules.language.Words;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Looks for an event in {@code weir.file-events}. All partitions are read, since records are keyed by directory, not by id.
 * Belongs to one thread.
 */
public final class EventSearch {
    private static final int MOST_AGENTS = 50;

    private final TopicScan scan;
    private final EventId id;
    private final EventIdBytes bytes;
    private final SortedMap<String, byte[]> agents = new TreeMap<>();

    public EventSearch(TopicScan scan, EventId id) {
        this.scan = scan;
        this.id = id;
        this.bytes = new EventIdBytes(id);
    }

    /** Finds the event itself: not the half of a move that lies under the old directory. */
    public Optional<FoundRecord> find(TimeRange range) {
        return scan.find(scan.partitions(Topics.FILE_EVENTS), range, this::isIt).map(scan::decode);
    }

    /** Whether a record is of the event: itself, sent again, or either half of a move. */
    public boolean isOf(ConsumerRecord<byte[], byte[]> record) {
        return event(record).filter(bytes::isOf).isPresent();
    }

    private boolean isIt(ConsumerRecord<byte[], byte[]> record) {
        note(record);
        return event(record)
                .filter(event -> bytes.isOf(event) && event.getHalf() == null)
                .isPresent();
    }

    private Optional<FileEvent> event(ConsumerRecord<byte[], byte[]> record) {
        return record.value() != null && bytes.mayBeIn(record.value())
                ? scan.decode(record).value(FileEvent.class)
                : Optional.empty();
    }

    /** Agents are noted so that a misspelled one can be told; a record that may be of one that is known needs no decoding. */
    private void note(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null
                || agents.size() >= MOST_AGENTS
                || agents.values().stream().anyMatch(known -> RecordBytes.isIn(value, known))) {
            return;
        }
        scan.decode(record)
                .value(FileEvent.class)
                .map(FileEvent::getAgent)
                .ifPresent(agent -> agents.put(agent, agent.getBytes(UTF_8)));
    }

    /** What to say of an event that was not found. */
    public String notThere() {
        String agent = agents.containsKey(id.agent())
                ? "agent '" + id.agent() + "' is there, but not this event"
                : Words.unknown("agent", id.agent(), agents.keySet());
        return "event id='" + id + "' is not in " + Topics.FILE_EVENTS + ": " + agent;
    }
}
