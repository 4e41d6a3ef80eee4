package io.weir.cli.control;

import io.weir.cli.CommandException;
import io.weir.cli.search.TopicReader;
import io.weir.schemas.ControlState;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import io.weir.worker.control.ControlRecord;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Reads and writes {@code weir.control}. */
final class ControlLog {
    private ControlLog() {}

    /** The stops that hold, by scope. */
    static Map<String, ControlState> stops(KafkaConnection connection) {
        Map<String, ControlState> stops = new TreeMap<>();
        try (TopicReader reader = TopicReader.fromBeginning(connection, Topics.CONTROL)) {
            reader.readToEnd(record -> {
                if (record.value() instanceof ControlState state) {
                    if (state.getStopped()) {
                        stops.put(state.getScope(), state);
                    } else {
                        stops.remove(state.getScope());
                    }
                }
            });
        }
        return stops;
    }

    /**
     * Writes one; returns when all in-sync brokers have it.
     *
     * @throws CommandException if they do not take it
     */
    static RecordMetadata write(KafkaConnection connection, ControlState state) throws InterruptedException {
        try {
            return ControlRecord.write(connection, state);
        } catch (IOException e) {
            throw new CommandException(
                    e.getMessage()
                            + "; nothing was changed by this command. Workers that cannot reach Kafka change nothing"
                            + " either; to stop a worker at once, end its process",
                    e);
        }
    }
}
