package io.weir.cli.instance;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.schemas.connect.KafkaConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name Kafka brokers and a schema registry. */
public final class ClusterOptions {
    private static final String BOOTSTRAP_VARIABLE = "WEIR_BOOTSTRAP_SERVERS";
    private static final String REGISTRY_VARIABLE = "WEIR_SCHEMA_REGISTRY";

    private final CommandContext context;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            order = 51,
            description = "Kafka brokers, several separated by commas (or " + BOOTSTRAP_VARIABLE + ").")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            order = 52,
            description = "Schema registry, several URLs separated by commas (or " + REGISTRY_VARIABLE + ").")
    private @Nullable String schemaRegistry;

    @Option(
            names = "--kafka-property",
            paramLabel = "KEY=VALUE",
            order = 53,
            description = "Property of Kafka's clients, such as security.protocol=SSL.")
    private Map<String, String> kafkaProperties = new LinkedHashMap<>();

    @Option(
            names = "--registry-property",
            paramLabel = "KEY=VALUE",
            order = 54,
            description = "Property of the registry's client, by Confluent's name.")
    private Map<String, String> registryProperties = new LinkedHashMap<>();

    public ClusterOptions(CommandContext context) {
        this.context = context;
    }

    /**
     * What the options name; the environment completes one of two.
     *
     * @throws CommandException if only one of brokers and registry is named
     */
    public Optional<KafkaConnection> named() {
        if (bootstrapServers == null && schemaRegistry == null) {
            return Optional.empty();
        }
        return Optional.of(both(
                bootstrapServers != null
                        ? bootstrapServers
                        : context.environment().get(BOOTSTRAP_VARIABLE),
                schemaRegistry != null ? schemaRegistry : context.environment().get(REGISTRY_VARIABLE)));
    }

    /**
     * What the environment names.
     *
     * @throws CommandException if only one of brokers and registry is named
     */
    public Optional<KafkaConnection> ofEnvironment() {
        String brokers = context.environment().get(BOOTSTRAP_VARIABLE);
        String registry = context.environment().get(REGISTRY_VARIABLE);
        return brokers == null && registry == null ? Optional.empty() : Optional.of(both(brokers, registry));
    }

    /**
     * What the options or the environment name.
     *
     * @throws CommandException if they name none
     */
    public KafkaConnection require() {
        return named().or(this::ofEnvironment)
                .orElseThrow(() -> new CommandException("no Kafka is named; expected --bootstrap-servers and"
                        + " --schema-registry, or " + BOOTSTRAP_VARIABLE + " and " + REGISTRY_VARIABLE));
    }

    KafkaConnection connection(String brokers, String registry) {
        Map<String, String> properties = new LinkedHashMap<>(registryProperties);
        properties.put("schema.registry.url", registry);
        return new KafkaConnection(brokers, kafkaProperties, properties);
    }

    private KafkaConnection both(@Nullable String brokers, @Nullable String registry) {
        if (brokers == null || registry == null) {
            throw new CommandException("only the " + (brokers == null ? "schema registry is" : "Kafka brokers are")
                    + " named; expected both --bootstrap-servers and --schema-registry");
        }
        return connection(brokers, registry);
    }
}
