package io.weir.cli.instance;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import io.weir.schemas.connect.KafkaConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options by which a command finds Kafka and the registry: named outright, else the instance of a data directory that is
 * named, else the environment, else the instance of {@code ./.weir}.
 */
public final class ConnectionOptions {
    /** The data directory if none is named. */
    public static final String DEFAULT_DATA = ".weir";

    static final String BOOTSTRAP_VARIABLE = "WEIR_BOOTSTRAP_SERVERS";
    static final String REGISTRY_VARIABLE = "WEIR_SCHEMA_REGISTRY";

    private final CommandContext context;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            order = 50,
            description = "Data directory of the running 'weir up' to talk to (default: ./" + DEFAULT_DATA + ").")
    private @Nullable Path data;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            order = 51,
            description = "Kafka brokers, several separated by commas; also " + BOOTSTRAP_VARIABLE + ".")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            order = 52,
            description = "Schema registry, several URLs separated by commas; also " + REGISTRY_VARIABLE + ".")
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

    public ConnectionOptions(CommandContext context) {
        this.context = context;
    }

    /**
     * Finds the brokers and the registry; does not connect.
     *
     * @throws CommandException if none is named and no instance runs
     */
    public KafkaConnection resolve() {
        return named().or(this::ofNamedInstance).or(this::ofEnvironment).orElseGet(() -> ofInstance(defaultData()));
    }

    /** As {@link #resolve}, or empty if there is none; a connection that is named badly is an error all the same. */
    public Optional<KafkaConnection> find() {
        Optional<KafkaConnection> named = named().or(this::ofNamedInstance).or(this::ofEnvironment);
        return named.isPresent() || running(defaultData()).isEmpty() ? named : Optional.of(ofInstance(defaultData()));
    }

    private Optional<KafkaConnection> named() {
        if (bootstrapServers == null && schemaRegistry == null) {
            return Optional.empty();
        }
        return Optional.of(both(
                bootstrapServers != null
                        ? bootstrapServers
                        : context.environment().get(BOOTSTRAP_VARIABLE),
                schemaRegistry != null ? schemaRegistry : context.environment().get(REGISTRY_VARIABLE)));
    }

    private Optional<KafkaConnection> ofNamedInstance() {
        return data == null ? Optional.empty() : Optional.of(ofInstance(context.resolve(data)));
    }

    private Optional<KafkaConnection> ofEnvironment() {
        String brokers = context.environment().get(BOOTSTRAP_VARIABLE);
        String registry = context.environment().get(REGISTRY_VARIABLE);
        return brokers == null && registry == null ? Optional.empty() : Optional.of(both(brokers, registry));
    }

    private KafkaConnection both(@Nullable String brokers, @Nullable String registry) {
        if (brokers == null || registry == null) {
            throw new CommandException("only the " + (brokers == null ? "registry" : "brokers")
                    + " named; expected both --bootstrap-servers and --schema-registry");
        }
        return connection(brokers, registry);
    }

    private KafkaConnection ofInstance(Path directory) {
        InstanceFile instance = running(directory)
                .orElseThrow(() -> new CommandException("data directory='" + directory
                        + "': no instance of weir runs there; start one with 'weir up', name another directory with --data,"
                        + " or a cluster with --bootstrap-servers and --schema-registry"));
        return connection(instance.bootstrapServers(), instance.schemaRegistry());
    }

    private static Optional<InstanceFile> running(Path directory) {
        try {
            return InstanceFile.read(directory).filter(InstanceFile::isRunning);
        } catch (IOException e) {
            throw new CommandException(
                    "data directory='" + directory + "': cannot tell what runs there: " + Failures.describe(e), e);
        }
    }

    private KafkaConnection connection(String brokers, String registry) {
        Map<String, String> properties = new LinkedHashMap<>(registryProperties);
        properties.put("schema.registry.url", registry);
        return new KafkaConnection(brokers, kafkaProperties, properties);
    }

    private Path defaultData() {
        return context.resolve(Path.of(DEFAULT_DATA));
    }
}
