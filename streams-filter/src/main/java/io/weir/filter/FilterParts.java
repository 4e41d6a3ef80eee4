package io.weir.filter;

import io.weir.schemas.registry.SchemaRegistryClient;
import io.weir.schemas.serde.ConfluentAvroSerializer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** What the topology's processors share, made anew for each run of Kafka Streams. */
final class FilterParts implements AutoCloseable {
    private final RuleLog rules;
    private final Volumes volumes = new Volumes();
    private final FilterFigures figures;
    private final PatientDecoder decoder;
    private final ConfluentAvroSerializer serializer = new ConfluentAvroSerializer();
    private final SchemaRegistryClient registry;
    private final JudgeSettings settings;
    private final FilterConfig config;
    private final PromptCommit commits;
    private @Nullable Producer<byte[], byte[]> producer;
    private @Nullable Ticker ticker;

    FilterParts(FilterConfig config, FilterFigures figures, Consumer<RuleReport> reports) {
        Map<String, Object> serdeConfig = config.connection().serdeConfig();
        this.config = config;
        this.figures = figures;
        this.rules = new RuleLog(config.actionTypes(), reports);
        this.decoder = new PatientDecoder(serdeConfig);
        this.registry = new SchemaRegistryClient(serdeConfig);
        this.commits = new PromptCommit(config.commitInterval(), System::nanoTime);
        this.settings = new JudgeSettings(config.id(), volumes, JudgeSettings.schemas(registry), config.notAfter());
        serializer.configure(serdeConfig, false);
    }

    /** A judge for a partition. Tasks start when the global topics have been read, so restoring is over. */
    Judge judge(JudgeStore store, StateLog log) {
        rules.restored();
        return new Judge(rules, store, log, settings, figures);
    }

    /** A judge of contributions for a partition. */
    AggregateJudge aggregateJudge(JudgeStore store, StateLog log) {
        rules.restored();
        return new AggregateJudge(rules, store, log, settings, figures);
    }

    /** Tells a partition of the events that time has passed. */
    void tick(int partition) {
        ticker().tick(partition);
    }

    /** Tells a partition of the contributions the same. */
    void tickAggregates(int partition) {
        ticker().tickAggregates(partition);
    }

    /** Made when the first rule waits. */
    private synchronized Ticker ticker() {
        Ticker made = ticker;
        if (made == null) {
            Map<String, Object> kafka =
                    config.connection().producerConfig(config.applicationId() + "-" + config.id() + "-ticker");
            kafka.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
            kafka.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
            kafka.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
            Producer<byte[], byte[]> own =
                    new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
            producer = own;
            made = new Ticker(own, serializer, config.id(), config.host(), Clock.systemUTC());
            ticker = made;
        }
        return made;
    }

    PromptCommit commits() {
        return commits;
    }

    RuleLog rules() {
        return rules;
    }

    Volumes volumes() {
        return volumes;
    }

    PatientDecoder decoder() {
        return decoder;
    }

    OutputSerializer serializer() {
        return new OutputSerializer(serializer);
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
        decoder.close();
        serializer.close();
        registry.close();
    }
}
