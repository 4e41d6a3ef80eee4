package io.weir.filter.replay.backtest;

import io.weir.filter.JudgeSettings;
import io.weir.filter.Output;
import io.weir.filter.SequenceTable;
import io.weir.filter.replay.CountedLater;
import io.weir.filter.replay.EventReplay;
import io.weir.filter.replay.InForce;
import io.weir.filter.replay.Judgements;
import io.weir.filter.replay.LogWindow;
import io.weir.filter.replay.ParallelReader;
import io.weir.filter.replay.PartitionWindow;
import io.weir.filter.replay.ReadProgress;
import io.weir.filter.replay.RuleTimeline;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.SchemaRegistryClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tries rules on a window of past events. For one thread; it reads in several of its own, and writes nothing. */
public final class Backtest {
    /** How many files are told apart, of all partitions: 16 to 32 bytes each. */
    private static final int FILES = 4_000_000;

    private final KafkaConnection connection;
    private final int threads;
    private final int top;

    /** @param top how many of the most frequent are told */
    public Backtest(KafkaConnection connection, int threads, int top) {
        this.connection = connection;
        this.threads = threads;
        this.top = top;
    }

    /**
     * Tries them.
     *
     * @param inForce the rules that those which are tried would replace; none if these are new
     * @param counted how many partitions what rules count would be in
     */
    public BacktestReport run(InForce tried, InForce inForce, LogWindow window, int counted, ReadProgress progress) {
        LogWindow events = window.withoutBefore();
        List<PartitionSides> partitions = new ArrayList<>();
        int mostFiles = FILES / (2 * (events.partitions().size() + 1));
        Hits triedHits = new Hits(mostFiles);
        Hits inForceHits = new Hits(mostFiles);
        SortedMap<String, BacktestReport.Change> changes = new TreeMap<>();
        Changes late = new Changes();
        try (SchemaRegistryClient registry = new SchemaRegistryClient(connection.serdeConfig())) {
            List<CountedLater> counts = new ArrayList<>();
            List<InForce> sides = inForce.rules().set().size() == 0 ? List.of(tried) : List.of(tried, inForce);
            for (int i = 0; i < sides.size(); i++) {
                Side side = new Side(i == 0, i == 0 ? triedHits : inForceHits, late);
                counts.add(new CountedLater(
                        sides.get(i),
                        events.partitions().size(),
                        counted,
                        JudgeSettings.schemas(registry),
                        (time, outputs) -> {
                            synchronized (late) {
                                side.take(time, outputs);
                                late.settle();
                            }
                        }));
            }
            int number = 0;
            for (PartitionWindow partition : events.partitions().values()) {
                partitions.add(new PartitionSides(partition, number++, mostFiles, counts, registry));
            }
            new ParallelReader(connection, threads, progress)
                    .read(partitions.stream().map(PartitionSides::task).toList());
        }
        for (PartitionSides each : partitions) {
            triedHits.addAll(each.tried);
            inForceHits.addAll(each.inForce);
            each.changes.addTo(changes);
        }
        late.addTo(changes);
        return new BacktestReport(progress.records(), triedHits.sums(top), inForceHits.sums(top), changes);
    }

    /** Both sides on a partition. */
    private static final class PartitionSides {
        private final Hits tried;
        private final Hits inForce;
        private final Changes changes = new Changes();
        private final List<EventReplay> replays = new ArrayList<>();

        PartitionSides(
                PartitionWindow window,
                int number,
                int mostFiles,
                List<CountedLater> counts,
                SchemaRegistryClient registry) {
            tried = new Hits(mostFiles);
            inForce = new Hits(mostFiles);
            for (int i = 0; i < counts.size(); i++) {
                CountedLater later = counts.get(i);
                Side side = new Side(i == 0, i == 0 ? tried : inForce, changes);
                replays.add(new EventReplay(
                        window,
                        RuleTimeline.fixed(later.inForce()),
                        new SequenceTable(),
                        JudgeSettings.schemas(registry),
                        new Taken(side, number, later)));
            }
        }

        BacktestTask task() {
            return new BacktestTask(replays, changes);
        }
    }

    private record Taken(Side side, int number, CountedLater later) implements Judgements {
        @Override
        public void on(ConsumerRecord<byte[], byte[]> record, List<Output> outputs) {
            side.take(Instant.ofEpochMilli(record.timestamp()), outputs);
            later.add(number, record.timestamp(), outputs);
        }

        @Override
        public void reached(long offset, long millis, boolean ended) {
            later.reached(number, millis, ended);
        }

        @Override
        public boolean isFull() {
            return later.isFull(number);
        }

        @Override
        public void giveWay() {
            later.giveWay(number);
        }
    }
}
