package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.embedded.EmbeddedBroker;
import io.weir.cli.embedded.EmbeddedRegistry;
import io.weir.it.TestCluster;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.FileEvent;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.TopicAdmin;
import io.weir.schemas.topic.TopicSettings;
import io.weir.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes over a real broker: one agent for each subtree. Each test has a volume of its own. */
class AgentOfRecordTest {
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final String SHORT = "--lease=" + LEASE.toSeconds() + "s";

    @AutoClose
    static final TestCluster CLUSTER = TestCluster.start().withTopics();

    @TempDir
    Path home;

    private Path in;

    @BeforeEach
    void make() throws IOException {
        in = home.resolve("in");
        Files.createDirectories(in.resolve("deep"));
    }

    private WeirProcess agent(KafkaConnection at, String id, String data, String volume, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "agent",
                "--bootstrap-servers",
                at.bootstrapServers(),
                "--schema-registry",
                Objects.requireNonNull(at.registry().get("schema.registry.url")),
                "-r",
                "--id",
                id,
                "--data",
                data,
                "--volume",
                volume + "=" + in));
        args.addAll(List.of(more));
        return WeirProcess.start(home, args.toArray(String[]::new));
    }

    private WeirProcess agent(String id, String data, String volume, String... more) {
        return agent(CLUSTER.connection(), id, data, volume, more);
    }

    private static void awaitSaid(WeirProcess agent, String text) {
        Awaitility.await("'" + text + "' from the agent")
                .atMost(WeirProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> agent.err().contains(text));
    }

    private static void awaitEvent(String volume, Predicate<FileEvent> which) {
        CLUSTER.<FileEvent>readUntil(Topics.FILE_EVENTS, WeirProcess.PATIENCE, records -> records.stream()
                .map(ConsumerRecord::value)
                .anyMatch(e -> e.getVolume().equals(volume) && which.test(e)));
    }

    private static Predicate<FileEvent> created(String path, String agent) {
        return e -> e.getType().equals("created")
                && e.getPath().equals(path)
                && e.getAgent().equals(agent);
    }

    @Test
    void aSecondAgentIsRefusedWithTheNameOfTheFirstAndOneBesideItRuns() throws IOException {
        try (WeirProcess first =
                agent("first", "d1", "refused", in.resolve("deep").toString())) {
            awaitSaid(first, "agent first runs");
            try (WeirProcess second = agent("second", "d2", "refused")) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.err())
                        .contains("weir: agent 'first' on host '")
                        .contains("is the agent of record for 'refused:/deep' with all below, which overlaps with"
                                + " 'refused:/' with all below of agent 'second'")
                        .contains("expected one agent for each subtree; try --standby to take over when it stops, or"
                                + " another directory");
            }
            try (WeirProcess sameId = agent("first", "d3", "elsewhere")) {
                assertThat(sameId.awaitExit()).isEqualTo(1);
                assertThat(sameId.err())
                        .contains("agent id='first': an agent of this id runs on host '")
                        .contains("try another name with --id");
            }
            Path beside = Files.createDirectory(in.resolve("beside"));
            try (WeirProcess third = agent("third", "d4", "refused", beside.toString())) {
                awaitSaid(third, "agent third runs");
                Files.createFile(beside.resolve("x"));
                Files.createFile(in.resolve("deep/y"));
                awaitEvent("refused", created("/beside/x", "third"));
                awaitEvent("refused", created("/deep/y", "first"));
                assertThat(third.terminate()).isZero();
            }
            assertThat(first.terminate()).isZero();
        }
    }

    @Test
    void aStandbyTakesOverWhenTheFirstIsKilledAndTellsSinceWhenNobodyWatched() throws IOException {
        try (WeirProcess first = agent("active", "d1", "standby", SHORT);
                WeirProcess second = standby("active", "passive")) {
            Files.createFile(in.resolve("seen-by-the-first"));
            awaitEvent("standby", created("/seen-by-the-first", "active"));
            first.kill();
            long killed = System.nanoTime();
            awaitSaid(second, "agent passive runs");
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(LEASE.plusSeconds(15));
            Files.createFile(in.resolve("seen-by-the-second"));
            awaitEvent("standby", created("/seen-by-the-second", "passive"));
            awaitEvent(
                    "standby",
                    e -> e.getType().equals("gap")
                            && Objects.requireNonNull(e.getGap()).getReason().equals("agent-takeover")
                            && e.getGap().getDetail().contains("agent 'active'")
                            && e.getAgent().equals("passive"));
            assertThat(second.terminate()).isZero();
        }
    }

    private WeirProcess standby(String active, String id) {
        awaitStatus(active, s -> s.getState().equals("running"));
        WeirProcess standby = agent(id, "d2", "standby", "--standby");
        awaitSaid(standby, "agent passive stands by: agent 'active' on host '");
        awaitStatus(id, s -> s.getState().equals("standby"));
        return standby;
    }

    private static ComponentStatus awaitStatus(String agent, Predicate<ComponentStatus> which) {
        return CLUSTER
                .<ComponentStatus>readUntil(Topics.COMPONENTS, WeirProcess.PATIENCE, records -> records.stream()
                        .anyMatch(r -> isOf(agent, r) && which.test(r.value())))
                .stream()
                .filter(r -> isOf(agent, r) && which.test(r.value()))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static boolean isOf(String agent, ConsumerRecord<String, ComponentStatus> record) {
        return record.key().equals("agent/" + agent);
    }

    @Test
    void afterAKillTheSameDataDirectoryIsOfRecordAtOnce() throws IOException {
        try (WeirProcess first = agent("again", "d1", "again")) {
            awaitSaid(first, "agent again runs");
            first.kill();
        }
        Files.createFile(in.resolve("while-down"));
        try (WeirProcess second = agent("again", "d1", "again")) {
            awaitSaid(second, "agent again runs");
            assertThat(second.err()).doesNotContain("a moment ago");
            awaitEvent(
                    "again",
                    e -> e.getPath().equals("/while-down") && e.getOrigin().equals("reconstructed"));
            assertThat(second.terminate()).isZero();
        }
        List<ConsumerRecord<String, ComponentStatus>> attempts =
                CLUSTER.<ComponentStatus>read(Topics.COMPONENTS).stream()
                        .filter(r -> isOf("again", r))
                        .filter(r -> step(r).equals("attempt"))
                        .toList();
        assertThat(attempts).hasSize(2);
    }

    @Test
    void whoWasPausedForLongerThanItsLeaseDeliversNothingMoreAndEnds() throws IOException, InterruptedException {
        try (WeirProcess first = agent("paused", "d1", "paused", SHORT)) {
            awaitSaid(first, "agent paused runs");
            signal("STOP", first);
            try (WeirProcess second = agent("quick", "d2", "paused")) {
                awaitSaid(second, "agent quick runs");
                Files.createFile(in.resolve("seen-once"));
                awaitEvent("paused", created("/seen-once", "quick"));
                signal("CONT", first);
                assertThat(first.awaitExit()).isEqualTo(1);
                assertThat(first.err())
                        .contains("this agent is no longer of record")
                        .contains("agent 'quick' on host '");
                assertThat(CLUSTER.<FileEvent>read(Topics.FILE_EVENTS))
                        .extracting(ConsumerRecord::value)
                        .noneMatch(created("/seen-once", "paused"));
                assertThat(second.terminate()).isZero();
            }
        }
    }

    private static void signal(String name, WeirProcess to) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(to.pid())).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    @Test
    void withoutKafkaAtItsStartItCapturesAndClaimsBeforeTheFirstEventIsDelivered() throws IOException {
        int brokerPort = freePort();
        int registryPort = freePort();
        KafkaConnection later = KafkaConnection.of("127.0.0.1:" + brokerPort, "http://127.0.0.1:" + registryPort);
        try (WeirProcess agent = agent(later, "early", "d1", "early")) {
            awaitSaid(agent, "Kafka has not answered within 5 s; what happens is captured");
            awaitSaid(agent, "agent early runs");
            Files.createFile(in.resolve("before-kafka"));
            try (EmbeddedBroker broker = EmbeddedBroker.start(home.resolve("kafka"), brokerPort);
                    EmbeddedRegistry registry = EmbeddedRegistry.start(broker.bootstrapServers(), registryPort)) {
                try (TopicAdmin admin = new TopicAdmin(later)) {
                    admin.create(TopicSettings.embedded());
                }
                Awaitility.await()
                        .atMost(WeirProcess.PATIENCE)
                        .until(() -> order(later).size() >= 2);
                assertThat(order(later)).startsWith("held", "/before-kafka");
                assertThat(agent.terminate()).isZero();
                assertThat(registry.url()).contains(Integer.toString(registryPort));
            }
        }
    }

    /** By the log's time: when the agent was of record, and what it delivered. */
    private static List<String> order(KafkaConnection at) {
        record Seen(long time, String what) {}
        List<Seen> seen = new ArrayList<>();
        TestCluster.<ComponentStatus>read(at, Topics.COMPONENTS).stream()
                .filter(r -> r.key().startsWith("agent/"))
                .filter(r -> step(r).equals("held"))
                .limit(1)
                .forEach(r -> seen.add(new Seen(r.timestamp(), "held")));
        TestCluster.<FileEvent>read(at, Topics.FILE_EVENTS)
                .forEach(r -> seen.add(new Seen(r.timestamp(), r.value().getPath())));
        return seen.stream()
                .sorted(Comparator.comparingLong(Seen::time))
                .map(Seen::what)
                .toList();
    }

    private static String step(ConsumerRecord<String, ComponentStatus> record) {
        return Objects.requireNonNull(record.value().getClaim()).getStep();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
