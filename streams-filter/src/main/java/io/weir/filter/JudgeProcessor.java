package io.weir.filter;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Runs a {@link Judge} over one partition of the events. */
final class JudgeProcessor extends ContextualProcessor<byte[], byte[], byte[], Output> {
    /** How often time is told where something waits for it. */
    static final Duration TICK = Duration.ofSeconds(1);

    private final BiFunction<JudgeStore, StateLog, Judge> judges;
    private final IntConsumer ticker;
    private final PromptCommit commits;
    private @Nullable Judge judge;

    /** @param ticker writes a tick into a partition */
    JudgeProcessor(BiFunction<JudgeStore, StateLog, Judge> judges, IntConsumer ticker, PromptCommit commits) {
        this.judges = judges;
        this.ticker = ticker;
        this.commits = commits;
    }

    @Override
    public void init(ProcessorContext<byte[], Output> context) {
        super.init(context);
        SequenceStore store = context.getStateStore(SequenceStore.NAME);
        judge = judges.apply(store, new StoreLog(context.getStateStore(FilterTopology.EVENT_STATE)));
        int partition = context.taskId().partition();
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick(partition));
    }

    private void tick(int partition) {
        Judge own = judge;
        if (own != null && own.isWaiting()) {
            ticker.accept(partition);
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Judge own = judge;
        if (own == null) {
            throw new IllegalStateException("process before init");
        }
        RecordMetadata metadata = context().recordMetadata().orElseThrow();
        Entry entry = new Entry(record.key(), record.value(), record.headers(), record.timestamp());
        List<Output> outputs = own.on(entry, metadata.partition(), metadata.offset());
        commits.forward(outputs, record.timestamp(), context());
    }
}
