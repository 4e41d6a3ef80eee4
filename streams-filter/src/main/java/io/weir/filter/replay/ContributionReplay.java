package io.weir.filter.replay;

import io.weir.filter.AggregateJudge;
import io.weir.filter.FilterFigures;
import io.weir.filter.Output;
import io.weir.filter.SequenceTable;
import io.weir.filter.StateLog;
import io.weir.schemas.Contribution;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;

/** Counts the contributions of a partition of {@code weir.aggregates} again, in their order. */
public final class ContributionReplay implements PartitionTask {
    private final PartitionWindow window;
    private final RuleTimeline.Cursor inForce;
    private final ConfluentAvroDeserializer<SpecificRecord> values;
    private final Judgements judgements;
    private final AggregateJudge judge;
    private long millis = Long.MIN_VALUE;

    /** @param values of the topic; may be shared */
    public ContributionReplay(
            PartitionWindow window,
            RuleTimeline timeline,
            IntFunction<Schema> schemas,
            ConfluentAvroDeserializer<SpecificRecord> values,
            Judgements judgements) {
        this.window = window;
        this.values = values;
        this.inForce = timeline.cursor(window.partition());
        this.judgements = judgements;
        this.judge = new AggregateJudge(
                () -> inForce.current().rules(),
                new SequenceTable(),
                StateLog.NONE,
                EventReplay.settings(inForce, schemas),
                new FilterFigures());
    }

    @Override
    public TopicPartition partition() {
        return window.partition();
    }

    @Override
    public long begin() {
        return window.oldest();
    }

    @Override
    public long end() {
        return window.end();
    }

    @Override
    public void on(ConsumerRecord<byte[], byte[]> record) {
        contribution(values, record).ifPresent(contribution -> on(record, contribution));
    }

    /** Takes a record that has been decoded already. */
    public void on(ConsumerRecord<byte[], byte[]> record, Contribution contribution) {
        inForce.moveTo(record.offset());
        List<Output> outputs =
                judge.on(contribution, record.headers(), record.timestamp(), record.partition(), record.offset());
        millis = Math.max(millis, record.timestamp());
        if (!outputs.isEmpty()) {
            judgements.on(record, outputs);
        }
    }

    /** What a record holds; empty if that is no contribution, which the filter passes over too. */
    public static Optional<Contribution> contribution(
            ConfluentAvroDeserializer<SpecificRecord> values, ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() != null
                            && values.deserialize(record.topic(), record.value()) instanceof Contribution c
                    ? Optional.of(c)
                    : Optional.empty();
        } catch (SerializationException e) {
            return Optional.empty();
        }
    }

    @Override
    public void reached(long offset, boolean ended) {
        judgements.reached(offset, millis, ended);
    }

    @Override
    public boolean isFull() {
        return judgements.isFull();
    }

    @Override
    public void giveWay() {
        judgements.giveWay();
    }
}
