package io.weir.filter.replay.verify;

import io.weir.filter.replay.ContributionReplay;
import io.weir.filter.replay.PartitionTask;
import io.weir.schemas.Contribution;
import io.weir.schemas.Decision;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Puts what a partition has recorded into the comparison: decisions, or contributions, which are also counted anew.
 */
final class RecordedTask implements PartitionTask {
    private final TopicPartition partition;
    private final long begin;
    private final long end;
    private final Scope scope;
    private final Comparison comparison;
    private final Findings findings;
    private final Consumer<Claim> nowhere;
    private final ConfluentAvroDeserializer<SpecificRecord> values;
    private final @Nullable ContributionReplay counting;

    /** @param counting of contributions; null for decisions */
    RecordedTask(
            TopicPartition partition,
            long begin,
            long end,
            Scope scope,
            Comparison comparison,
            Findings findings,
            Consumer<Claim> nowhere,
            ConfluentAvroDeserializer<SpecificRecord> values,
            @Nullable ContributionReplay counting) {
        this.partition = partition;
        this.begin = begin;
        this.end = end;
        this.scope = scope;
        this.comparison = comparison;
        this.findings = findings;
        this.nowhere = nowhere;
        this.values = values;
        this.counting = counting;
    }

    @Override
    public void on(ConsumerRecord<byte[], byte[]> record) {
        SpecificRecord value;
        try {
            value = record.value() == null ? null : values.deserialize(record.topic(), record.value());
        } catch (SerializationException e) {
            unreadable(record, String.valueOf(e.getMessage()));
            return;
        }
        if (value instanceof Decision decision && counting == null) {
            claim(Claim.of(decision, record.headers(), Places.of(record)));
        } else if (value instanceof Contribution contribution && counting != null) {
            // A tick or a reset is nothing that an event has contributed.
            if (contribution.getEventPartition() >= 0) {
                claim(Claim.of(contribution, record.headers(), Places.of(record)));
            }
            if (record.offset() < counting.end()) {
                counting.on(record, contribution);
            }
        } else {
            unreadable(
                    record,
                    value == null
                            ? "it has no value"
                            : "it is a " + value.getSchema().getName());
        }
    }

    private void claim(Claim claim) {
        switch (scope.place(claim)) {
            case WITHIN -> comparison.recorded(partition, claim);
            case NOWHERE -> nowhere.accept(claim);
            case OUTSIDE -> {}
        }
    }

    private void unreadable(ConsumerRecord<byte[], byte[]> record, String why) {
        findings.add(
                new Finding(Finding.Kind.UNREADABLE, Places.of(record), "the record cannot be read: " + why, "", ""));
    }

    @Override
    public TopicPartition partition() {
        return partition;
    }

    @Override
    public long begin() {
        return begin;
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public void reached(long offset, boolean ended) {
        if (counting != null) {
            counting.reached(Math.min(offset, counting.end()), ended || offset >= counting.end());
        }
    }

    @Override
    public boolean isFull() {
        return comparison.isSinkFull(partition) || (counting != null && counting.isFull());
    }

    @Override
    public void giveWay() {
        comparison.giveWay(partition);
    }
}
