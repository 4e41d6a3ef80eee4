package io.weir.filter;

import io.weir.schemas.registry.SchemaRegistryClient;
import io.weir.schemas.serde.ConfluentAvroSerializer;
import java.util.Map;
import java.util.function.Consumer;

/** What the topology's processors share, made anew for each run of Kafka Streams. */
final class FilterParts implements AutoCloseable {
    private final RuleLog rules;
    private final Volumes volumes = new Volumes();
    private final FilterFigures figures;
    private final PatientDecoder decoder;
    private final ConfluentAvroSerializer serializer = new ConfluentAvroSerializer();
    private final SchemaRegistryClient registry;
    private final JudgeSettings settings;

    FilterParts(FilterConfig config, FilterFigures figures, Consumer<RuleReport> reports) {
        Map<String, Object> serdeConfig = config.connection().serdeConfig();
        this.figures = figures;
        this.rules = new RuleLog(config.actionTypes(), reports);
        this.decoder = new PatientDecoder(serdeConfig);
        this.registry = new SchemaRegistryClient(serdeConfig);
        this.settings = new JudgeSettings(volumes, registry::byId, config.notAfter());
        serializer.configure(serdeConfig, false);
    }

    /** A judge for a partition. Tasks start when the global topics have been read, so restoring is over. */
    Judge judge(JudgeStore store) {
        rules.restored();
        return new Judge(rules, store, settings, figures);
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
    public void close() {
        decoder.close();
        serializer.close();
        registry.close();
    }
}
