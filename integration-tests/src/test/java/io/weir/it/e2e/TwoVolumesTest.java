package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.TestCluster;
import io.weir.schemas.ActionResult;
import io.weir.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two rules that copy whatever happens in one volume to the other: each copy would set off the next, were it not known as an
 * action's own in the volume where it is made. With an agent for each volume, and with one for both.
 */
class TwoVolumesTest {
    private static final int EACH = 5;
    private static final Duration REST = Duration.ofSeconds(3);
    private static final String RULES =
            """
            rules:
              - id: there
                volume: in
                on: %1$s
                actions: [copy: { volume: backup, to: /copies/, on-exists: number }]
              - id: back
                volume: backup
                on: %1$s
                actions: [copy: { volume: in, to: /copies/, on-exists: number }]
            """
                    .formatted("[created, modified, written, attributes-changed, moved, moved-in, moved-out, deleted]");

    @TempDir
    private Path home;

    private final Opened opened = new Opened();
    private final List<WeirProcess> agents = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Servers servers;

    @BeforeEach
    void cluster() throws IOException {
        home = home.toRealPath();
        for (String directory : List.of("in", "backup", "stage")) {
            Files.createDirectory(home.resolve(directory));
        }
        Files.writeString(home.resolve("rules.yaml"), RULES);
        servers = Servers.start(opened, home.resolve("kafka"));
    }

    @AfterEach
    void stop() throws Exception {
        opened.closeAll();
    }

    @ParameterizedTest(name = "one agent for both: {0}")
    @ValueSource(booleans = {false, true})
    void eachForeignChangeIsCopiedOnceAndNoCopyIsCopiedBack(boolean oneAgent) throws Exception {
        String backupData = oneAgent ? "agent" : "agent-backup";
        start(
                "worker",
                "--volume",
                "in=in",
                "--volume",
                "backup=backup",
                "--agent-data",
                "agent",
                "--agent-data",
                "backup=" + backupData);
        start("filter", "--data", "filter");
        startAgents(oneAgent);
        WeirProcess apply = WeirProcess.run(home, servers.arguments("rules", "apply", "-f", "rules.yaml"));
        assertThat(apply.awaitExit()).as(apply::transcript).isZero();

        for (int i = 0; i < EACH; i++) {
            moveIn("in", "a" + i);
            moveIn("backup", "b" + i);
        }

        Map<String, Integer> once = Map.of("there", EACH, "back", EACH);
        awaitRest(once);
        for (int i = 0; i < EACH; i++) {
            assertThat(home.resolve("backup/copies/a" + i)).hasContent("a" + i);
            assertThat(home.resolve("in/copies/b" + i)).hasContent("b" + i);
        }
        agents.forEach(
                agent -> assertThat(agent.terminate()).as(agent.transcript()).isZero());
        startAgents(oneAgent);
        awaitRest(once);
    }

    private void startAgents(boolean one) {
        agents.clear();
        if (one) {
            agents.add(start(
                    "agent", "--volume", "in=in", "--volume", "backup=backup", "-r", "--data", "agent", "--id", "a"));
        } else {
            agents.add(start("agent", "--volume", "in=in", "-r", "--data", "agent", "--id", "a"));
            agents.add(start("agent", "--volume", "backup=backup", "-r", "--data", "agent-backup", "--id", "b"));
        }
    }

    private WeirProcess start(String... command) {
        return servers.startPart(home, command);
    }

    /** One event: moved-in. */
    private void moveIn(String volume, String name) throws IOException {
        Path staged = Files.writeString(home.resolve("stage").resolve(name), name);
        Files.move(staged, home.resolve(volume).resolve(name));
    }

    private void awaitRest(Map<String, Integer> expected) {
        Awaitility.await()
                .atMost(WeirProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .during(REST)
                .untilAsserted(() -> assertThat(done()).isEqualTo(expected));
    }

    private Map<String, Integer> done() {
        Map<String, Integer> done = new TreeMap<>();
        TestCluster.<ActionResult>read(servers.connection(), Topics.ACTION_RESULTS)
                .forEach(record -> {
                    assertThat(record.value().getOutcome())
                            .as(record.value()::toString)
                            .isEqualTo("done");
                    done.merge(record.value().getRule(), 1, Integer::sum);
                });
        return done;
    }
}
