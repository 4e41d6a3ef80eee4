package io.weir.cli.control;

import io.weir.cli.search.TopicReader;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Which workers run, and how far each has read {@code weir.control}. Ages are by the broker's clock alone. */
final class RunningWorkers {
    /** Workers report every 5 s. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final long offset;
    private final Instant writtenAt;
    private final Consumer<String> knowing;
    private final TreeMap<String, Instant> heard = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();

    private RunningWorkers(long offset, Instant writtenAt, Consumer<String> knowing) {
        this.offset = offset;
        this.writtenAt = writtenAt;
        this.knowing = knowing;
    }

    /**
     * Waits until all running workers have read what was written.
     *
     * @param offset of the record
     * @param writtenAt when, by the broker's clock
     * @param knowing told each worker that has, once
     * @return those that have not within the time
     */
    static Set<String> await(
            KafkaConnection connection, long offset, Instant writtenAt, Duration atMost, Consumer<String> knowing) {
        var workers = new RunningWorkers(offset, writtenAt, knowing);
        try (TopicReader reader = TopicReader.fromBeginning(connection, Topics.COMPONENTS)) {
            reader.readToEnd(workers::read);
            reader.readUntil(() -> workers.missing().isEmpty(), atMost, workers::read);
        }
        return workers.missing();
    }

    private void read(ConsumerRecord<String, SpecificRecord> record) {
        if (!(record.value() instanceof ComponentStatus status)
                || !status.getKind().equals("worker")) {
            return;
        }
        Instant at = Instant.ofEpochMilli(record.timestamp());
        if (status.getState().equals("stopped") || at.isBefore(writtenAt.minus(SILENCE))) {
            heard.remove(status.getId());
            return;
        }
        heard.put(status.getId(), at);
        if (status.getFigures().getOrDefault("control_offset", -1L) > offset && known.add(status.getId())) {
            knowing.accept(status.getId());
        }
    }

    private Set<String> missing() {
        Set<String> missing = new TreeSet<>(heard.keySet());
        missing.removeAll(known);
        return missing;
    }
}
