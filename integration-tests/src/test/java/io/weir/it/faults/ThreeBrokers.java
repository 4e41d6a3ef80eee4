package io.weir.it.faults;

import io.weir.it.ChildJvm;
import io.weir.it.e2e.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.awaitility.Awaitility;

/**
 * Processes, each broker and controller, numbered from 1. Each has a listener of its own for the agent, whose address
 * as clients are told it is that of a {@link FaultyProxy}.
 */
final class ThreeBrokers implements AutoCloseable {
    static final String CONTROLLER = "CONTROLLER";
    private static final String HOST = "127.0.0.1:";

    private final Path directory;
    private final List<Integer> nodes;
    private final Map<Integer, Integer> ports = new HashMap<>();
    private final Map<Integer, FaultyProxy> proxies = new HashMap<>();
    private final Map<Integer, Map<String, String>> environments = new HashMap<>();
    private final Map<Integer, Process> processes = new HashMap<>();
    private final String clusterId = Uuid.randomUuid().toString();

    /**
     * Starts them.
     *
     * @param count how many
     * @param disks where a broker's data is to lie, other than below the directory
     * @param settings Kafka's, beside those that make them a cluster
     */
    ThreeBrokers(Path directory, Ports free, int count, Map<Integer, Path> disks, Map<String, String> settings) {
        this.directory = directory;
        this.nodes = IntStream.rangeClosed(1, count).boxed().toList();
        String copies = Integer.toString(Math.min(3, count));
        Map<Integer, Integer> controllers = new HashMap<>();
        nodes.forEach(node -> {
            ports.put(node, free.next());
            controllers.put(node, free.next());
        });
        String voters = nodes.stream()
                .map(node -> node + "@" + HOST + controllers.get(node))
                .collect(Collectors.joining(","));
        for (int node : nodes) {
            int behindProxy = free.next();
            FaultyProxy proxy = new FaultyProxy(free.next(), behindProxy);
            proxies.put(node, proxy);
            Properties p = new Properties();
            p.put("process.roles", "broker,controller");
            p.put("node.id", Integer.toString(node));
            p.put("controller.quorum.voters", voters);
            p.put("controller.listener.names", CONTROLLER);
            p.put("inter.broker.listener.name", "PLAINTEXT");
            p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,AGENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
            String own = "PLAINTEXT://" + HOST + ports.get(node);
            p.put(
                    "listeners",
                    own + ",AGENT://" + HOST + behindProxy + ",CONTROLLER://" + HOST + controllers.get(node));
            p.put("advertised.listeners", own + ",AGENT://" + HOST + proxy.port());
            p.put(
                    "log.dirs",
                    disks.getOrDefault(node, directory.resolve("data" + node)).toString());
            p.put("auto.create.topics.enable", "false");
            p.put("offsets.topic.num.partitions", "6");
            p.put("transaction.state.log.num.partitions", "6");
            p.put("offsets.topic.replication.factor", copies);
            p.put("transaction.state.log.replication.factor", copies);
            p.put("transaction.state.log.min.isr", count >= 3 ? "2" : "1");
            p.put("log.cleaner.dedupe.buffer.size", "2097152");
            p.putAll(settings);
            try (Writer out = Files.newBufferedWriter(properties(node))) {
                p.store(out, null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        nodes.forEach(this::launch);
        nodes.forEach(this::awaitReady);
    }

    List<Integer> nodes() {
        return nodes;
    }

    private Path properties(int node) {
        return directory.resolve("broker" + node + ".properties");
    }

    private Path log(int node) {
        return directory.resolve("broker" + node + ".log");
    }

    /** From its next start on. */
    void environment(int node, Map<String, String> environment) {
        environments.put(node, environment);
    }

    /** Starts it, without waiting until it works. */
    void launch(int node) {
        ProcessBuilder builder = new ProcessBuilder(
                ChildJvm.command("256m", BrokerNode.class, properties(node).toString(), clusterId));
        builder.environment().putAll(environments.getOrDefault(node, Map.of()));
        try {
            Files.deleteIfExists(log(node));
            processes.put(
                    node,
                    builder.redirectErrorStream(true)
                            .redirectOutput(log(node).toFile())
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(int node) {
        Awaitility.await("broker " + node)
                .atMost(FaultCampaign.PATIENCE)
                .failFast(() -> {
                    if (!isAlive(node)) {
                        throw new AssertionError("broker " + node + " ended, saying " + said(node));
                    }
                })
                .until(() -> said(node).lines().anyMatch(BrokerNode.READY::equals));
    }

    private String said(int node) {
        try {
            return Files.readString(log(node));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process process(int node) {
        return Objects.requireNonNull(processes.get(node));
    }

    boolean isAlive(int node) {
        return process(node).isAlive();
    }

    /** {@code kill -9}. */
    void kill(int node) {
        process(node).destroyForcibly();
        awaitEnd(node);
    }

    /** SIGTERM: hands its leaderships over, and stops. */
    void stop(int node) {
        process(node).destroy();
        awaitEnd(node);
    }

    /** Waits until it has ended by itself. */
    void awaitEnd(int node) {
        try {
            if (!process(node).waitFor(FaultCampaign.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("broker " + node + " does not end; it said: " + said(node));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void freeze(int node) {
        ServerProcess.signal(process(node).pid(), "STOP");
    }

    void go(int node) {
        ServerProcess.signal(process(node).pid(), "CONT");
    }

    void start(int node) {
        launch(node);
        awaitReady(node);
    }

    FaultyProxy proxy(int node) {
        return Objects.requireNonNull(proxies.get(node));
    }

    /** For all but the agent. */
    String bootstrapServers() {
        return nodes.stream().map(node -> HOST + ports.get(node)).collect(Collectors.joining(","));
    }

    String agentBootstrapServers() {
        return nodes.stream().map(node -> HOST + proxy(node).port()).collect(Collectors.joining(","));
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers(), "client.id", "faults"));
    }

    /** The active controller. */
    int controller() {
        try (Admin admin = admin()) {
            return admin.describeMetadataQuorum().quorumInfo().get().leaderId();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int leaderOf(String topic) {
        try (Admin admin = admin()) {
            TopicDescription found =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            return Objects.requireNonNull(found).partitions().get(0).leader().id();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that is not the active controller. */
    int follower() {
        int controller = controller();
        return nodes.stream().filter(node -> node != controller).findFirst().orElseThrow();
    }

    /** Waits until each partition has three copies in sync, and those who should lead it do. */
    void awaitInSync() {
        try (Admin admin = admin()) {
            Awaitility.await("all copies in sync")
                    .atMost(FaultCampaign.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> describe(admin).stream()
                            .flatMap(topic -> topic.partitions().stream())
                            .allMatch(p -> p.leader() != null
                                    && p.isr().size() == p.replicas().size()));
        }
    }

    private static Collection<TopicDescription> describe(Admin admin) throws ExecutionException, InterruptedException {
        var names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        return admin.describeTopics(names).allTopicNames().get().values();
    }

    /** Gives each partition another leader, those of Kafka's own topics among them. */
    void moveLeaders() {
        try (Admin admin = admin()) {
            Map<TopicPartition, Optional<NewPartitionReassignment>> rotated = new HashMap<>();
            for (TopicDescription topic : describe(admin)) {
                for (TopicPartitionInfo partition : topic.partitions()) {
                    List<Integer> replicas = new ArrayList<>(
                            partition.replicas().stream().map(Node::id).toList());
                    int next = (replicas.indexOf(partition.leader().id()) + 1) % replicas.size();
                    List<Integer> order = IntStream.range(0, replicas.size())
                            .map(i -> (next + i) % replicas.size())
                            .mapToObj(replicas::get)
                            .toList();
                    rotated.put(
                            new TopicPartition(topic.name(), partition.partition()),
                            Optional.of(new NewPartitionReassignment(order)));
                }
            }
            admin.alterPartitionReassignments(rotated).all().get();
            electPreferred(admin);
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void electPreferred(Admin admin) throws ExecutionException, InterruptedException {
        var elected =
                admin.electLeaders(ElectionType.PREFERRED, null).partitions().get();
        elected.forEach((partition, failure) -> failure.filter(e -> !(e instanceof ElectionNotNeededException))
                .ifPresent(e -> {
                    throw new IllegalStateException("no other leader of " + partition, e);
                }));
    }

    @Override
    public void close() {
        proxies.values().forEach(FaultyProxy::close);
        processes.values().forEach(Process::destroyForcibly);
        processes.keySet().forEach(this::awaitEnd); // They hold their disks until then.
    }
}
