package io.weir.agent.qumulo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.agent.qumulo.randomised.Forwarder;
import io.weir.qumulo.emulator.QumuloEmulator;
import io.weir.qumulo.emulator.settings.Privileges;
import io.weir.qumulo.emulator.tree.FileTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The source over the agent's core, on an emulated cluster. */
@Timeout(60)
class QumuloSourceTest {
    @TempDir
    Path directory;

    private QumuloEmulator cluster;
    private FileTree tree;
    private ClusterAgent agent;

    @BeforeEach
    void start() throws Exception {
        cluster = QumuloEmulator.start();
        tree = cluster.tree();
        tree.createDirectories("/in/deep");
        tree.createFile("/in/old");
        agent = new ClusterAgent(cluster, directory, ClusterAgent.SETTINGS);
    }

    @AfterEach
    void stop() {
        agent.close();
        cluster.close();
    }

    private void unreachable() {
        cluster.faults().refuseConnections(Integer.MAX_VALUE);
        cluster.faults().resetConnections();
    }

    private void reachable() {
        cluster.faults().clear();
    }

    @Test
    void whatHappensIsToldAsItHappens() throws Exception {
        agent.start();
        tree.createFile("/in/a");
        tree.write("/in/a", "text".getBytes(UTF_8));
        tree.change("/in/a", change -> change.mode(0640));
        tree.rename("/in/a", "/in/deep/b");
        tree.rename("/in", "/out");
        tree.delete("/out/deep/b");
        agent.caughtUp();
        assertThat(agent.lines())
                .containsExactly(
                        "created /in/a",
                        "size-changed /in/a",
                        "data-written /in/a",
                        "acl-changed /in/a",
                        "moved /in/a -> /in/deep/b",
                        "moved /in -> /out",
                        "deleted /out/deep/b");
    }

    @Test
    void whereMarksAreBelongsToWeirAlone() throws Exception {
        tree.createDirectory("/.weir"); // by somebody, for all
        agent.start().caughtUp();
        assertThat(List.of("/.weir", "/.weir/marks", "/.weir/staging"))
                .extracting(path ->
                        tree.state().find(path).orElseThrow().attributes().mode())
                .containsOnly(0700);
    }

    @Test
    void whatIsToldWhileACheckpointIsTakenHasItsState() throws Exception {
        var oftenChecked = new QumuloSettings(
                100_000, Duration.ofSeconds(2), Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMillis(500));
        agent = new ClusterAgent(cluster, directory, oftenChecked)
                .wanting(StateInterest.ALL)
                .start();
        int made = 0;
        while (agent.figure("checkpoints") < 20) {
            for (int i = 0; i < 10; i++) {
                tree.createFile("/f" + made++);
            }
            agent.caughtUp();
        }
        assertThat(agent.told())
                .filteredOn(event -> event.event().getState() == null)
                .isEmpty();
    }

    /** @param snapshots whether the agent may take them; if not, it walks the tree */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatHappenedDuringABreakIsToldOnce(boolean snapshots) throws Exception {
        if (!snapshots) {
            cluster.accounts().withdraw(Privileges.SNAPSHOT_WRITE);
        }
        tree.createDirectories("/moving/sub");
        tree.createFile("/moving/sub/f");
        tree.createDirectories("/leaving/sub");
        tree.createFile("/leaving/sub/g");
        tree.createFile("/replaced");
        agent.start();
        tree.createFile("/told");
        agent.settled().forget();

        unreachable();
        tree.createFile("/new");
        tree.write("/in/old", "text".getBytes(UTF_8));
        tree.change("/told", change -> change.mode(0600));
        tree.rename("/moving", "/moved");
        tree.write("/moved/sub/f", "text".getBytes(UTF_8));
        tree.deleteTree("/leaving");
        tree.delete("/replaced");
        tree.createFile("/replaced");
        reachable();
        agent.followsAgainAfter(1).caughtUp();

        assertThat(agent.lines())
                .startsWith("gap disconnected")
                .containsExactlyInAnyOrder(
                        "gap disconnected",
                        "created /new?",
                        "size-changed /in/old?",
                        "data-written /in/old?",
                        "acl-changed /told?",
                        "moved /moving -> /moved?",
                        "size-changed /moved/sub/f?",
                        "data-written /moved/sub/f?",
                        "deleted /leaving/sub/g?",
                        "deleted /leaving/sub?",
                        "deleted /leaving?",
                        "deleted /replaced?",
                        "created /replaced?",
                        "gap disconnected over");
    }

    @Test
    void whatWasToldBeforeABreakIsNotToldAgain() throws Exception {
        agent.start();
        tree.createDirectories("/told/below");
        tree.createFile("/told/below/a");
        tree.write("/told/below/a", "text".getBytes(UTF_8));
        tree.write("/in/old", "text".getBytes(UTF_8));
        tree.rename("/told", "/renamed");
        tree.delete("/in/deep");
        agent.settled().forget();
        cluster.faults().resetStreams();
        agent.followsAgainAfter(1).caughtUp();
        assertThat(agent.lines()).containsExactly("gap disconnected", "gap disconnected over");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void filesThatHaveChangedPlacesAreToldSoThatItIsTrue(boolean snapshots) throws Exception {
        if (!snapshots) {
            cluster.accounts().withdraw(Privileges.SNAPSHOT_WRITE);
        }
        agent.start();
        List.of("/a", "/b", "/c", "/d", "/e", "/a/x").forEach(tree::createDirectories);
        agent.settled();
        unreachable();
        tree.rename("/a", "/between");
        tree.rename("/b", "/a");
        tree.rename("/c", "/b");
        tree.rename("/between", "/c");
        tree.rename("/c/x", "/x");
        tree.rename("/d", "/a/d");
        tree.rename("/a", "/e/a");
        reachable();
        agent.followsAgainAfter(1).caughtUp();
        assertThat(agent.mirror().faults()).isEmpty();
        assertThat(agent.mirror().paths())
                .contains("/b", "/c", "/e", "/e/a", "/e/a/d", "/x")
                .doesNotContain("/a", "/d");
    }

    @Test
    void whatCameAndWentIsToldToBeGone() throws Exception {
        agent.start();
        tree.createFile("/short");
        agent.settled().forget();
        unreachable();
        tree.delete("/short");
        reachable();
        agent.followsAgainAfter(1).caughtUp();
        assertThat(agent.lines()).containsExactly("gap disconnected", "deleted /short?", "gap disconnected over");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatHappenedWhileTheAgentWasDownIsTold(boolean snapshots) throws Exception {
        if (!snapshots) {
            cluster.accounts().withdraw(Privileges.SNAPSHOT_WRITE);
        }
        agent.start().caughtUp().stop();
        agent.forget();
        tree.createFile("/in/meanwhile");
        agent.start().caughtUp();
        assertThat(agent.lines()).containsExactly("gap agent-stopped over", "created /in/meanwhile?");
    }

    @Test
    void whenANodeIsLostAnotherIsAsked() throws Exception {
        try (var first = new Forwarder(cluster.uri());
                var second = new Forwarder(cluster.uri())) {
            agent = new ClusterAgent(
                            cluster, directory, ClusterAgent.SETTINGS, List.of(first.uri(), second.uri()), List.of())
                    .start();
            tree.createFile("/before");
            agent.caughtUp();
            first.lose();
            tree.createFile("/meanwhile");
            agent.followsAgainAfter(1);
            tree.createFile("/after");
            agent.caughtUp();
            assertThat(agent.lines())
                    .containsExactly(
                            "created /before",
                            "gap disconnected",
                            "created /meanwhile?",
                            "gap disconnected over",
                            "created /after");
            agent.stop();
        }
    }

    @Test
    void noSnapshotIsLeftBehind() throws Exception {
        agent.start().caughtUp();
        for (int i = 1; i <= 3; i++) {
            cluster.faults().resetStreams();
            agent.followsAgainAfter(i).caughtUp();
        }
        agent.stop();
        cluster.snapshots().take("2", "weir-agent-nas-leaked", null);
        cluster.snapshots().take("2", "somebody-elses", null);
        agent.start().caughtUp();
        await().until(() -> agent.figure("checkpoints") == 1);
        assertThat(cluster.snapshots().remaining()).hasSize(2);
    }

    @Test
    void aCheckpointThatIsGoneIsAGap() throws Exception {
        agent.start().caughtUp().stop();
        agent.forget();
        for (var snapshot : cluster.snapshots().remaining()) {
            cluster.snapshots().delete(snapshot.id());
        }
        cluster.clock().advance(Duration.ofMinutes(1));
        agent.start().caughtUp();
        assertThat(agent.lines()).contains("gap checkpoint-lost", "gap checkpoint-lost over");
    }

    @Test
    void whereSnapshotsAreForbiddenFromNowOnTheTreeIsWalked() throws Exception {
        agent.start().settled().forget();
        cluster.accounts().withdraw(Privileges.SNAPSHOT_WRITE);
        breakAndRename("/in/old", "/in/unseen");
        assertThat(agent.lines())
                .containsExactly(
                        "gap disconnected", "gap checkpoint-lost", "gap checkpoint-lost over", "gap disconnected over");
        agent.forget();
        breakAndRename("/in/unseen", "/in/seen");
        assertThat(agent.lines())
                .containsExactly("gap disconnected", "moved /in/unseen -> /in/seen?", "gap disconnected over");
    }

    @Test
    void whereSnapshotsAreAllowedFromNowOnTheyAreComparedAgain() throws Exception {
        List<String> privileges = List.copyOf(cluster.accounts().privileges());
        cluster.accounts().withdraw(Privileges.SNAPSHOT_WRITE);
        agent.start().caughtUp().stop();
        cluster.accounts().privileges(privileges);
        agent.forget();
        tree.rename("/in/old", "/in/renamed");
        agent.start().caughtUp();
        assertThat(agent.lines()).containsExactly("gap agent-stopped over", "moved /in/old -> /in/renamed?");
        await().until(() -> agent.figure("checkpoints") == 1);
        agent.forget();
        breakAndRename("/in/renamed", "/in/again");
        assertThat(agent.lines())
                .containsExactly("gap disconnected", "moved /in/renamed -> /in/again?", "gap disconnected over");
        assertThat(cluster.snapshots().remaining()).isNotEmpty();
    }

    private void breakAndRename(String from, String to) throws Exception {
        long breaks = agent.figure("connection-breaks");
        unreachable();
        agent.broken(breaks + 1);
        tree.rename(from, to);
        reachable();
        agent.followsAgainAfter(breaks + 1).caughtUp();
    }

    @Test
    void aFileThatLeftWhatIsWatchedDuringABreakIsToldToBeGoneWhereTheTreeIsWalked() throws Exception {
        cluster.accounts().withdraw(Privileges.SNAPSHOT_WRITE);
        agent = new ClusterAgent(cluster, directory, ClusterAgent.SETTINGS, List.of(cluster.uri()), List.of("/tmp/**"))
                .start();
        tree.createDirectory("/tmp");
        agent.settled().forget();
        breakAndRename("/in/old", "/tmp/old");
        assertThat(agent.lines()).containsExactly("gap disconnected", "deleted /in/old?", "gap disconnected over");
    }

    @Test
    void onlyWhatIsWatchedIsTold() throws Exception {
        agent = new ClusterAgent(cluster, directory, ClusterAgent.SETTINGS, List.of(cluster.uri()), List.of("/tmp/**"))
                .start();
        tree.createDirectories("/tmp/d");
        tree.createFile("/tmp/d/x");
        tree.rename("/in/old", "/tmp/old");
        tree.rename("/tmp/d", "/in/d");
        agent.caughtUp();
        tree.delete("/in/d/x");
        agent.caughtUp();
        assertThat(agent.lines())
                .containsExactly(
                        "created /tmp", "moved-out /in/old", "moved-in /in/d", "moved-in /in/d/x", "deleted /in/d/x");
    }

    @Test
    void theStateIsReadWhereItIsWanted() throws Exception {
        agent.wanting((type, path) -> path.endsWith(".zip")).start();
        tree.createFile("/a.zip");
        tree.write("/a.zip", "text".getBytes(UTF_8));
        tree.createFile("/a.txt");
        agent.caughtUp();
        assertThat(agent.told())
                .filteredOn(event -> event.event().getType().equals("data-written"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.event().getState().getSize()).isEqualTo(4);
                    assertThat(event.event().getState().getKind()).isEqualTo("file");
                });
        assertThat(agent.told())
                .filteredOn(event -> event.event().getPath().equals("/a.txt"))
                .allSatisfy(event -> assertThat(event.event().getState()).isNull());
    }
}
