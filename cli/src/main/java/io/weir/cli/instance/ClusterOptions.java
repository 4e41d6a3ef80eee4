package io.weir.cli.instance;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.connect.Placeholders;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name Kafka brokers and a schema registry. */
public final class ClusterOptions {
    private static final String BOOTSTRAP_VARIABLE = "WEIR_BOOTSTRAP_SERVERS";
    private static final String REGISTRY_VARIABLE = "WEIR_SCHEMA_REGISTRY";
    private static final String FILE_VARIABLE = "WEIR_CONNECTION";

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

    @Option(
            names = "--connection",
            paramLabel = "FILE",
            order = 55,
            description = "Properties file with kafka.NAME and registry.NAME, addresses too; a value may be"
                    + " $${file:PATH:KEY}, $${directory:PATH:FILE} or $${env:NAME} (or " + FILE_VARIABLE + ").")
    private @Nullable Path connectionFile;

    public ClusterOptions(CommandContext context) {
        this.context = context;
    }

    /**
     * What the options name; the environment completes one of two.
     *
     * @throws CommandException if only one of brokers and registry is named
     */
    public Optional<KafkaConnection> named() {
        ConnectionFile file = namedFile();
        if (bootstrapServers == null
                && schemaRegistry == null
                && file.bootstrapServers().isEmpty()
                && file.schemaRegistry().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(both(bootstrapServers, schemaRegistry, connectionFile == null ? fileOfEnvironment() : file));
    }

    /**
     * What the environment names.
     *
     * @throws CommandException if only one of brokers and registry is named
     */
    public Optional<KafkaConnection> ofEnvironment() {
        Map<String, String> environment = context.environment();
        return environment.containsKey(BOOTSTRAP_VARIABLE)
                        || environment.containsKey(REGISTRY_VARIABLE)
                        || environment.containsKey(FILE_VARIABLE)
                ? Optional.of(both(null, null, connectionFile == null ? fileOfEnvironment() : namedFile()))
                : Optional.empty();
    }

    /**
     * What the options or the environment name.
     *
     * @throws CommandException if they name none
     */
    public KafkaConnection require() {
        return named().or(this::ofEnvironment)
                .orElseThrow(() -> new CommandException("no Kafka is named; expected --bootstrap-servers and"
                        + " --schema-registry, or --connection with a file that names both, or " + BOOTSTRAP_VARIABLE
                        + " and " + REGISTRY_VARIABLE));
    }

    /** To these addresses, with the properties that the options give. */
    KafkaConnection connection(String brokers, String registry) {
        return connection(brokers, registry, namedFile());
    }

    private KafkaConnection connection(String brokers, String registry, ConnectionFile file) {
        SecretProperties.refuse("--kafka-property", kafkaProperties);
        SecretProperties.refuse("--registry-property", registryProperties);
        Map<String, String> kafka = new LinkedHashMap<>(file.kafka());
        kafka.putAll(kafkaProperties);
        Map<String, String> properties = new LinkedHashMap<>(file.registry());
        properties.putAll(registryProperties);
        properties.put("schema.registry.url", registry);
        try (Placeholders placeholders = new Placeholders(context.environment())) {
            return new KafkaConnection(brokers, placeholders.fill(kafka), placeholders.fill(properties));
        } catch (ConfigException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    private ConnectionFile namedFile() {
        return connectionFile == null ? ConnectionFile.NONE : read(connectionFile);
    }

    private ConnectionFile fileOfEnvironment() {
        String name = context.environment().get(FILE_VARIABLE);
        return name == null ? ConnectionFile.NONE : read(Path.of(name));
    }

    private ConnectionFile read(Path file) {
        return ConnectionFile.read(context.resolve(file), file);
    }

    /** An option comes before the file, and the file before the environment. */
    private KafkaConnection both(@Nullable String brokers, @Nullable String registry, ConnectionFile file) {
        if (registry != null) {
            SecretProperties.refuseCredentials("--schema-registry", registry);
        }
        Map<String, String> environment = context.environment();
        String servers = first(brokers, file.bootstrapServers(), environment.get(BOOTSTRAP_VARIABLE));
        String url = first(registry, file.schemaRegistry(), environment.get(REGISTRY_VARIABLE));
        if (servers == null || url == null) {
            throw new CommandException((servers == null && url == null
                            ? "neither Kafka brokers nor a schema registry are"
                            : servers == null ? "only the schema registry is" : "only the Kafka brokers are")
                    + " named; expected both --bootstrap-servers and --schema-registry");
        }
        return connection(servers, url, file);
    }

    private static @Nullable String first(@Nullable String option, Optional<String> ofFile, @Nullable String variable) {
        return option != null ? option : ofFile.orElse(variable);
    }
}
