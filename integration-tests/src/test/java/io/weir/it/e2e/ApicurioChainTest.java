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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole chain with Apicurio Registry: while it is away, and where it loses its schemas. */
class ApicurioChainTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
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

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private ServerProcess broker;

    @BeforeEach
    void broker() throws IOException {
        home = home.toRealPath();
        Files.createDirectory(home.resolve("in"));
        Files.writeString(home.resolve("rules.yaml"), RULES);
        broker = own(ServerProcess.broker(home.resolve("kafka")));
    }

    private <T extends AutoCloseable> T own(T part) {
        opened.push(part);
        return part;
    }

    @AfterEach
    void stop() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    void filesAreQuarantinedAlsoWhileTheRegistryIsAwayAndAfterItsRestart() throws IOException {
        ApicurioProcess apicurio = own(ApicurioProcess.inKafka(broker.address()));
        run(apicurio, "topics", "create", "--partitions", "2", "--replication-factor", "1");
        startAgent(apicurio);
        Weir filter = startFilter(apicurio);
        startWorker(apicurio);
        run(apicurio, "rules", "apply", "-f", "rules.yaml");
        isTaken("first.zip");

        apicurio.kill();
        isTaken("meanwhile.zip");
        filter.close();
        Weir refused = Weir.run(home, arguments(apicurio, "filter", "--data", "filter"));
        assertThat(refused.code()).as(refused.transcript()).isEqualTo(1);
        assertThat(refused.err()).contains("no schema registry answers at [" + apicurio.url());
        drop("waits.zip");

        apicurio.startAgain();
        startFilter(apicurio);
        awaitTaken("waits.zip");
        assertThat(run(apicurio, "rules", "list").out()).contains("take");
    }

    @Test
    void schemasThatWereLostAreMissedAndBackAfterTopicsCreate() throws IOException {
        ApicurioProcess apicurio = own(ApicurioProcess.inMemory());
        run(apicurio, "topics", "create", "--partitions", "2", "--replication-factor", "1");
        startAgent(apicurio);
        Weir filter = startFilter(apicurio);
        Weir worker = startWorker(apicurio);
        run(apicurio, "rules", "apply", "-f", "rules.yaml");
        isTaken("first.zip");
        Map<String, Integer> ids = ids(apicurio);

        apicurio.kill();
        apicurio.startAgain();
        isTaken("from-memory.zip");
        filter.close();
        worker.close();
        refuses(apicurio, LOST, "filter", "--data", "filter");
        refuses(apicurio, "run 'weir topics create' first", worker());
        refuses(apicurio, LOST, "rules", "list");
        refuses(apicurio, LOST, "status");
        drop("waits.zip");

        Weir again = run(apicurio, "topics", "create", "--partitions", "2", "--replication-factor", "1");
        assertThat(again.out()).contains("schema weir.file-events-value").doesNotContain("topic ");
        startFilter(apicurio);
        startWorker(apicurio);
        awaitTaken("waits.zip");
        assertThat(ids(apicurio)).isEqualTo(ids);
        assertThat(run(apicurio, "rules", "list").out()).contains("take");
        assertThat(TestCluster.read(connection(apicurio), Topics.DEAD_LETTERS)).isEmpty();

        apicurio.kill();
        apicurio.startAgain();
        try (SchemaRegistryClient registry = client(apicurio)) {
            registry.register("another-value", Schema.create(Schema.Type.INT));
        }
        refuses(apicurio, "to have lost its schemas and been filled again in another order", "topics", "create");
    }

    private static Map<String, Integer> ids(ApicurioProcess apicurio) {
        Map<String, Integer> ids = new TreeMap<>();
        try (SchemaRegistryClient registry = client(apicurio)) {
            registry.subjects()
                    .forEach(
                            subject -> ids.put(subject, registry.latest(subject).id()));
            assertThat(registry.compatibility("weir.file-events-value")).contains(Compatibility.FULL_TRANSITIVE);
        }
        assertThat(ids).containsKeys("weir.file-events-value", "weir.actions.in-value");
        return ids;
    }

    private static SchemaRegistryClient client(ApicurioProcess apicurio) {
        return new SchemaRegistryClient(Map.of("schema.registry.url", apicurio.url()));
    }

    private KafkaConnection connection(ApicurioProcess apicurio) {
        return KafkaConnection.of(broker.address(), apicurio.url());
    }

    private void startAgent(ApicurioProcess apicurio) {
        start(apicurio, "agent", "--volume", "in=in", "-r", "--data", "agent");
    }

    private Weir startFilter(ApicurioProcess apicurio) {
        return start(apicurio, "filter", "--data", "filter");
    }

    private Weir startWorker(ApicurioProcess apicurio) {
        return start(apicurio, worker());
    }

    private static String[] worker() {
        return new String[] {"worker", "--volume", "in=in", "--agent-data", "agent", "--data", "worker"};
    }

    private Weir start(ApicurioProcess apicurio, String... command) {
        Weir part = own(Weir.start(home, arguments(apicurio, command)));
        Awaitility.await().atMost(PATIENCE).until(() -> {
            assertThat(part.isOver()).as(part::transcript).isFalse();
            return part.err().contains(" runs");
        });
        return part;
    }

    private Weir run(ApicurioProcess apicurio, String... command) {
        Weir weir = Weir.run(home, arguments(apicurio, command));
        assertThat(weir.code()).as(weir.transcript()).isZero();
        return weir;
    }

    private void refuses(ApicurioProcess apicurio, String why, String... command) {
        Weir weir = Weir.run(home, arguments(apicurio, command));
        assertThat(weir.code()).as(weir.transcript()).isEqualTo(1);
        assertThat(weir.err()).contains(why).doesNotContain("\tat ");
    }

    private String[] arguments(ApicurioProcess apicurio, String... command) {
        return Stream.concat(
                        Stream.of(command),
                        Stream.of("--bootstrap-servers", broker.address(), "--schema-registry", apicurio.url()))
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
