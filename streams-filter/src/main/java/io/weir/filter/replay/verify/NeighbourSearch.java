package io.weir.filter.replay.verify;

import io.weir.filter.replay.LogWindow;
import io.weir.filter.replay.ParallelReader;
import io.weir.filter.replay.ScanTask;
import io.weir.schemas.FileEvent;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.topic.EventId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Finds the events beside holes, with one more reading of the events. */
final class NeighbourSearch {
    private final KafkaConnection connection;
    private final int threads;

    NeighbourSearch(KafkaConnection connection, int threads) {
        this.connection = connection;
        this.threads = threads;
    }

    Map<EventId, SequenceCheck.Neighbour> find(Set<EventId> wanted, LogWindow events, Verification.Phases phases) {
        Map<EventId, SequenceCheck.Neighbour> found = new ConcurrentHashMap<>();
        try (ConfluentAvroDeserializer<SpecificRecord> values = new ConfluentAvroDeserializer<>();
                Verification.Phases.Phase phase = phases.begin("looking at holes")) {
            values.configure(connection.serdeConfig(), false);
            new ParallelReader(connection, threads, phase.progress())
                    .read(ScanTask.kept(events, record -> take(values, record, wanted, found)));
        }
        return found;
    }

    private static void take(
            ConfluentAvroDeserializer<SpecificRecord> values,
            ConsumerRecord<byte[], byte[]> record,
            Set<EventId> wanted,
            Map<EventId, SequenceCheck.Neighbour> found) {
        try {
            if (record.value() != null
                    && values.deserialize(record.topic(), record.value()) instanceof FileEvent event
                    && event.getHalf() == null
                    && wanted.contains(EventId.of(event))) {
                found.putIfAbsent(
                        EventId.of(event),
                        new SequenceCheck.Neighbour(
                                event, Instant.ofEpochMilli(record.timestamp()), Places.of(record)));
            }
        } catch (SerializationException e) {
            // It has no number that could be read.
        }
    }
}
