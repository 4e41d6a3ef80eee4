package io.weir.cli.status;

import io.weir.cli.CommandOutput;
import io.weir.cli.control.Stops;
import io.weir.cli.letter.OpenLetters;
import io.weir.cli.rule.publish.RuleStatuses;
import io.weir.cli.search.TopicReader;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Gathers a {@link SystemState} from Kafka. */
final class StatusReader {
    private static final Set<String> KINDS = Set.of("agent", "filter", "worker");
    /** Of what has been gone for longer nobody needs to be told again and again. */
    private static final Duration FORGOTTEN = Duration.ofDays(7);

    private final KafkaConnection connection;
    private final Clock clock;

    StatusReader(KafkaConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /** @param all also parts that have stopped, or were not heard of for a week */
    SystemState read(boolean all, CommandOutput output) {
        List<Part> parts = parts().stream()
                .filter(part -> all || (!part.isStopped() && part.silence().compareTo(FORGOTTEN) < 0))
                .toList();
        Set<String> volumes = volumes();
        List<String> groups = new ArrayList<>(List.of(Topics.FILTER, "weir-worker"));
        volumes.forEach(volume -> groups.add("weir-worker-" + volume));
        return new SystemState(
                parts,
                volumes,
                new Backlogs(connection).of(groups),
                Copies.faults(connection),
                Stops.inForce(connection),
                RuleStatuses.read(connection).tripped(),
                OpenLetters.count(connection, output));
    }

    private List<Part> parts() {
        Map<String, ConsumerRecord<String, SpecificRecord>> last = new TreeMap<>();
        Instant[] newest = {Instant.EPOCH};
        read(Topics.COMPONENTS, record -> {
            Instant at = Instant.ofEpochMilli(record.timestamp());
            newest[0] = at; // The last one's: a broker's clock that was ahead once would make all look silent.
            if (record.value() instanceof ComponentStatus status && KINDS.contains(status.getKind())) {
                last.put(record.key(), record);
            } else if (record.value() == null) {
                last.remove(record.key());
            }
        });
        // This host's clock may be behind the broker's, by which the records are dated.
        Instant now = clock.instant().isAfter(newest[0]) ? clock.instant() : newest[0];
        List<Part> parts = new ArrayList<>();
        last.values().forEach(record -> {
            Instant heard = Instant.ofEpochMilli(record.timestamp());
            parts.add(new Part((ComponentStatus) record.value(), heard, Duration.between(heard, now)));
        });
        return parts;
    }

    private Set<String> volumes() {
        Set<String> volumes = new TreeSet<>();
        read(Topics.VOLUMES, record -> {
            if (record.value() == null) {
                volumes.remove(record.key());
            } else {
                volumes.add(record.key());
            }
        });
        return volumes;
    }

    private void read(String topic, Consumer<ConsumerRecord<String, SpecificRecord>> handler) {
        try (TopicReader reader = TopicReader.fromBeginning(connection, topic)) {
            reader.readToEnd(handler);
        }
    }
}
