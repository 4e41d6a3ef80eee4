package io.weir.cli.instance;

import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import io.weir.schemas.connect.ConnectionFaults;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.registry.SchemaRegistryClient;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Asks brokers and registry whether they are there, within a bounded time, so that a command can say in one sentence what is
 * away; Kafka's own clients would wait for minutes and say it in the log.
 */
public final class Reachability {
    /** Long enough for a broker that is just starting. */
    public static final Duration WAIT = Duration.ofSeconds(10);

    private static final String PLAINTEXT = "PLAINTEXT";

    /** How many brokers can be asked within the time. */
    private static final int ASKED = 5;

    private Reachability() {}

    /**
     * Requires brokers that answer and have these topics, and a registry that answers.
     *
     * @return how many brokers there are
     * @throws CommandException that says which is away or missing, and what to do
     */
    public static int require(KafkaConnection connection, Duration wait, String... topics) {
        int brokers = requireBrokers(connection, wait, List.of(topics));
        requireRegistry(connection);
        return brokers;
    }

    private static int requireBrokers(KafkaConnection connection, Duration wait, List<String> topics) {
        Map<String, Object> config = connection.adminConfig("weir-command");
        int millis = Math.toIntExact(wait.toMillis());
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, millis / ASKED)); // of one that hangs
        config.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200L);
        try (Admin admin = Admin.create(config)) {
            var names = admin.listTopics().names();
            var nodes = admin.describeCluster().nodes();
            requireTopics(connection, names.get(wait.toMillis(), TimeUnit.MILLISECONDS), topics);
            return nodes.get(wait.toMillis(), TimeUnit.MILLISECONDS).size();
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = Failures.unwrap(e);
            boolean silent = cause instanceof TimeoutException
                    || cause instanceof org.apache.kafka.common.errors.TimeoutException;
            throw new CommandException(
                    "bootstrap servers='" + connection.bootstrapServers() + "': "
                            + (silent
                                    ? "no broker answered within " + wait.toSeconds() + " s"
                                    : Failures.describe(cause))
                            + "; "
                            + ConnectionFaults.advice(cause)
                                    .orElseGet(() -> "check that Kafka runs there, can be reached, and expects"
                                            + " security.protocol=" + protocol(connection)),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while asking Kafka for its topics", e);
        }
    }

    private static String protocol(KafkaConnection connection) {
        return connection.kafka().getOrDefault("security.protocol", PLAINTEXT);
    }

    private static void requireTopics(KafkaConnection connection, Set<String> present, Collection<String> wanted) {
        List<String> missing =
                wanted.stream().filter(topic -> !present.contains(topic)).toList();
        if (!missing.isEmpty()) {
            throw new CommandException("topics " + missing + " do not exist at bootstrap servers='"
                    + connection.bootstrapServers() + "'; make them with 'weir topics create'"
                    + (protocol(connection).equals(PLAINTEXT)
                            ? ""
                            : ". Or this user may not see them: 'weir acls print' shows which rights each part needs"));
        }
    }

    private static void requireRegistry(KafkaConnection connection) {
        Map<String, Object> config = new HashMap<>(connection.serdeConfig());
        try (SchemaRegistryClient registry = new SchemaRegistryClient(config)) {
            registry.globalCompatibility();
        } catch (RegistryException e) {
            throw new CommandException(
                    "schema registry='" + connection.registryAddress() + "': " + e.getMessage()
                            + (e.isRefusal()
                                    ? ""
                                    : "; "
                                            + ConnectionFaults.advice(e)
                                                    .orElse("check that it runs there and can be reached")),
                    e);
        }
    }
}
