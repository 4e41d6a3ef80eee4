package io.weir.filter.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.filter.AggregateJudge;
import io.weir.filter.FilterFigures;
import io.weir.filter.Output;
import io.weir.filter.SequenceTable;
import io.weir.filter.StateLog;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts contributions that are in no topic, as if each had been written with its event's log time: one judge for each
 * partition that they would be in. For one thread at a time.
 */
final class DerivedCounts {
    private final List<AggregateJudge> judges = new ArrayList<>();
    private final long[] offsets;

    DerivedCounts(RuleTimeline timeline, int count, IntFunction<Schema> schemas) {
        offsets = new long[count];
        for (int i = 0; i < count; i++) {
            RuleTimeline.Cursor inForce = timeline.cursor(new TopicPartition(Topics.AGGREGATES, i));
            judges.add(new AggregateJudge(
                    () -> inForce.current().rules(),
                    new SequenceTable(),
                    StateLog.NONE,
                    EventReplay.settings(inForce, schemas),
                    new FilterFigures()));
        }
    }

    /** The same with what its contributions lead to. */
    Replayed count(Replay.Step step) {
        Replayed replayed = step.replayed();
        List<Output> outputs = new ArrayList<>(replayed.outputs());
        for (Output output : replayed.outputs()) {
            if (output instanceof Output.Contributed contributed) {
                int partition = Keys.partition(new String(contributed.key(), UTF_8), judges.size());
                outputs.addAll(judges.get(partition)
                        .on(
                                contributed.contribution(),
                                contributed.headers(),
                                replayed.time().toEpochMilli(),
                                partition,
                                offsets[partition]++));
            }
        }
        return new Replayed(replayed.time(), replayed.topic(), replayed.partition(), replayed.offset(), outputs);
    }
}
