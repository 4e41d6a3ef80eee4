package io.weir.cli.instance;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import io.weir.schemas.connect.KafkaConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options by which a command finds Kafka and the registry: named outright, else the instance of a data directory that is
 * named, else the environment, else the instance of {@code ./.weir}.
 */
public final class ConnectionOptions {
    /** The data directory of an instance if none is named. */
    public static final String DEFAULT_DATA = ".weir";

    private final CommandContext context;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            order = 50,
            description = "Data directory of the running 'weir up' to talk to (default: " + DEFAULT_DATA + ").")
    private @Nullable Path data;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ClusterOptions cluster;

    public ConnectionOptions(CommandContext context) {
        this.context = context;
    }

    /**
     * Finds the brokers and the registry; does not connect.
     *
     * @throws CommandException if none is named and no instance runs
     */
    public KafkaConnection resolve() {
        return named().orElseGet(() -> ofInstance(defaultData()));
    }

    /** As {@link #resolve}, or empty if none is named and no instance runs. */
    public Optional<KafkaConnection> find() {
        Optional<KafkaConnection> named = named();
        return named.isPresent() ? named : running(defaultData()).map(this::connection);
    }

    private Optional<KafkaConnection> named() {
        return cluster.named()
                .or(() -> Optional.ofNullable(data).map(path -> ofInstance(context.resolve(path))))
                .or(cluster::ofEnvironment);
    }

    private KafkaConnection ofInstance(Path directory) {
        return running(directory)
                .map(this::connection)
                .orElseThrow(() -> new CommandException("data directory='" + directory
                        + "': no instance of weir runs there; start one with 'weir up', name another directory with --data,"
                        + " or a cluster with --bootstrap-servers and --schema-registry"));
    }

    private KafkaConnection connection(InstanceFile instance) {
        return cluster.connection(instance.bootstrapServers(), instance.schemaRegistry());
    }

    private static Optional<InstanceFile> running(Path directory) {
        try {
            return InstanceFile.read(directory).filter(InstanceFile::isRunning);
        } catch (IOException e) {
            throw new CommandException(
                    "data directory='" + directory + "': cannot tell what runs there: " + Failures.describe(e), e);
        }
    }

    private Path defaultData() {
        return context.resolve(Path.of(DEFAULT_DATA));
    }
}
