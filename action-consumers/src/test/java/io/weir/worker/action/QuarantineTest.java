package io.weir.worker.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.worker.run.Bench;
import io.weir.worker.run.Checkpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests, and what is purged. */
class QuarantineTest {
    private static final Map<String, String> AREA = Map.of("to", "/q");
    private static final String HASH_OF_X = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";

    @TempDir
    Path directory;

    @AutoClose
    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(directory);
    }

    private ActionResult purge(ActionResult done) throws Exception {
        return bench.errand("purge", done);
    }

    @Test
    void aManifestTellsWhereTheFileComesFromSinceWhenAndWhy() throws Exception {
        bench.file("/in/a", "x");
        ActionResult result = bench.run("quarantine", AREA, "/in/a");
        assertThat(result.getOutcome()).isEqualTo("done");
        Path manifest = bench.root().resolve("q/.weir/" + result.getActionId() + ".json");
        assertThat(Files.readString(manifest))
                .contains("\"from\" : \"/in/a\"")
                .contains("\"path\" : \"/q/in/a\"")
                .contains("\"rule\" : \"rule-1\"")
                .contains("\"sha256\" : \"" + HASH_OF_X + "\"")
                .contains("\"size\" : \"1\"");
        assertThat(Files.getAttribute(manifest, "unix:mode")).isEqualTo(0100600);
        assertThat(result.getEffects()).last().satisfies(move -> {
            assertThat(move.getKind()).isEqualTo("move");
            assertThat(move.getBefore()).containsEntry("sha256", HASH_OF_X).containsEntry("size", "1");
        });
    }

    static Stream<Arguments> deaths() {
        return Stream.of(Checkpoint.values())
                .flatMap(at -> Stream.of(1, 2, 3, 4, 5, 6).map(nth -> Arguments.of(at, nth)));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aWorkerThatDiesLeavesOneFileWithOneManifest(Checkpoint at, int nth) throws Exception {
        bench.file("/in/a", "x");
        ActionRequest request = bench.request("quarantine", AREA, bench.event("/in/a"));
        bench.killAt(at, nth);
        try {
            bench.run(request);
        } catch (Bench.Killed e) {
            bench.restart();
        }
        ActionResult result = bench.run(request);
        assertThat(result.getOutcome()).as(result.getDetail()).isEqualTo("done");
        assertThat(bench.exists("/q/in/a")).isTrue();
        assertThat(bench.exists("/in/a")).isFalse();
        try (Stream<Path> manifests = Files.list(bench.root().resolve("q/.weir"))) {
            assertThat(manifests.map(path -> path.getFileName().toString())).containsExactly(request.getId() + ".json");
        }
        bench.restart();
        ActionResult undone = bench.undo(result);
        assertThat(undone.getOutcome()).as(undone.getDetail()).isEqualTo("done");
        assertThat(bench.exists("/in/a")).isTrue();
        assertThat(bench.exists("/q/.weir/" + request.getId() + ".json")).isFalse();
    }

    @Test
    void whatIsPurgedIsGoneWithItsManifestAndEmptyDirectories() throws Exception {
        bench.file("/in/x/a", "x");
        bench.file("/in/y/b", "x");
        ActionResult first = bench.run("quarantine", AREA, "/in/x/a");
        ActionResult second = bench.run("quarantine", AREA, "/in/y/b");
        assertThat(purge(first).getOutcome()).isEqualTo("done");
        assertThat(bench.exists("/q/in/x")).isFalse();
        assertThat(bench.exists("/q/in/y/b")).isTrue();
        assertThat(purge(second).getOutcome()).isEqualTo("done");
        assertThat(bench.exists("/q/in")).isFalse();
        assertThat(bench.exists("/q")).isTrue();
        assertThat(purge(second).getOutcome()).isEqualTo("nothing-to-do");
    }

    @Test
    void aDirectoryIsPurgedWithAllBelowItAndNoLinkLeadsOutOfIt() throws Exception {
        bench.file("/kept/file", "x");
        for (int i = 0; i < 1_500; i++) {
            bench.file("/in/d/e" + i % 3 + "/f" + i, "x");
        }
        Files.createSymbolicLink(bench.root().resolve("in/d/link"), bench.root().resolve("kept"));
        ActionResult result = bench.run("quarantine", AREA, "/in/d");
        assertThat(purge(result).getOutcome()).isEqualTo("done");
        assertThat(bench.exists("/q/in")).isFalse();
        assertThat(bench.exists("/kept/file")).isTrue();
    }

    @Test
    void anotherFileInItsPlaceIsNotPurged() throws Exception {
        bench.file("/in/a", "x");
        ActionResult result = bench.run("quarantine", AREA, "/in/a");
        bench.rename("/q/in/a", "/q/in/moved");
        bench.file("/q/in/a", "another");
        assertThat(purge(result).getOutcome()).isEqualTo("not-the-same-file");
        assertThat(bench.exists("/q/in/a")).isTrue();
    }

    @Test
    void namesOfManyFilesAtOnePlaceDoNotMeet() throws Exception {
        for (String content : List.of("1", "2", "3")) {
            bench.file("/in/a", content);
            assertThat(bench.run("quarantine", AREA, "/in/a").getOutcome()).isEqualTo("done");
        }
        try (Stream<Path> manifests = Files.list(bench.root().resolve("q/.weir"))) {
            assertThat(manifests).hasSize(3);
        }
    }
}
