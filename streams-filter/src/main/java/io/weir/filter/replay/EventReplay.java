package io.weir.filter.replay;

import io.weir.filter.Entry;
import io.weir.filter.FilterFigures;
import io.weir.filter.Judge;
import io.weir.filter.JudgeSettings;
import io.weir.filter.JudgeStore;
import io.weir.filter.Output;
import io.weir.filter.RegisteredVolumes;
import io.weir.filter.StateLog;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Judges the events of a partition again, from the oldest that is kept, since those before the window make its state. */
public final class EventReplay implements PartitionTask {
    /** How long actions may be carried out after their events; it decides nothing. */
    private static final Duration NOT_AFTER = Duration.ofHours(24);

    private final PartitionWindow window;
    private final long end;
    private final RuleTimeline.Cursor inForce;
    private final Judgements judgements;
    private final Judge judge;
    private long millis = Long.MIN_VALUE;

    /**
     * @param store what is known of the partition: nothing yet
     * @param schemas gives the writer's schema of an id
     */
    public EventReplay(
            PartitionWindow window,
            RuleTimeline timeline,
            JudgeStore store,
            IntFunction<Schema> schemas,
            Judgements judgements) {
        this(window, window.end(), timeline, store, schemas, judgements);
    }

    /** @param end how far to read, beyond the window for the sake of the store */
    public EventReplay(
            PartitionWindow window,
            long end,
            RuleTimeline timeline,
            JudgeStore store,
            IntFunction<Schema> schemas,
            Judgements judgements) {
        this.window = window;
        this.end = end;
        this.inForce = timeline.cursor(window.partition());
        this.judgements = judgements;
        this.judge = new Judge(
                () -> inForce.current().rules(), store, StateLog.NONE, settings(inForce, schemas), new FilterFigures());
    }

    static JudgeSettings settings(RuleTimeline.Cursor inForce, IntFunction<Schema> schemas) {
        return new JudgeSettings("replay", () -> volumes(inForce), schemas, NOT_AFTER);
    }

    private static RegisteredVolumes volumes(RuleTimeline.Cursor inForce) {
        return inForce.current().volumes();
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
        return end;
    }

    @Override
    public void on(ConsumerRecord<byte[], byte[]> record) {
        long offset = record.offset();
        inForce.moveTo(offset);
        Entry entry = new Entry(record.key(), record.value(), record.headers(), record.timestamp());
        List<Output> outputs = judge.on(entry, record.partition(), offset);
        millis = Math.max(millis, record.timestamp());
        if (!outputs.isEmpty()) {
            judgements.on(record, outputs);
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
