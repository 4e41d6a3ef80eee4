package io.weir.filter.replay.verify;

import io.weir.filter.replay.EventReplay;
import io.weir.filter.replay.PartitionTask;
import io.weir.schemas.FileEvent;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;

/** Judges a partition's events anew, and collects their numbers and the gaps. */
final class EventTask implements PartitionTask {
    /** How a value of type gap goes on behind the schema's id: a length as zigzag, and the text. */
    private static final byte[] GAP = {6, 'g', 'a', 'p'};

    private static final int HEADER = 5;

    private final EventReplay replay;
    private final NumberedStore store;
    private final SequenceCheck sequences;
    private final ConfluentAvroDeserializer<SpecificRecord> values;

    EventTask(
            EventReplay replay,
            NumberedStore store,
            SequenceCheck sequences,
            ConfluentAvroDeserializer<SpecificRecord> values) {
        this.replay = replay;
        this.store = store;
        this.sequences = sequences;
        this.values = values;
    }

    @Override
    public void on(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value != null && isGap(value)) {
            noteGap(record);
        }
        replay.on(record);
    }

    private static boolean isGap(byte[] value) {
        if (value.length < HEADER + GAP.length) {
            return false;
        }
        for (int i = 0; i < GAP.length; i++) {
            if (value[HEADER + i] != GAP[i]) {
                return false;
            }
        }
        return true;
    }

    private void noteGap(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (values.deserialize(record.topic(), record.value()) instanceof FileEvent event) {
                sequences.gap(event);
            }
        } catch (SerializationException e) {
            // The judge makes it a dead letter.
        }
    }

    @Override
    public void reached(long offset, boolean ended) {
        store.drain(sequences::numbers);
        replay.reached(offset, ended);
    }

    @Override
    public TopicPartition partition() {
        return replay.partition();
    }

    @Override
    public long begin() {
        return replay.begin();
    }

    @Override
    public long end() {
        return replay.end();
    }

    @Override
    public boolean isFull() {
        return replay.isFull();
    }

    @Override
    public void giveWay() {
        replay.giveWay();
    }
}
