package io.weir.cli.rule.explain;

import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.rule.publish.TopicReader;
import io.weir.rules.language.Words;
import io.weir.schemas.FileEvent;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Finds an event in {@code weir.file-events}: all of it is read, since records are keyed by directory, not by id. */
final class EventSearch {
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final EventId id;
    private final CommandOutput output;
    private final SortedSet<String> agents = new TreeSet<>();
    private long next = System.nanoTime() + QUIET.toNanos();

    private EventSearch(EventId id, CommandOutput output) {
        this.id = id;
        this.output = output;
    }

    /**
     * Finds the event; says how far it is if that takes more than two seconds.
     *
     * @throws CommandException if it is not there
     */
    static FoundEvent find(KafkaConnection connection, EventId id, CommandOutput output) {
        EventSearch search = new EventSearch(id, output);
        try (TopicReader reader = TopicReader.fromBeginning(connection, Topics.FILE_EVENTS)) {
            return reader.find(search::isIt, search::progress)
                    .map(EventSearch::found)
                    .orElseThrow(search::notThere);
        }
    }

    /** The half of a move that lies under the old directory has the same id, and is never judged. */
    private boolean isIt(ConsumerRecord<String, SpecificRecord> record) {
        if (!(record.value() instanceof FileEvent event)) {
            return false;
        }
        agents.add(event.getAgent());
        return event.getSequence() == id.sequence() && EventId.of(event).equals(id) && event.getHalf() == null;
    }

    private static FoundEvent found(ConsumerRecord<String, SpecificRecord> record) {
        return new FoundEvent(
                (FileEvent) record.value(), record.partition(), record.offset(), Causation.read(record.headers()));
    }

    private void progress(long read, long all) {
        long now = System.nanoTime();
        if (now - next >= 0) {
            next = now + QUIET.toNanos();
            output.note("searching " + Topics.FILE_EVENTS + ": " + read + " of " + all + " records");
        }
    }

    private CommandException notThere() {
        String agent = agents.contains(id.agent())
                ? "agent '" + id.agent() + "' is there, but not this event"
                : Words.unknown("agent", id.agent(), agents);
        return new CommandException("event id='" + id + "' is not in " + Topics.FILE_EVENTS + ": " + agent
                + "; expected an event within the audit window, by its id as 'weir up --json' shows it");
    }
}
