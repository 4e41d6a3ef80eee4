package io.weir.cli.audit;

import io.weir.cli.search.FoundRecord;
import io.weir.cli.search.RecordBytes;
import io.weir.filter.replay.LogWindow;
import io.weir.filter.replay.ParallelReader;
import io.weir.filter.replay.ReadProgress;
import io.weir.filter.replay.ScanTask;
import io.weir.filter.replay.TimeSpan;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * All that lies in the log about a file: its events and gaps, and by event what came of it. Filled by several threads, then
 * read by one.
 */
final class FileStory {
    private static final byte[] GAP = {6, 'g', 'a', 'p'};

    private final FileName file;
    private final int most;
    private final List<FoundRecord> events = new ArrayList<>();
    private final Map<String, List<FoundRecord>> outcomes = new HashMap<>();
    private long left;

    private FileStory(FileName file, int most) {
        this.file = file;
        this.most = most;
    }

    /**
     * Reads it.
     *
     * @param most how many events are kept, the last ones
     * @param topics that have requests
     */
    static FileStory read(
            KafkaConnection connection,
            FileName file,
            TimeSpan span,
            int most,
            List<String> topics,
            int threads,
            ReadProgress progress) {
        FileStory story = new FileStory(file, most);
        try (ConfluentAvroDeserializer<SpecificRecord> values = new ConfluentAvroDeserializer<>()) {
            values.configure(connection.serdeConfig(), false);
            List<ScanTask> tasks = new ArrayList<>();
            LogWindow window = LogWindow.of(connection, Topics.FILE_EVENTS, span);
            tasks.addAll(ScanTask.window(window, record -> story.event(record, values)));
            // What came of an event is younger than it, and may be younger than the stretch.
            TimeSpan fromThen = new TimeSpan(span.from(), Optional.empty());
            List<String> others = new ArrayList<>(topics);
            others.addAll(List.of(Topics.DECISIONS, Topics.ACTION_RESULTS));
            others.forEach(topic -> tasks.addAll(ScanTask.window(
                    LogWindow.ofWhatIsLeft(connection, topic, fromThen), record -> story.outcome(record, values))));
            new ParallelReader(connection, threads, progress).read(tasks);
        }
        return story;
    }

    private void event(ConsumerRecord<byte[], byte[]> record, ConfluentAvroDeserializer<SpecificRecord> values) {
        byte[] value = record.value();
        if (value != null
                && (RecordBytes.isIn(value, file.bytes()) || RecordBytes.isIn(value, GAP))
                && decode(record, values).orElse(null) instanceof FileEvent event
                && isAbout(event)) {
            add(record, event);
        }
    }

    private boolean isAbout(FileEvent event) {
        if (event.getHalf() != null) {
            return false;
        }
        if (event.getType().equals("gap")) {
            return file.isWithin(event.getVolume(), event.getPath());
        }
        String previous = event.getPreviousPath();
        return file.is(event.getVolume(), event.getPath())
                || (previous != null && file.is(event.getVolume(), previous));
    }

    private synchronized void add(ConsumerRecord<byte[], byte[]> record, SpecificRecord value) {
        events.add(found(record, value));
        if (events.size() > 2 * most) {
            keepTheLast();
        }
    }

    private void keepTheLast() {
        events.sort(Comparator.comparing(FoundRecord::time));
        int more = events.size() - most;
        if (more > 0) {
            left += more;
            events.subList(0, more).clear();
        }
    }

    private void outcome(ConsumerRecord<byte[], byte[]> record, ConfluentAvroDeserializer<SpecificRecord> values) {
        byte[] value = record.value();
        if (value == null || !RecordBytes.isIn(value, file.bytes())) {
            return;
        }
        SpecificRecord decoded = decode(record, values).orElse(null);
        if (decoded != null) {
            eventOf(decoded).ifPresent(event -> add(event, found(record, decoded)));
        }
    }

    private synchronized void add(String event, FoundRecord record) {
        outcomes.computeIfAbsent(event, id -> new ArrayList<>()).add(record);
    }

    /** Moved files are told under both names: their events, and so their outcomes, may name another path. */
    private static Optional<String> eventOf(SpecificRecord value) {
        if (value instanceof Decision decision) {
            return Optional.of(decision.getEventId());
        } else if (value instanceof ActionRequest request) {
            return Optional.of(EventId.of(request.getEvent()).toString());
        }
        return value instanceof ActionResult result ? Optional.of(result.getEventId()) : Optional.empty();
    }

    private static Optional<SpecificRecord> decode(
            ConsumerRecord<byte[], byte[]> record, ConfluentAvroDeserializer<SpecificRecord> values) {
        try {
            return Optional.ofNullable(values.deserialize(record.topic(), record.value()));
        } catch (SerializationException e) {
            RegistryException.throwIfAway(e);
            return Optional.empty();
        }
    }

    private static FoundRecord found(ConsumerRecord<byte[], byte[]> record, SpecificRecord value) {
        return new FoundRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                Causation.read(record.headers()),
                DeadLetter.read(record.headers()),
                Optional.of(value));
    }

    /** Its events and gaps in the order of the log's time, the last ones of too many. */
    synchronized List<FoundRecord> events() {
        keepTheLast();
        events.sort(Comparator.comparing(FoundRecord::time));
        return List.copyOf(events);
    }

    /** How many events more there are. */
    synchronized long left() {
        return left;
    }

    /** What came of an event, in the order of the log's time. */
    synchronized List<FoundRecord> outcomes(String event) {
        return outcomes.getOrDefault(event, List.of()).stream()
                .sorted(Comparator.comparing(FoundRecord::time))
                .toList();
    }
}
