package io.weir.it.faults;

import io.weir.it.Weir;
import io.weir.it.e2e.ServerProcess;
import io.weir.schemas.connect.KafkaConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * Weir as it is run for real: brokers, a registry, an agent, two filters and two workers, each a process of its own,
 * and somebody who starts those of Weir's again that end.
 */
final class Installation implements AutoCloseable {
    static final String AGENT = "agent";
    private static final int PARTITIONS = 6;
    private static final Duration MINDING = Duration.ofMillis(500);

    private static final String RULES =
            """
            rules:
              - id: take
                on: written
                when: { path: "/take/**" }
                actions: [quarantine: { to: /.taken }]
              - id: ping # what it does would set off the next one, and that one this one
                on: [written, moved]
                when: { path: "/ping/**" }
                actions: [move: { to: /pong/ }]
              - id: pong
                on: [written, moved]
                when: { path: "/pong/**" }
                actions: [move: { to: /ping/ }]
              - id: lock # provokes itself
                on: attributes-changed
                when: { path: "/lock/**", kind: file }
                actions: [chmod: { mode: "0640" }]
            """;

    private final Path base;
    private final Ports free = new Ports();
    private final short copies;
    private final ThreeBrokers brokers;
    private final ServerProcess registry;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final ScheduledExecutorService minder = Executors.newSingleThreadScheduledExecutor();
    private @Nullable Future<?> minding;

    /**
     * Starts brokers and registry.
     *
     * @param base has the directory {@code in}, which is watched
     * @param count how many brokers
     * @param disks where a broker's data is to lie, other than below the base
     * @param settings of the brokers
     */
    Installation(Path base, int count, Map<Integer, Path> disks, Map<String, String> settings)
            throws ExecutionException, InterruptedException {
        this.base = base;
        brokers = new ThreeBrokers(base, free, count, disks, settings);
        copies = (short) Math.min(3, count);
        makeSchemasTopic();
        registry = ServerProcess.registry(brokers.bootstrapServers(), free.next());
    }

    /** Starts Weir's parts, and puts the rules in force. */
    void start() throws IOException {
        require("topics", "create", "--partitions", "" + PARTITIONS, "--replication-factor", "" + copies);
        minding = minder.scheduleWithFixedDelay(
                () -> List.copyOf(parts().values()).forEach(Part::mind),
                MINDING.toMillis(),
                MINDING.toMillis(),
                TimeUnit.MILLISECONDS);
        // One after the other, as they take all there is of processors until they run.
        List.of("w0", "w1").forEach(name -> addWorker(name).awaitReady());
        List.of("f0", "f1").forEach(name -> addFilter(name).awaitReady());
        addAgent().awaitReady();
        Files.writeString(base.resolve("rules.yaml"), RULES);
        require("rules", "apply", "-f", "rules.yaml");
    }

    /** The embedded registry would make it with one copy. */
    private void makeSchemasTopic() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("_schemas", Optional.of(1), Optional.of(copies))
                            .configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
    }

    private Part addAgent() {
        List<String> arguments = List.of("agent", "--volume", "v=in", "-r", "--data", AGENT, "--id", "a");
        return add(AGENT, arguments, brokers.agentBootstrapServers());
    }

    /** Starts a filter of this name. */
    Part addFilter(String name) {
        return add(name, List.of("filter", "--data", name, "--id", name), brokers.bootstrapServers());
    }

    /** Starts a worker of this name. */
    Part addWorker(String name) {
        return add(
                name,
                List.of("worker", "--volume", "v=in", "--agent-data", AGENT, "--data", name, "--id", name),
                brokers.bootstrapServers());
    }

    private Part add(String name, List<String> arguments, String bootstrapServers) {
        Part part = new Part(name, base, free.next(), connected(bootstrapServers, arguments));
        part.start();
        synchronized (parts) {
            parts.put(name, part);
        }
        return part;
    }

    private List<String> connected(String bootstrapServers, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--bootstrap-servers", bootstrapServers, "--schema-registry", registry.address()));
        return all;
    }

    Map<String, Part> parts() {
        synchronized (parts) {
            return new LinkedHashMap<>(parts);
        }
    }

    Part part(String name) {
        return Objects.requireNonNull(parts().get(name), name);
    }

    /** All that are wanted at present, the agent first. */
    List<Part> running() {
        return parts().values().stream()
                .filter(Part::isWanted)
                .sorted(Comparator.comparing(Part::name))
                .toList();
    }

    ThreeBrokers brokers() {
        return brokers;
    }

    ServerProcess registry() {
        return registry;
    }

    KafkaConnection connection() {
        return KafkaConnection.of(brokers.bootstrapServers(), registry.address());
    }

    /** Runs a command to its end. */
    Weir weir(String... arguments) {
        return Weir.run(
                base, connected(brokers.bootstrapServers(), List.of(arguments)).toArray(String[]::new));
    }

    private void require(String... arguments) {
        Weir done = weir(arguments);
        if (done.code() != 0) {
            throw new AssertionError(
                    "weir " + List.of(arguments) + " ended with " + done.code() + "\n" + done.transcript());
        }
    }

    /** For people: all that its processes have said. */
    String transcript() {
        StringBuilder all = new StringBuilder();
        parts().values().forEach(part -> all.append('\n').append(part.transcript()));
        return all.toString();
    }

    @Override
    public void close() throws IOException {
        if (minding != null) {
            minding.cancel(false);
        }
        minder.shutdownNow();
        parts().values().forEach(Part::close);
        registry.close();
        brokers.close();
    }
}
