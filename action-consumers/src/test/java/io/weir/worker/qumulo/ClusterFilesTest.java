package io.weir.worker.qumulo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.posix.PosixException;
import io.weir.worker.Outcome;
import io.weir.worker.Step;
import io.weir.worker.UnableToWorkException;
import io.weir.worker.VolumeFiles;
import io.weir.worker.VolumeFiles.CopyOptions;
import io.weir.worker.files.VolumeFilesContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link VolumeFilesContract} of a volume on a cluster, and what only such a one has. */
class ClusterFilesTest extends VolumeFilesContract {
    private static final CopyOptions COPY = new CopyOptions(true, false, false, false);

    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init") // made with the user
    TestCluster cluster;

    @Override
    protected VolumeFiles files() throws Exception {
        cluster.marks(); // A worker prepares the staging directory with them.
        return cluster.files();
    }

    @Override
    protected User user() {
        try {
            cluster = new TestCluster(directory, "/export/vol");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return cluster.user();
    }

    @AfterEach
    void nothingIsLeftInTheStagingDirectory() {
        assertThat(cluster.staged()).isEmpty();
        cluster.close();
    }

    /** Something that happens once, in the moment before a change is sent. */
    private void beforeNextChange(Runnable what) {
        cluster.beforeChange(() -> {
            cluster.beforeChange(() -> {});
            what.run();
        });
    }

    @Test
    void allOfThisGoesOverTlsToo() throws Exception {
        try (var secure = new TestCluster(directory.resolve("tls"), "/", true)) {
            secure.marks();
            secure.user().write("/a", "x");
            ClusterFiles there = secure.files();
            var entry = there.find("/a").orElseThrow();
            assertThat(there.set(entry, Map.of("mode", "0600")).run()).isPresent();
            assertThat(there.location("/a")).startsWith("https://127.0.0.1:").endsWith("/a");
        }
    }

    @Test
    void aChangeBetweenLookAndSettingIsNotOverwritten() throws Exception {
        user.write("/a", "x");
        Step step = files.set(entry("/a"), Map.of("mode", "0600"));
        beforeNextChange(() -> cluster.user().mode("/a", 0666));
        assertThatThrownBy(step::run).isInstanceOf(IOException.class).hasMessageContaining("changed by somebody else");
        assertThat(entry("/a").mode()).isEqualTo(0666);
        assertThat(step.run().orElseThrow().before()).as("looked at anew").isEqualTo(Map.of("mode", "0666"));
        assertThat(entry("/a").mode()).isEqualTo(0600);
    }

    @Test
    void aFileThatGoesBetweenLookAndSettingIsNotTheSame() throws Exception {
        user.write("/a", "x");
        Step step = files.set(entry("/a"), Map.of("mode", "0600"));
        beforeNextChange(() -> cluster.user().delete("/a"));
        assertRefusal(step, Outcome.NOT_THE_SAME_FILE, "nothing was changed");
    }

    @Test
    void anotherFileThatComesBetweenLookAndMoveIsMovedBack() throws Exception {
        user.write("/a", "meant");
        Step step = files.move("/a", "/b", id("/a"));
        beforeNextChange(() -> {
            cluster.user().move("/a", "/kept");
            cluster.user().write("/a", "another");
        });
        assertRefusal(step, Outcome.NOT_THE_SAME_FILE, "nothing was moved");
        assertThat(user.content("/a")).isEqualTo("another");
        assertThat(files.find("/b")).isEmpty();
    }

    @Test
    void aCopyOfWhatIsWrittenToMeanwhileIsNone() throws Exception {
        user.write("/a", "before");
        Step step = files.copies(files, COPY).copy(entry("/a"), "/b");
        int[] changes = {0};
        cluster.beforeChange(() -> {
            if (++changes[0] == 2) { // after the empty file was made
                cluster.user().write("/a", "after");
            }
        });
        assertThatThrownBy(step::run).hasMessageContaining("was changed while it was copied");
        assertThat(files.find("/b")).isEmpty();
    }

    @Test
    void aCopyKeepsAccessListAndUserMetadata() throws Exception {
        user.write("/a", "x");
        String list = "{\"control\":[\"PRESENT\"],\"posix_special_permissions\":[],\"aces\":[]}";
        var tree = cluster.emulator.tree();
        tree.change(cluster.at("/a"), change -> change.acl(list));
        tree.changeMetadata(cluster.at("/a"), all -> all.with("generic/k", new byte[] {1}));
        files.copies(files, COPY).copy(entry("/a"), "/b").run();
        assertThat(tree.state()
                        .find(cluster.at("/b"))
                        .orElseThrow()
                        .attributes()
                        .acl())
                .isEqualTo(list);
    }

    @Test
    void anOwnerWithoutANumberStaysWithACopyAndIsNotKnownForAnUndo() throws Exception {
        user.write("/a", "x");
        assertThat(entry("/a").uid()).isEqualTo(VolumeFiles.Entry.NO_NUMBER);
        files.copies(files, COPY).copy(entry("/a"), "/b").run();
        var state = cluster.emulator.tree().state();
        assertThat(state.find(cluster.at("/b")).orElseThrow().attributes().owner())
                .isEqualTo(
                        state.find(cluster.at("/a")).orElseThrow().attributes().owner());
        assertThat(files.set(entry("/a"), Map.of("uid", "7"))
                        .run()
                        .orElseThrow()
                        .before())
                .isEmpty();
    }

    @Test
    void aNameThatIsNoTextIsRefusedAndNeverAnother() throws Exception {
        user.write("/a", "x");
        user.write("/?", "x");
        assertThat(files.find("/\udcff")).isEmpty();
        assertThatThrownBy(() -> files.move("/a", "/\udcff", id("/a")).run())
                .isInstanceOf(PosixException.class)
                .hasMessageContaining("only UTF-8");
    }

    @Test
    void aVolumeWhoseRootHasGoneIsNoEmptyOne() throws Exception {
        user.write("/a", "x");
        cluster.emulator.tree().rename("/export/vol", "/export/elsewhere");
        assertThatThrownBy(() -> files.find("/a"))
                .isInstanceOf(UnableToWorkException.class)
                .hasMessageContaining("root='/export/vol' is no directory on the cluster");
        cluster.emulator.tree().rename("/export/elsewhere", "/export/vol");
    }

    @Test
    void whileTheClusterIsAwayTheWorkerIsUnableToWork() throws Exception {
        user.write("/a", "x");
        Step step = files.set(entry("/a"), Map.of("mode", "0600"));
        cluster.emulator.faults().listening(false);
        cluster.emulator.faults().resetConnections();
        assertThatThrownBy(() -> files.find("/a")).isInstanceOf(UnableToWorkException.class);
        assertThatThrownBy(step::run)
                .isInstanceOf(UnableToWorkException.class)
                .hasMessageContaining("no file is touched");
        cluster.emulator.faults().listening(true);
        assertThat(step.run()).isPresent();
    }

    @Test
    void anInterruptedCallCountsAsGivenUpAndIsLookedForTheNextTime() throws Exception {
        user.write("/a", "x");
        String id = id("/a");
        Step step = files.move("/a", "/b", id);
        beforeNextChange(() -> Thread.currentThread().interrupt());
        assertThatThrownBy(step::run).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted())
                .as("so that the end mark can be written")
                .isFalse();
        var unused = step.run();
        assertThat(id("/b")).isEqualTo(id);
    }

    @Test
    void withoutAHeartbeatNothingIsChanged() throws Exception {
        user.write("/a", "x");
        Step step = files.set(entry("/a"), Map.of("mode", "0600"));
        cluster.passSeconds(16);
        assertThatThrownBy(step::run)
                .isInstanceOf(UnableToWorkException.class)
                .hasMessageContaining("held back: no heartbeat of this worker acknowledged by Kafka for 16 s");
        assertThatThrownBy(files::requireTouchable).isInstanceOf(UnableToWorkException.class);
        assertThat(entry("/a").mode()).isEqualTo(0644);
        cluster.heartbeat().acknowledged(cluster.heartbeat().now());
        assertThat(step.run()).isPresent();
    }

    @Test
    void aStepIsHeldBackInItsMidstToo() throws Exception {
        user.write("/a", "x");
        Step step = files.copies(files, COPY).copy(entry("/a"), "/b");
        int[] changes = {0};
        cluster.beforeChange(() -> {
            if (++changes[0] == 3) {
                cluster.passSeconds(16);
            }
        });
        assertThatThrownBy(step::run).isInstanceOf(UnableToWorkException.class);
        cluster.beforeChange(() -> {});
        assertThat(files.find("/b")).isEmpty();
        cluster.heartbeat().acknowledged(cluster.heartbeat().now());
        assertThat(step.run()).isPresent(); // and what was left is deleted
    }

    @Test
    void whatADeadProcessWasMakingIsSweptAtTheNextStartAndNothingElse() throws Exception {
        var staging = new Staging(
                new ClusterTree("vol", cluster.client(), "/export/vol", cluster.heartbeat()),
                cluster.client().changes(),
                "w1");
        staging.file(staging.freshName());
        staging.directory(staging.freshName());
        staging.file(staging.nameOf("a.1.begin"));
        staging.file("a.1.begin.w2");
        staging.file("b.w1");
        cluster.marks();
        assertThat(cluster.staged()).containsExactlyInAnyOrder("a.1.begin.w2", "b.w1");
        staging.discard("a.1.begin.w2");
        staging.discard("b.w1");
    }
}
