package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store of Kafka Streams, whose changelog is written in the transaction of what the judge writes. */
final class StoreLog implements StateLog {
    /** No key of a judge begins with it. */
    private static final byte OWN = 1;

    private static final Bytes IN_FORCE = Bytes.wrap(new byte[] {OWN, 'r'});

    private final KeyValueStore<Bytes, byte[]> store;

    StoreLog(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    @Override
    public void put(String key, byte @Nullable [] value) {
        store.put(Bytes.wrap(key.getBytes(UTF_8)), value);
    }

    @Override
    public void forEach(BiConsumer<String, byte[]> entries) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                if (entry.key.get()[0] != OWN) {
                    entries.accept(new String(entry.key.get(), UTF_8), entry.value);
                }
            }
        }
    }

    /** Which rule set judged last, and with which volumes, kept here too. */
    JudgeStore inForce() {
        byte[] kept = store.get(IN_FORCE);
        ByteBuffer numbers =
                ByteBuffer.wrap(kept == null ? SequenceStore.numbers(JudgeStore.NONE, JudgeStore.NONE) : kept);
        return new InForce(numbers.getLong(), numbers.getLong());
    }

    private final class InForce implements JudgeStore {
        private long rulesOffset;
        private long volumesOffset;

        InForce(long rulesOffset, long volumesOffset) {
            this.rulesOffset = rulesOffset;
            this.volumesOffset = volumesOffset;
        }

        @Override
        public boolean advance(byte[] text, int start, int length, long epoch, long sequence, boolean half) {
            throw new UnsupportedOperationException("contributions have no numbers");
        }

        @Override
        public long rulesOffset() {
            return rulesOffset;
        }

        @Override
        public long volumesOffset() {
            return volumesOffset;
        }

        @Override
        public void inForce(long newRulesOffset, long newVolumesOffset) {
            rulesOffset = newRulesOffset;
            volumesOffset = newVolumesOffset;
            store.put(IN_FORCE, SequenceStore.numbers(newRulesOffset, newVolumesOffset));
        }
    }
}
