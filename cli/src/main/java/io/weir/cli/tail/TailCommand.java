package io.weir.cli.tail;

import io.weir.cli.CommandContext;
import io.weir.cli.ExitCode;
import io.weir.cli.StopRequest;
import io.weir.cli.instance.Reachability;
import io.weir.cli.lines.Line;
import io.weir.cli.lines.LinePrinter;
import io.weir.cli.lines.LoggedLine;
import io.weir.cli.search.FoundRecord;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.topic.Causation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what lies in a topic, and what comes to it. */
abstract class TailCommand implements Callable<Integer> {
    private final CommandContext context;
    private final String topic;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    TailOptions options;

    TailCommand(CommandContext context, String topic) {
        this.context = context;
        this.topic = topic;
    }

    /** The line of a record; empty if it is not asked for. */
    abstract Optional<Line> line(SpecificRecord value, Optional<Causation> causation);

    @Override
    public final Integer call() {
        options.fault().ifPresent(fault -> {
            throw new ParameterException(spec.commandLine(), fault);
        });
        KafkaConnection connection = options.connections.resolve();
        Reachability.require(connection, Reachability.WAIT, topic);
        StopRequest stop = context.stop();
        try (TailReader reader = new TailReader(connection, topic, stop::isRequested);
                ConfluentAvroDeserializer<SpecificRecord> values = new ConfluentAvroDeserializer<>()) {
            values.configure(connection.serdeConfig(), false);
            LinePrinter printer =
                    new LinePrinter(options.isJson(), spec.commandLine().getOut(), stop);
            Shown shown = new Shown(values, printer);
            Map<TopicPartition, Long> ends = options.last()
                    .map(count -> reader.last(count, options.range(), shown::isWanted, shown::print))
                    .orElseGet(() -> reader.all(options.range(), shown::print));
            if (options.follows()) {
                reader.follow(ends, shown::print);
            }
        }
        return ExitCode.OK;
    }

    private final class Shown {
        private final ConfluentAvroDeserializer<SpecificRecord> values;
        private final LinePrinter printer;

        Shown(ConfluentAvroDeserializer<SpecificRecord> values, LinePrinter printer) {
            this.values = values;
            this.printer = printer;
        }

        boolean isWanted(ConsumerRecord<byte[], byte[]> record) {
            return lineOf(record).isPresent();
        }

        void print(List<ConsumerRecord<byte[], byte[]>> records) {
            List<LoggedLine> lines = new ArrayList<>(records.size());
            for (ConsumerRecord<byte[], byte[]> record : records) {
                lineOf(record)
                        .ifPresent(line -> lines.add(new LoggedLine(
                                line,
                                Instant.ofEpochMilli(record.timestamp()),
                                record.topic(),
                                record.partition(),
                                record.offset())));
            }
            if (!lines.isEmpty()) {
                printer.acceptLogged(lines);
            }
        }

        private Optional<Line> lineOf(ConsumerRecord<byte[], byte[]> record) {
            try {
                SpecificRecord value = values.deserialize(record.topic(), record.headers(), record.value());
                return value == null ? Optional.empty() : line(value, Causation.read(record.headers()));
            } catch (SerializationException e) {
                String place = FoundRecord.place(record.topic(), record.partition(), record.offset());
                return Optional.of(new Line.Failure("cannot read " + place + ": " + e.getMessage()));
            }
        }
    }
}
