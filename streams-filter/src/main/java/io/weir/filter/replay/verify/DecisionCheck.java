package io.weir.filter.replay.verify;

import io.weir.filter.JudgeSettings;
import io.weir.filter.replay.ContributionReplay;
import io.weir.filter.replay.EventReplay;
import io.weir.filter.replay.LogWindow;
import io.weir.filter.replay.ParallelReader;
import io.weir.filter.replay.PartitionTask;
import io.weir.filter.replay.PartitionWindow;
import io.weir.filter.replay.RuleTimeline;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.SchemaRegistryClient;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Judges events and contributions anew, and compares what follows with what is recorded. */
final class DecisionCheck {
    private final KafkaConnection connection;
    private final int threads;
    private final Findings findings;
    private final UnexpectedClaims unexpected;

    DecisionCheck(KafkaConnection connection, int threads, Findings findings) {
        this.connection = connection;
        this.threads = threads;
        this.findings = findings;
        this.unexpected = new UnexpectedClaims(findings);
    }

    /** Gives how many are recorded as they follow. */
    long run(RuleTimeline timeline, Verification.Windows windows, SequenceCheck sequences, Verification.Phases phases) {
        Comparison comparison = new Comparison(
                partitions(windows.events(), windows.contributions()),
                partitions(windows.decisions(), windows.recorded()),
                findings,
                unexpected);
        try (SchemaRegistryClient registry = new SchemaRegistryClient(connection.serdeConfig());
                ConfluentAvroDeserializer<SpecificRecord> values = new ConfluentAvroDeserializer<>();
                Verification.Phases.Phase phase = phases.begin("verifying decisions")) {
            values.configure(connection.serdeConfig(), false);
            Tasks tasks = new Tasks(timeline, windows, sequences, comparison, registry, values);
            new ParallelReader(connection, threads, phase.progress()).read(tasks.all());
            comparison.end();
        }
        unexpected.classify(connection, threads, windows.decisions(), windows.recorded(), phases);
        return comparison.identical();
    }

    private static List<TopicPartition> partitions(LogWindow... windows) {
        return Stream.of(windows)
                .flatMap(window -> window.partitions().values().stream())
                .map(PartitionWindow::partition)
                .toList();
    }

    /** Makes a task for each partition. */
    private final class Tasks {
        private final RuleTimeline timeline;
        private final Verification.Windows windows;
        private final SequenceCheck sequences;
        private final Comparison comparison;
        private final SchemaRegistryClient registry;
        private final ConfluentAvroDeserializer<SpecificRecord> values;

        Tasks(
                RuleTimeline timeline,
                Verification.Windows windows,
                SequenceCheck sequences,
                Comparison comparison,
                SchemaRegistryClient registry,
                ConfluentAvroDeserializer<SpecificRecord> values) {
            this.timeline = timeline;
            this.windows = windows;
            this.sequences = sequences;
            this.comparison = comparison;
            this.registry = registry;
            this.values = values;
        }

        List<PartitionTask> all() {
            List<PartitionTask> tasks = new ArrayList<>();
            windows.events().partitions().values().forEach(window -> tasks.add(events(window)));
            windows.contributions().partitions().values().forEach(window -> tasks.add(contributions(window)));
            windows.decisions()
                    .partitions()
                    .values()
                    .forEach(window -> tasks.add(recorded(window, window.begin(), window.end(), null)));
            return tasks;
        }

        private PartitionTask events(PartitionWindow window) {
            NumberedStore store = new NumberedStore();
            EventReplay replay = new EventReplay(
                    window,
                    windows.beyond().of(window.partition().partition()).end(),
                    timeline,
                    store,
                    JudgeSettings.schemas(registry),
                    new DerivedClaims(window, comparison));
            return new EventTask(replay, store, sequences, values);
        }

        private PartitionTask contributions(PartitionWindow window) {
            ContributionReplay counting = new ContributionReplay(
                    window, timeline, JudgeSettings.schemas(registry), values, new DerivedClaims(window, comparison));
            long end = windows.recorded().of(window.partition().partition()).end();
            return recorded(window, window.oldest(), end, counting);
        }

        private PartitionTask recorded(
                PartitionWindow window, long begin, long end, @Nullable ContributionReplay counting) {
            return new RecordedTask(
                    window.partition(),
                    begin,
                    end,
                    windows.scope(),
                    comparison,
                    findings,
                    unexpected,
                    values,
                    counting);
        }
    }
}
