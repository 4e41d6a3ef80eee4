package io.weir.it.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.TestCluster;
import io.weir.qumulo.emulator.QumuloEmulator;
import io.weir.qumulo.emulator.tree.FileTree;
import io.weir.schemas.ActionResult;
import io.weir.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole chain on an emulated Qumulo cluster whose clock is minutes ahead: rules that would provoke themselves act once
 * for each foreign change, whatever happens to the stream.
 */
class QumuloChainTest {
    private static final int EACH = 5;
    private static final Duration REST = Duration.ofSeconds(3);
    private static final String RULES =
            """
            rules:
              - id: archives
                volume: nas
                on: [created, moved, moved-in]
                when: {path: "/in/**", extension: zip}
                actions: [quarantine: {to: /quarantine}]
              - id: modes
                volume: nas
                on: [created, acl-changed, owner-changed, group-changed, attributes-changed]
                when: {path: "/modes/**", kind: file}
                actions: [chmod: {mode: "0640"}]
              - id: names
                volume: nas
                on: [created, moved, moved-in]
                when: {path: "/names/**"}
                actions: [rename: {to: "{event.path}x"}]
            """;

    @TempDir
    private Path home;

    private final Opened opened = new Opened();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Servers servers;

    @SuppressWarnings("NullAway.Init") // set before each test
    private QumuloEmulator cluster;

    @BeforeEach
    void start() throws IOException {
        home = home.toRealPath();
        Files.writeString(home.resolve("rules.yaml"), RULES);
        Files.writeString(home.resolve("token"), "access-v1:t");
        cluster = opened.add(QumuloEmulator.start());
        cluster.accounts().grant("access-v1:t");
        cluster.clock().skew(Duration.ofMinutes(7));
        List.of("/in", "/modes", "/names").forEach(cluster.tree()::createDirectory);
        servers = Servers.start(opened, home.resolve("kafka"));
    }

    @AfterEach
    void stop() throws Exception {
        opened.closeAll();
    }

    @Test
    void eachRuleActsOnceForEachForeignChange() {
        WeirProcess agent = startAll();
        change("a");
        awaitRest(EACH);
        assertThat(cluster.tree().state().paths().keySet())
                .contains("/quarantine/in/a0.zip", "/names/a0x")
                .doesNotContain("/in/a0.zip", "/names/a0", "/names/a0xx");

        cluster.faults().refuseConnections(20);
        cluster.faults().resetConnections();
        change("b");
        cluster.faults().clear();
        awaitRest(2 * EACH);

        assertThat(agent.terminate()).as(agent.transcript()).isZero();
        change("c");
        startAgent();
        awaitRest(3 * EACH);
        assertThat(cluster.tree()
                        .state()
                        .find("/modes/c1")
                        .orElseThrow()
                        .attributes()
                        .mode())
                .isEqualTo(0640);
    }

    private void change(String name) {
        FileTree tree = cluster.tree();
        for (int i = 0; i < EACH; i++) {
            tree.createFile("/in/" + name + i + ".zip");
            tree.write("/in/" + name + i + ".zip", "text".getBytes(UTF_8));
            tree.createFile("/modes/" + name + i);
            tree.createFile("/names/" + name + i);
        }
    }

    private WeirProcess startAll() {
        start("worker", "--volume", "nas=" + cluster.uri(), "--token-file", "token");
        start("filter", "--data", "filter");
        WeirProcess agent = startAgent();
        WeirProcess apply = WeirProcess.run(home, servers.arguments("rules", "apply", "-f", "rules.yaml"));
        assertThat(apply.awaitExit()).as(apply::transcript).isZero();
        return agent;
    }

    private WeirProcess startAgent() {
        return start(
                "qumulo",
                "--cluster",
                cluster.uri().toString(),
                "--token-file",
                "token",
                "--volume",
                "nas",
                "--data",
                "agent");
    }

    private WeirProcess start(String... command) {
        return servers.startPart(home, command);
    }

    /** Waits until each rule has acted so often, and for a while no more often. */
    private void awaitRest(int each) {
        Map<String, Integer> expected = Map.of("archives", each, "modes", each, "names", each);
        Awaitility.await()
                .atMost(WeirProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .during(REST)
                .untilAsserted(() -> assertThat(done()).isEqualTo(expected));
    }

    private Map<String, Integer> done() {
        Map<String, Integer> done = new TreeMap<>();
        TestCluster.<ActionResult>read(servers.connection(), Topics.ACTION_RESULTS).stream()
                .map(record -> record.value())
                .forEach(result -> done.merge(
                        result.getRule() + (result.getOutcome().equals("done") ? "" : " " + result.getOutcome()),
                        1,
                        Integer::sum));
        return done;
    }
}
