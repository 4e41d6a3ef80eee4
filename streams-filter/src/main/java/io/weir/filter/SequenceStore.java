package io.weir.filter;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * The judge's memory within Kafka Streams: a {@link SequenceTable} on the heap in front of an in-memory store with a
 * changelog. Between commits only the table changes; just before each commit what has changed goes into the inner store,
 * and so to the changelog within the transaction that also commits the position. After a failure the inner store is
 * restored from the changelog, and the table is filled from it when it is first asked.
 *
 * <p>Kafka Streams 4.3 has one moment for this, {@code flushCache()} of {@link CachedStateStore}, which is public in Java
 * but internal by its package. {@code StateStore.commit()} comes after the transaction and is left out between commits
 * under exactly once ({@code StreamTask.prepareCommit} and {@code postCommit}); writing through costs a changelog record
 * for each event, and the public cache a look-up by copied key. A test fails should a later Kafka not call it.
 */
final class SequenceStore implements StateStore, JudgeStore, CachedStateStore<Bytes, byte[]> {
    static final String NAME = "sequence-numbers";

    private static final byte AGENT = 'a';
    private static final Bytes IN_FORCE = Bytes.wrap(new byte[] {'r'});

    private final KeyValueStore<Bytes, byte[]> inner;
    private SequenceTable table = new SequenceTable();
    private boolean loaded;

    SequenceStore(KeyValueStore<Bytes, byte[]> inner) {
        this.inner = inner;
    }

    /** Keep restoring short: small segments, compacted early. */
    static final Map<String, String> CHANGELOG = Map.of("segment.bytes", "4194304", "min.cleanable.dirty.ratio", "0.1");

    static StoreBuilder<SequenceStore> builder() {
        return new Builder(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(NAME), Serdes.Bytes(), Serdes.ByteArray())
                        .withLoggingEnabled(CHANGELOG));
    }

    @Override
    public boolean advance(byte[] text, int start, int length, long epoch, long sequence, boolean half) {
        if (!loaded) {
            load();
        }
        return table.advance(text, start, length, epoch, sequence, half);
    }

    @Override
    public long rulesOffset() {
        if (!loaded) {
            load();
        }
        return table.rulesOffset();
    }

    @Override
    public long volumesOffset() {
        if (!loaded) {
            load();
        }
        return table.volumesOffset();
    }

    @Override
    public void inForce(long rulesOffset, long volumesOffset) {
        if (!loaded) {
            load();
        }
        table.inForce(rulesOffset, volumesOffset);
    }

    private void load() {
        SequenceTable restored = new SequenceTable();
        try (KeyValueIterator<Bytes, byte[]> entries = inner.all()) {
            while (entries.hasNext()) {
                restore(restored, entries.next());
            }
        }
        table = restored;
        loaded = true;
    }

    private static void restore(SequenceTable table, KeyValue<Bytes, byte[]> entry) {
        ByteBuffer key = ByteBuffer.wrap(entry.key.get());
        ByteBuffer value = ByteBuffer.wrap(entry.value);
        if (key.get() == AGENT) {
            long epoch = key.getLong();
            byte[] agent = new byte[key.remaining()];
            key.get(agent);
            table.restore(agent, epoch, value.getLong(), value.getLong());
        } else {
            table.restoreInForce(value.getLong(), value.getLong());
        }
    }

    @Override
    public void flushCache() {
        if (loaded) {
            table.drain(this::save, (rules, volumes) -> inner.put(IN_FORCE, numbers(rules, volumes)));
        }
    }

    private void save(SequenceTable.Entry entry) {
        byte[] key = ByteBuffer.allocate(1 + Long.BYTES + entry.agent().length)
                .put(AGENT)
                .putLong(entry.epoch())
                .put(entry.agent())
                .array();
        inner.put(Bytes.wrap(key), numbers(entry.highest(), entry.highestHalf()));
    }

    static byte[] numbers(long first, long second) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(first)
                .putLong(second)
                .array();
    }

    /** Called when the inner store may change by restoring; what was in the table has been flushed. */
    @Override
    public void clearCache() {
        table = new SequenceTable();
        loaded = false;
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Bytes, byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        clearCache();
        inner.init(context, root);
    }

    @Override
    public void commit(Map<org.apache.kafka.common.TopicPartition, Long> changelogOffsets) {
        inner.commit(changelogOffsets);
    }

    @Override
    public void close() {
        clearCache();
        inner.close();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }

    /** Streams makes one store for each task. */
    private record Builder(StoreBuilder<KeyValueStore<Bytes, byte[]>> inner) implements StoreBuilder<SequenceStore> {
        @Override
        public StoreBuilder<SequenceStore> withCachingEnabled() {
            throw new UnsupportedOperationException("store '" + NAME + "' is a cache itself");
        }

        @Override
        public StoreBuilder<SequenceStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<SequenceStore> withLoggingEnabled(Map<String, String> config) {
            inner.withLoggingEnabled(config);
            return this;
        }

        @Override
        public StoreBuilder<SequenceStore> withLoggingDisabled() {
            inner.withLoggingDisabled();
            return this;
        }

        @Override
        public SequenceStore build() {
            return new SequenceStore(inner.build());
        }

        @Override
        public Map<String, String> logConfig() {
            return inner.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return inner.loggingEnabled();
        }

        @Override
        public String name() {
            return inner.name();
        }
    }
}
