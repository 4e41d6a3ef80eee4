package io.weir.filter;

import io.weir.schemas.Contribution;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.Topics;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Runs an {@link AggregateJudge} over one partition of the contributions. */
final class AggregateProcessor extends ContextualProcessor<byte[], byte[], byte[], Output> {
    private final BiFunction<JudgeStore, StateLog, AggregateJudge> judges;
    private final PatientDecoder decoder;
    private final IntConsumer ticker;
    private final PromptCommit commits;
    private @Nullable AggregateJudge judge;

    /** @param ticker writes a tick into a partition */
    AggregateProcessor(
            BiFunction<JudgeStore, StateLog, AggregateJudge> judges,
            PatientDecoder decoder,
            IntConsumer ticker,
            PromptCommit commits) {
        this.judges = judges;
        this.decoder = decoder;
        this.ticker = ticker;
        this.commits = commits;
    }

    @Override
    public void init(ProcessorContext<byte[], Output> context) {
        super.init(context);
        StoreLog log = new StoreLog(context.getStateStore(FilterTopology.AGGREGATE_STATE));
        judge = judges.apply(log.inForce(), log);
        int partition = context.taskId().partition();
        context.schedule(JudgeProcessor.TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick(partition));
    }

    private void tick(int partition) {
        AggregateJudge own = judge;
        if (own != null && own.isWaiting()) {
            ticker.accept(partition);
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        AggregateJudge own = judge;
        if (own == null) {
            throw new IllegalStateException("process before init");
        }
        RecordMetadata metadata = context().recordMetadata().orElseThrow();
        List<Output> outputs;
        try {
            byte @Nullable [] value = record.value();
            SpecificRecord decoded = value == null ? null : decoder.decode(Topics.AGGREGATES, value);
            if (!(decoded instanceof Contribution contribution)) {
                throw new SerializationException("expected a Contribution");
            }
            outputs = count(own, contribution, record, metadata);
        } catch (SerializationException e) {
            outputs = List.of(dead(record, metadata, "undecodable contribution", e));
        }
        commits.forward(outputs, record.timestamp(), context());
    }

    private static List<Output> count(
            AggregateJudge judge, Contribution contribution, Record<byte[], byte[]> record, RecordMetadata metadata) {
        try {
            return judge.on(
                    contribution, record.headers(), record.timestamp(), metadata.partition(), metadata.offset());
        } catch (KafkaException e) {
            throw e; // Of the run, not of the record.
        } catch (RuntimeException e) {
            return List.of(dead(record, metadata, "counting failed", e));
        }
    }

    private static Output dead(
            Record<byte[], byte[]> record, RecordMetadata metadata, String cause, RuntimeException e) {
        Headers headers = new RecordHeaders(record.headers().toArray());
        new DeadLetter(
                        "filter",
                        cause,
                        e instanceof SerializationException ? String.valueOf(e.getMessage()) : e.toString(),
                        Topics.AGGREGATES,
                        metadata.partition(),
                        metadata.offset())
                .write(headers);
        return new Output.DeadEvent(Topics.DEAD_LETTERS, record.key(), record.value(), headers);
    }
}
