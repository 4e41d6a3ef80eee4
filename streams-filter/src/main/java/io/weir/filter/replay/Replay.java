package io.weir.filter.replay;

import io.weir.filter.JudgeSettings;
import io.weir.filter.Output;
import io.weir.filter.SequenceTable;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.SchemaRegistryClient;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Judges a window of events again and gives what it leads to in the order of log time, the same each time. It writes nothing.
 *
 * <p>Under the rules that were recorded, what rules count across directories is read from {@code weir.aggregates}, in the
 * order that it was counted in then. Under other rules it is derived from the events, in the order of their log times.
 */
public final class Replay {
    private static final int MOST_WAITING = 20_000;

    private final KafkaConnection connection;
    private final RuleTimeline timeline;
    private final LogWindow events;
    private final LogWindow contributions;
    private final boolean recorded;

    private Replay(
            KafkaConnection connection,
            RuleTimeline timeline,
            LogWindow events,
            LogWindow contributions,
            boolean recorded) {
        this.connection = connection;
        this.timeline = timeline;
        this.events = events;
        this.contributions = contributions;
        this.recorded = recorded;
    }

    /** Under the rules that were in force with each event. */
    public static Replay recorded(
            KafkaConnection connection, RuleTimeline timeline, LogWindow events, LogWindow contributions) {
        return new Replay(connection, timeline, events, contributions, true);
    }

    /** Under one set of rules. */
    public static Replay fixed(KafkaConnection connection, InForce inForce, LogWindow events, LogWindow contributions) {
        return new Replay(connection, RuleTimeline.fixed(inForce), events, contributions, false);
    }

    /**
     * Judges.
     *
     * @param handler called by one thread at a time, not always the same
     */
    public void run(int threads, ReadProgress progress, Consumer<Replayed> handler) {
        try (SchemaRegistryClient registry = new SchemaRegistryClient(connection.serdeConfig());
                ConfluentAvroDeserializer<SpecificRecord> values = new ConfluentAvroDeserializer<>()) {
            values.configure(connection.serdeConfig(), false);
            List<PartitionTask> tasks = new ArrayList<>();
            List<PartitionWindow> counted =
                    recorded ? List.copyOf(contributions.partitions().values()) : List.of();
            int sources = events.partitions().size() + counted.size();
            DerivedCounts derived = recorded
                    ? null
                    : new DerivedCounts(timeline, contributions.partitions().size(), JudgeSettings.schemas(registry));
            TimeOrder<Step> order = new TimeOrder<>(sources, MOST_WAITING, step -> {
                Replayed replayed = derived == null ? step.replayed() : derived.count(step);
                if (step.inWindow() && !replayed.outputs().isEmpty()) {
                    handler.accept(replayed);
                }
            });
            for (PartitionWindow window : events.partitions().values()) {
                tasks.add(new EventReplay(
                        window,
                        timeline,
                        new SequenceTable(),
                        JudgeSettings.schemas(registry),
                        new Ordered(tasks.size(), window, order, !recorded)));
            }
            for (PartitionWindow window : counted) {
                tasks.add(new ContributionReplay(
                        window,
                        timeline,
                        JudgeSettings.schemas(registry),
                        values,
                        new Ordered(tasks.size(), window, order, false)));
            }
            new ParallelReader(connection, threads, progress).read(tasks);
        }
    }

    /** What a record led to, in the window or before it. */
    record Step(Replayed replayed, boolean inWindow) {}

    /** Puts what comes of one partition into the order. */
    private record Ordered(int number, PartitionWindow window, TimeOrder<Step> order, boolean countsBefore)
            implements Judgements {
        @Override
        public void on(ConsumerRecord<byte[], byte[]> record, List<Output> outputs) {
            boolean inWindow = window.has(record.offset());
            if (inWindow || (countsBefore && outputs.stream().anyMatch(Output.Contributed.class::isInstance))) {
                Instant time = Instant.ofEpochMilli(record.timestamp());
                Replayed replayed = new Replayed(time, record.topic(), record.partition(), record.offset(), outputs);
                order.add(number, record.timestamp(), new Step(replayed, inWindow));
            }
        }

        @Override
        public void reached(long offset, long millis, boolean ended) {
            order.reached(number, millis, ended);
        }

        @Override
        public boolean isFull() {
            return order.isFull(number);
        }

        @Override
        public void giveWay() {
            order.giveWay(number);
        }
    }
}
