package io.weir.filter;

import java.util.List;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Runs a {@link Judge} over one partition of the events. */
final class JudgeProcessor extends ContextualProcessor<byte[], byte[], byte[], Output> {
    private final Function<JudgeStore, Judge> judges;
    private @Nullable Judge judge;

    JudgeProcessor(Function<JudgeStore, Judge> judges) {
        this.judges = judges;
    }

    @Override
    public void init(ProcessorContext<byte[], Output> context) {
        super.init(context);
        SequenceStore store = context.getStateStore(SequenceStore.NAME);
        judge = judges.apply(store);
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
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            context().forward(new Record<>(output.key(), output, record.timestamp(), output.headers()));
        }
    }
}
