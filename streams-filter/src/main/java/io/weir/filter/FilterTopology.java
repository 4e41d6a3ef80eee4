package io.weir.filter;

import io.weir.schemas.topic.Topics;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Wires the judge into Kafka Streams. The names of sources, stores and sinks are part of what upgrades rely on: the
 * changelog topic is named after the store.
 */
public final class FilterTopology {
    /** The global store behind the rules; it holds nothing. */
    static final String RULES_STORE = "rules";

    /** Events that rules wait with, and how often rules fired on a path. */
    static final String EVENT_STATE = "event-state";

    /** What was counted for rules, and how often they fired on a path. */
    static final String AGGREGATE_STATE = "aggregate-state";

    private static final String VOLUMES_STORE = "volumes";

    private FilterTopology() {}

    /** Builds the topology; {@link FilterApplication} runs it with the settings that it needs. */
    public static Topology build(FilterConfig config) {
        return build(new FilterParts(config, new FilterFigures(), report -> {}));
    }

    static Topology build(FilterParts parts) {
        Topology topology = new Topology();
        topology.addGlobalStore(
                PlaceholderStore.builder(RULES_STORE),
                "rules-source",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                Topics.RULES,
                "rules-log",
                () -> new RulesProcessor(parts.rules(), parts.decoder()));
        topology.addGlobalStore(
                PlaceholderStore.builder(VOLUMES_STORE),
                "volumes-source",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                Topics.VOLUMES,
                "volumes-log",
                () -> new VolumesProcessor(parts.volumes()));
        topology.addSource("events", new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.FILE_EVENTS);
        topology.addProcessor("judge", new JudgeSupplier(parts), "events");
        addSink(topology, "outputs", parts, "judge");
        topology.addSource(
                "contributions", new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.AGGREGATES);
        topology.addProcessor("aggregate-judge", new AggregateSupplier(parts), "contributions");
        addSink(topology, "aggregate-outputs", parts, "aggregate-judge");
        return topology;
    }

    /** Each output knows its topic. */
    private static void addSink(Topology topology, String name, FilterParts parts, String parent) {
        topology.addSink(
                name,
                (byte[] key, Output output, RecordContext context) -> output.topic(),
                new ByteArraySerializer(),
                parts.serializer(),
                parent);
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(SequenceStore.CHANGELOG);
    }

    private record AggregateSupplier(FilterParts parts) implements ProcessorSupplier<byte[], byte[], byte[], Output> {
        @Override
        public Processor<byte[], byte[], byte[], Output> get() {
            return new AggregateProcessor(
                    parts::aggregateJudge, parts.decoder(), parts::tickAggregates, parts.commits());
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(store(AGGREGATE_STATE));
        }
    }

    private record JudgeSupplier(FilterParts parts) implements ProcessorSupplier<byte[], byte[], byte[], Output> {
        @Override
        public Processor<byte[], byte[], byte[], Output> get() {
            return new JudgeProcessor(parts::judge, parts::tick, parts.commits());
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(SequenceStore.builder(), store(EVENT_STATE));
        }
    }
}
