package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.TestCluster;
import io.weir.it.Weir;
import io.weir.it.registry.ApicurioProcess;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.Compatibility;
import io.weir.schemas.registry.SchemaRegistryClient;
import io.weir.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole chain with Apicurio Registry in memory, which is killed, and has lost its schemas when it is back. */
class ApicurioChainTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] FILTER = {"filter", "--data", "filter"};
    private static final String[] WORKER = {"worker", "--volume", "in=in", "--agent-data", "agent", "--data", "worker"};
    private static final String LOST = "so it has lost its schemas";
    private static final String RULES =
            """
            rules:
              - id: take
                on: [written]
                when:
                  - extension: zip
                actions:
                  - quarantine: { to: /.taken }
            """;

    @TempDir
    private Path home;

    private final Opened opened = new Opened();

    @AutoClose
    private final TestCluster cluster = TestCluster.start();

    @AutoClose
    private final ApicurioProcess apicurio = ApicurioProcess.inMemory();

    @BeforeEach
    void files() throws IOException {
        home = home.toRealPath();
        Files.createDirectory(home.resolve("in"));
        Files.writeString(home.resolve("rules.yaml"), RULES);
    }

    @AfterEach
    void stop() throws Exception {
        opened.closeAll();
    }

    @Test
    void filesAreQuarantinedWhileTheRegistryIsAwayAndAfterItHasLostItsSchemas() throws IOException {
        run("topics", "create", "--partitions", "2", "--replication-factor", "1");
        start("agent", "--volume", "in=in", "-r", "--data", "agent");
        Weir filter = start(FILTER);
        Weir worker = start(WORKER);
        run("rules", "apply", "-f", "rules.yaml");
        isTaken("first.zip");
        Map<String, Integer> ids = ids();

        apicurio.kill();
        isTaken("while-it-is-away.zip");
        filter.close();
        worker.close();
        refuses("no schema registry answers at [" + apicurio.url(), FILTER);

        apicurio.startAgain();
        refuses(LOST, FILTER);
        refuses("run 'weir topics create' first", WORKER);
        refuses(LOST, "rules", "list");
        refuses(LOST, "status");
        drop("waits.zip");

        Weir again = run("topics", "create", "--partitions", "2", "--replication-factor", "1");
        assertThat(again.out()).contains("schema weir.file-events-value").doesNotContain("topic ");
        start(FILTER);
        start(WORKER);
        awaitTaken("waits.zip");
        assertThat(ids()).isEqualTo(ids);
        assertThat(run("rules", "list").out()).contains("take");
        assertThat(TestCluster.read(
                        KafkaConnection.of(cluster.bootstrapServers(), apicurio.url()), Topics.DEAD_LETTERS))
                .isEmpty();
    }

    private Map<String, Integer> ids() {
        Map<String, Integer> ids = new TreeMap<>();
        try (SchemaRegistryClient registry = new SchemaRegistryClient(Map.of("schema.registry.url", apicurio.url()))) {
            registry.subjects()
                    .forEach(
                            subject -> ids.put(subject, registry.latest(subject).id()));
            assertThat(registry.compatibility("weir.file-events-value")).contains(Compatibility.FULL_TRANSITIVE);
        }
        assertThat(ids).containsKeys("weir.file-events-value", "weir.actions.in-value");
        return ids;
    }

    private Weir start(String... command) {
        Weir part = opened.add(Weir.start(home, arguments(command)));
        Awaitility.await().atMost(PATIENCE).until(() -> {
            assertThat(part.isOver()).as(part::transcript).isFalse();
            return part.err().contains(" runs");
        });
        return part;
    }

    private Weir run(String... command) {
        Weir weir = Weir.run(home, arguments(command));
        assertThat(weir.code()).as(weir.transcript()).isZero();
        return weir;
    }

    private void refuses(String why, String... command) {
        Weir weir = Weir.run(home, arguments(command));
        assertThat(weir.code()).as(weir.transcript()).isEqualTo(1);
        assertThat(weir.err()).contains(why).doesNotContain("\tat ");
    }

    private String[] arguments(String... command) {
        return Stream.concat(
                        Stream.of(command),
                        Stream.of(
                                "--bootstrap-servers",
                                cluster.bootstrapServers(),
                                "--schema-registry",
                                apicurio.url(),
                                "--registry-property",
                                "max.retries=1"))
                .toArray(String[]::new);
    }

    private void isTaken(String name) throws IOException {
        drop(name);
        awaitTaken(name);
    }

    private void drop(String name) throws IOException {
        Files.writeString(home.resolve("in").resolve(name), "PK");
    }

    private void awaitTaken(String name) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        home.resolve("in/.taken").resolve(name))
                .hasContent("PK"));
    }
}
