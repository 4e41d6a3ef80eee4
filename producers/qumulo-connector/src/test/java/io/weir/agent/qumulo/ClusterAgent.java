package io.weir.agent.qumulo;

import static org.awaitility.Awaitility.await;

import io.weir.agent.AgentConfig;
import io.weir.agent.AgentCore;
import io.weir.agent.EventOutlet;
import io.weir.agent.SpooledEvent;
import io.weir.agent.claim.ClaimSettings;
import io.weir.agent.marks.AttemptLiveness;
import io.weir.agent.qumulo.randomised.ClusterTree;
import io.weir.agent.qumulo.randomised.ToldTree;
import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.qumulo.client.rest.Credentials;
import io.weir.qumulo.client.rest.Trust;
import io.weir.qumulo.emulator.QumuloEmulator;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** An agent on an emulated cluster, and what it has told. */
final class ClusterAgent implements AutoCloseable {
    static final QumuloSettings SETTINGS = new QumuloSettings(
            100_000, Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofMillis(20), Duration.ofMillis(500));
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final QumuloEmulator cluster;
    private final Path directory;
    private final QumuloConfig config;
    private final QumuloSettings settings;
    private final List<SpooledEvent> told = new CopyOnWriteArrayList<>();
    private StateInterest interest = StateInterest.NONE;

    @SuppressWarnings("NullAway.Init") // set by start
    private QumuloSource source;

    @SuppressWarnings("NullAway.Init") // set by start
    private AgentCore agent;

    private int fences;

    ClusterAgent(QumuloEmulator cluster, Path directory, QumuloSettings settings) throws Exception {
        this(cluster, directory, settings, List.of(cluster.uri()), List.of());
    }

    ClusterAgent(
            QumuloEmulator cluster, Path directory, QumuloSettings settings, List<URI> endpoints, List<String> excludes)
            throws Exception {
        this.cluster = cluster;
        this.directory = directory;
        this.settings = settings;
        Path password = Files.writeString(directory.resolve("password"), "ok");
        var access =
                new ClusterAccess(endpoints, new Credentials.UserPassword("admin", password), new Trust.Anything());
        this.config = new QumuloConfig(access, List.of("/"), "nas", NotifyTypes.DEFAULT, excludes);
    }

    ClusterAgent wanting(StateInterest states) {
        interest = states;
        return this;
    }

    ClusterAgent start() throws Exception {
        source = QumuloSource.open(config, settings, "agent", interest);
        agent = AgentCore.open(
                AgentConfig.of("agent", "host", directory.resolve("data")),
                source,
                new Outlet(),
                ClaimSettings.refused(),
                AttemptLiveness.byLock());
        agent.start();
        return this;
    }

    void stop() {
        agent.close();
    }

    long figure(String name) {
        return source.figures().getOrDefault(name, 0L);
    }

    AgentCore agent() {
        return agent;
    }

    List<SpooledEvent> told() {
        return told;
    }

    /** {@code type path}, {@code moved from -> to}; a star where an action caused it, a question mark if reconstructed. */
    List<String> lines() {
        return told.stream()
                .filter(event -> !event.event().getPath().startsWith("/fence-"))
                .map(event -> ToldTree.line(event.event()) + (event.causation().isPresent() ? "*" : ""))
                .toList();
    }

    void forget() {
        told.clear();
    }

    /** Waits until all that has been done on the cluster by now is told, and settled. */
    ClusterAgent caughtUp() {
        String fence = "/fence-" + fences++;
        cluster.tree().createFile(fence);
        await().pollInterval(Duration.ofMillis(5)).atMost(LIMIT).until(() -> told.stream()
                .anyMatch(event -> event.event().getPath().equals(fence)));
        return this;
    }

    /** Waits until what has been told is settled, too. */
    ClusterAgent settled() {
        caughtUp();
        await().pollInterval(Duration.ofMillis(5)).atMost(LIMIT).until(() -> figure("unsettled") == 0);
        return this;
    }

    /** Waits until the agent follows the cluster again, after so many breaks altogether. */
    ClusterAgent followsAgainAfter(long breaks) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(LIMIT)
                .until(() -> figure("connection-breaks") >= breaks
                        && agent.status().gaps().isEmpty());
        return this;
    }

    /** The tree as the events tell it, with nothing but what they tell. */
    ToldTree mirror() {
        var mirror = new ToldTree();
        told.forEach(event -> mirror.take(event.event()));
        return mirror;
    }

    /** What was told of the paths in faults, for messages. */
    String about(Collection<String> faults) {
        Set<String> names = new TreeSet<>();
        faults.stream().limit(3).forEach(fault -> names.addAll(List.of(fault.split("[ ?]"))));
        names.removeIf(name -> !name.startsWith("/"));
        Set<String> parts = new TreeSet<>();
        names.forEach(name -> parts.addAll(List.of(name.split("/"))));
        return told.stream()
                .map(SpooledEvent::event)
                .filter(event ->
                        !event.getType().contains("changed") && !event.getType().contains("written"))
                .filter(event -> event.getGap() != null
                        || parts.contains(lastPart(event.getPath()))
                        || parts.contains(lastPart(String.valueOf(event.getPreviousPath()))))
                .map(event -> event.getSequence() + " " + ToldTree.line(event))
                .collect(Collectors.joining("\n"));
    }

    /** The paths of the cluster, without Weir's own. */
    Set<String> paths() {
        return ClusterTree.paths(cluster);
    }

    /** Files whose state, as it was told last, is not what they have. */
    List<String> differingStates() {
        return ClusterTree.differingStates(cluster, mirror(), this::toldOf);
    }

    private String toldOf(String fileId) {
        return told.stream()
                .map(SpooledEvent::event)
                .filter(event -> event.getGap() != null || fileId.equals(event.getFileId()))
                .map(event -> event.getSequence() + " " + ToldTree.line(event) + " " + event.getState())
                .collect(Collectors.joining("\n"));
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Waits until the stream has broken so often. */
    void broken(long breaks) {
        await().pollInterval(Duration.ofMillis(5)).atMost(LIMIT).until(() -> figure("connection-breaks") >= breaks);
    }

    private final class Outlet implements EventOutlet {
        @Override
        public void deliver(List<SpooledEvent> events, Acknowledgement acknowledgement) {
            told.addAll(events);
            events.forEach(event -> acknowledgement.safe(event.sequence()));
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    @Override
    public void close() {
        agent.close();
    }
}
