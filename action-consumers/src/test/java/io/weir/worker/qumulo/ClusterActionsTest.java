package io.weir.worker.qumulo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.FileEvent;
import io.weir.schemas.marks.Effect;
import io.weir.worker.UnableToWorkException;
import io.weir.worker.run.Bench;
import io.weir.worker.settings.Program;
import io.weir.worker.settings.WorkerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole actions on a cluster: what they do, and what its agent is told of them. */
class ClusterActionsTest {
    @TempDir
    Path directory;

    ClusterPremises files;
    TestCluster cluster;
    Bench bench;

    @BeforeEach
    void open() throws Exception {
        files = new ClusterPremises(directory.resolve("cluster"), "/export/vol");
        cluster = files.cluster();
        bench = new Bench(directory, files);
        files.write("/in/a", "content");
    }

    @AfterEach
    void close() {
        assertThat(files.staged()).isEmpty();
        bench.close();
        files.close();
    }

    private ActionResult run(String action, Map<String, ?> parameters) throws Exception {
        return bench.run(action, parameters, "/in/a");
    }

    @Test
    void theAgentIsToldOfMarkAndChangeInTheirOrderHoweverWrongClocksAre() throws Exception {
        cluster.emulator.clock().skew(Duration.ofMinutes(-7));
        var request = bench.request("rename", Map.of("to", "/in/b"), bench.event("/in/a"));
        try (var told = new ToldEvents(cluster)) {
            assertThat(bench.run(request).getOutcome()).isEqualTo("done");
            String mark = " /.weir/marks/" + request.getId() + ".1.";
            assertThat(told.all())
                    .containsExactly(
                            "child_file_moved_to" + mark + "begin",
                            "child_file_moved_from /in/a",
                            "child_file_moved_to /in/b",
                            "child_file_moved_to" + mark + "end");
            assertThat(bench.run(request).getOutcome()).as("delivered again").isEqualTo("done");
            assertThat(told.all()).isEmpty();
        }
        String id = files.state("/in/b").getFileId();
        assertThat(bench.begin(request.getId(), 1).effects()).containsExactly(new Effect.Move("/in/a", "/in/b", id));
        assertThat(bench.end(request.getId(), 1).done()).containsExactly(new Effect.Move("/in/a", "/in/b", id));
    }

    @Test
    void aQuarantineIsListedByItsManifestAndRestored() throws Exception {
        ActionResult done = run("quarantine", Map.of("to", "/q"));
        assertThat(done.getOutcome()).isEqualTo("done");
        assertThat(files.content("/q/in/a")).isEqualTo("content");
        assertThat(files.content("/q/.weir/" + done.getActionId() + ".json"))
                .doesNotContain("uid")
                .contains("\"from\" : \"/in/a\"", "\"size\" : \"7\"", "\"sha256\" : \"ed7002b4");

        assertThat(bench.undo(done).getOutcome()).isEqualTo("done");

        assertThat(files.content("/in/a")).isEqualTo("content");
        assertThat(files.has("/q")).isFalse();
    }

    @Test
    void aQuarantineIsPurged() throws Exception {
        ActionResult done = run("quarantine", Map.of("to", "/q"));
        assertThat(bench.errand("purge", done).getOutcome()).isEqualTo("done");
        assertThat(files.names("/q")).containsExactly(".weir");
        assertThat(files.names("/q/.weir")).isEmpty();
    }

    @Test
    void chmodAndCopyAreUndoneAndDirectoriesTidiedUp() throws Exception {
        ActionResult mode = run("chmod", Map.of("mode", "0600"));
        assertThat(bench.undo(mode).getOutcome()).isEqualTo("done");
        assertThat(files.state("/in/a").getMode()).isEqualTo(0644);
        ActionResult copy = run("copy", Map.of("to", "/made/copy"));
        assertThat(bench.undo(copy, "leave").getOutcome()).isEqualTo("done");
        assertThat(files.has("/made/copy")).isFalse();
        assertThat(bench.undo(copy, "only").getOutcome()).isEqualTo("done");
        assertThat(files.has("/made")).isFalse();
    }

    @Test
    void anOwnerWithoutANumberIsNotBroughtBackByOne() throws Exception {
        ActionResult given = run("chown", Map.of("owner", "77"));
        assertThat(given.getOutcome()).isEqualTo("done");
        assertThat(files.state("/in/a").getUid()).isEqualTo(77);
        ActionResult undone = bench.undo(given);
        assertThat(undone.getOutcome()).isEqualTo("refused");
        assertThat(undone.getDetail()).contains("what it was before is not known");
    }

    @Test
    void aFileOfAnOwnerWithoutANumberIsNotCopiedWhereOwnersAreListed() throws Exception {
        bench.with(WorkerSettings.parse("owners: [\"77\"]", "f"));
        ActionResult result = run("copy", Map.of("to", "/copy"));
        assertThat(result.getOutcome()).isEqualTo("refused");
        assertThat(result.getDetail()).contains("owner without a number is not among 'owners' [77] (f:1)");
    }

    @Test
    void aTreeIsCopiedWithoutLinksAndSaysSo() throws Exception {
        files.write("/in/d/b", "deep");
        cluster.user().link("/in/l", "a");
        ActionResult result = bench.run("copy", Map.of("to", "/copy", "recursive", "true"), "/in");
        assertThat(result.getOutcome()).isEqualTo("done");
        assertThat(result.getDetail()).contains("1 entries that are no files or directories were left out");
        assertThat(files.content("/copy/d/b")).isEqualTo("deep");
        assertThat(files.names("/copy")).containsExactlyInAnyOrder("a", "d");
        ActionResult link = bench.run("copy", Map.of("to", "/x"), "/in/l");
        assertThat(link.getOutcome()).isEqualTo("refused");
        assertThat(link.getDetail()).contains("is a link, which cannot be copied");
    }

    @Test
    void aFileIsCopiedToAnotherVolumeOfTheClusterButToNoMount() throws Exception {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        bench.withVolume("host", mounted);
        cluster.serveAnother(bench.runner(), "backup", "/backup", Optional.empty());
        ActionResult copy = run("copy", Map.of("volume", "backup", "to", "/a"));
        assertThat(copy.getOutcome()).isEqualTo("done");
        assertThat(cluster.emulator.tree().state().find("/backup/a")).isPresent();
        assertThat(cluster.emulator.tree().state().find("/backup/.weir/marks/" + copy.getActionId() + ".2.end"))
                .isPresent();
        ActionResult refused = run("copy", Map.of("volume", "host", "to", "/a"));
        assertThat(refused.getOutcome()).isEqualTo("refused");
        assertThat(refused.getDetail()).contains("volume 'host' is mounted on this worker's host, and volume 'vol' is");
    }

    @Test
    void aProgramIsRefusedUnlessTheVolumeIsMountedBesides() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("mounted"));
        var script = List.of("/bin/sh", "-c", "echo $WEIR_VOLUME_ROOT > here");
        Program program = new Program("p", script, Duration.ofSeconds(30), List.of());
        bench.with(WorkerSettings.defaults().with(program));
        cluster.serveAnother(bench.runner(), "mounted", "/mounted", Optional.of(mount));

        ActionResult refused = run("exec", Map.of("run", "p"));
        FileEvent event = bench.event("/in/a");
        event.put("volume", "mounted");
        ActionResult run = bench.run(bench.request("exec", Map.of("run", "p"), event));

        assertThat(refused.getOutcome()).isEqualTo("refused");
        assertThat(refused.getDetail()).contains("has no path on this host, which a program needs; mount it");
        assertThat(run.getOutcome()).isEqualTo("done");
        assertThat(mount.resolve("here")).hasContent(mount.toString());
        assertThat(cluster.emulator.tree().state().find("/mounted/.weir/marks/" + run.getActionId() + ".1.end"))
                .as("its marks are on the cluster")
                .isPresent();
    }

    @Test
    void whatIsKeptForMarksIsNobodys() throws Exception {
        for (Map<String, String> to : List.of(Map.of("to", "/.weir/marks/x"), Map.of("to", "/.weir/staging/x"))) {
            ActionResult result = run("rename", to);
            assertThat(result.getOutcome()).isEqualTo("refused");
            assertThat(result.getDetail()).contains("lies in /.weir, which is kept for marks");
        }
        assertThat(files.names("/.weir")).containsExactlyInAnyOrder("marks", "staging");
        assertThat(cluster.emulator
                        .tree()
                        .state()
                        .find("/export/vol/.weir")
                        .orElseThrow()
                        .attributes()
                        .mode())
                .as("no other user may forge marks")
                .isEqualTo(0700);
        ActionResult all = bench.run("chmod", Map.of("mode", "0750", "recursive", "true"), "/");
        assertThat(all.getOutcome()).isEqualTo("done");
        assertThat(files.state("/.weir/marks").getMode()).isEqualTo(0700);
    }

    @Test
    void anActionWithoutAHeartbeatIsHeldBackBeforeItsMarkAndGoesOnWithOne() throws Exception {
        ActionRequest request = bench.request("rename", Map.of("to", "/in/b"), bench.event("/in/a"));
        cluster.passSeconds(30);
        assertThatThrownBy(() -> bench.run(request))
                .isInstanceOf(UnableToWorkException.class)
                .hasMessageStartingWith("held back: no heartbeat of this worker acknowledged by Kafka for 30 s");
        assertThat(files.marks()).isEmpty();
        cluster.heartbeat().acknowledged(cluster.heartbeat().now());
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
    }

    @Test
    void anActionWhoseClusterGoesAwayInItsMidstIsFoundDoneWhenItIsBack() throws Exception {
        ActionRequest request = bench.request("rename", Map.of("to", "/in/b"), bench.event("/in/a"));
        int[] asked = {0};
        cluster.beforeChange(() -> {
            if (++asked[0] == 3) { // before the mark, before the step, before the change
                cluster.emulator.faults().loseAnswers(1_000);
            }
        });
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(UnableToWorkException.class);
        cluster.beforeChange(() -> {});
        cluster.emulator.faults().clear();
        ActionResult result = bench.run(request);
        assertThat(result.getOutcome()).isEqualTo("done");
        assertThat(result.getDetail()).isEqualTo("done by attempt 1");
        assertThat(bench.runner().settle()).as("the end mark that was owed").isNull();
        assertThat(files.marks()).contains(request.getId() + ".1.end", request.getId() + ".1.begin");
    }
}
