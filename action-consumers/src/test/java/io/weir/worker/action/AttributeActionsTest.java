package io.weir.worker.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.rules.action.Change;
import io.weir.schemas.marks.Effect;
import io.weir.worker.run.Bench;
import io.weir.worker.run.Checkpoint;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** chmod and chown, of one file and of all below a directory. */
class AttributeActionsTest {
    private static final Map<String, String> TIDY = Map.of("mode", "u=rwX,go=", "recursive", "true");

    @TempDir
    Path directory;

    Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(directory);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void file(String path, int mode) throws IOException {
        Files.setAttribute(bench.file(path, ""), "unix:mode", mode);
    }

    private void requireRoot() throws IOException {
        assumeTrue(Files.getAttribute(bench.root(), "unix:uid").equals(0), "only root gives files away");
    }

    private void tree() throws IOException {
        file("/d/a", 0644);
        file("/d/run", 0755);
        file("/d/e/b", 0600);
        Files.setAttribute(bench.root().resolve("d"), "unix:mode", 0755);
        Files.setAttribute(bench.root().resolve("d/e"), "unix:mode", 0700);
    }

    @Test
    void aSymbolicModeChangesWhatItNames() throws Exception {
        file("/a", 0644);
        assertThat(bench.run("chmod", Map.of("mode", "u+x,go-r"), "/a").getOutcome())
                .isEqualTo("done");
        assertThat(bench.status("/a").mode()).isEqualTo(0700);
        assertThat(bench.run("chmod", Map.of("mode", "u+x,go-r"), "/a").getOutcome())
                .isEqualTo("nothing-to-do");
    }

    @Test
    void aDirectoryAloneIsChangedUnlessAskedForAllBelowIt() throws Exception {
        tree();
        assertThat(bench.run("chmod", Map.of("mode", "0700"), "/d").getOutcome())
                .isEqualTo("done");
        assertThat(bench.status("/d").mode()).isEqualTo(0700);
        assertThat(bench.status("/d/a").mode()).isEqualTo(0644);
    }

    @Test
    void allBelowADirectoryIsChangedEachByItsOwnMode(@TempDir Path outside) throws Exception {
        tree();
        Path secret = Files.writeString(outside.resolve("secret"), "");
        Files.setAttribute(secret, "unix:mode", 0666);
        Files.createSymbolicLink(bench.root().resolve("d/link"), secret);
        Files.createSymbolicLink(bench.root().resolve("d/way"), outside);
        var request = bench.request("chmod", TIDY, bench.event("/d"));

        var result = bench.run(request);

        assertThat(result.getOutcome()).isEqualTo("done");
        assertThat(bench.status("/d").mode()).isEqualTo(0700);
        assertThat(bench.status("/d/a").mode()).isEqualTo(0600);
        assertThat(bench.status("/d/run").mode()).isEqualTo(0700);
        assertThat((int) Files.getAttribute(secret, "unix:mode") & 0777).isEqualTo(0666);
        assertThat(result.getEffects())
                .as("what was right already is not touched")
                .extracting(e -> e.getPath() + e.getBefore() + e.getAfter())
                .containsExactlyInAnyOrder(
                        "/d{mode=0755}{mode=0700}", "/d/a{mode=0644}{mode=0600}", "/d/run{mode=0755}{mode=0700}");
        assertThat(bench.begin(request.getId(), 1).effects()).hasSize(3).allMatch(Effect.SetFields.class::isInstance);
        assertThat(bench.run("chmod", TIDY, "/d").getDetail()).isEqualTo("all is as it is to be, also below it");
    }

    @Test
    void whatVanishesOrIsReplacedMeanwhileIsPassedOver() throws Exception {
        tree();
        bench.observe(checkpoint -> {
            if (checkpoint == Checkpoint.BEGIN_MARKED) {
                swapFiles();
            }
        });
        var request = bench.request("chmod", TIDY, bench.event("/d"));
        var result = bench.run(request);
        assertThat(result.getOutcome()).isEqualTo("done");
        assertThat(bench.status("/d").mode()).isEqualTo(0700);
        assertThat(bench.status("/d/run").mode()).as("another file").isEqualTo(0640);
        assertThat(bench.end(request.getId(), 1).done())
                .as("of what was not done nothing is claimed")
                .singleElement()
                .satisfies(e -> assertThat(((Effect.SetFields) e).path()).isEqualTo("/d"));
    }

    private void swapFiles() {
        try {
            Files.delete(bench.root().resolve("d/a"));
            Files.move(bench.root().resolve("d/run"), bench.root().resolve("moved"));
            file("/d/run", 0640);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void moreFilesThanAResultCanTellOfAreRefusedAndNothingIsChanged() throws Exception {
        for (int i = 0; i <= ManySteps.MOST; i++) {
            bench.file("/d/" + i, "");
        }
        var result = bench.run("chmod", Map.of("mode", "a+x", "recursive", "true"), "/d");
        assertThat(result.getOutcome()).isEqualTo("refused");
        assertThat(result.getDetail()).contains("nothing was changed. Let the rule match the files themselves");
        assertThat(bench.status("/d/0").mode() & 0111).isZero();
        assertThat(bench.marks()).isEmpty();
    }

    @Test
    void asManyFilesWithLongPathsAsAreDoneFitIntoOneRecordOfKafka() throws Exception {
        String deep = "/" + ("n".repeat(250) + "/").repeat(4);
        int files = 560;
        for (int i = 0; i < files; i++) {
            bench.file(deep + i, "");
        }
        var result = bench.run("chmod", Map.of("mode", "a+x", "recursive", "true"), deep.substring(0, 251));
        assertThat(result.getOutcome()).as(result::getDetail).isEqualTo("done");
        assertThat(result.getEffects()).hasSize(files);
        var bytes = io.weir.schemas.ActionResult.getEncoder().encode(result).remaining();
        assertThat(bytes).isBetween(500_000, 1_000_000);
    }

    @Test
    void specialModesBelowADirectoryNeedTheWorkersPermissionOnlyWhereTheyAreNew() throws Exception {
        file("/d/a", 04711);
        assertThat(bench.run("chmod", Map.of("mode", "a+r", "recursive", "true"), "/d")
                        .getOutcome())
                .isEqualTo("done");
        assertThat(bench.status("/d/a").mode()).isEqualTo(04755);
        file("/d/b", 0711);
        var refused = bench.run("chmod", Map.of("mode", "u+s", "recursive", "true"), "/d");
        assertThat(refused.getOutcome()).isEqualTo("refused");
        assertThat(refused.getDetail()).contains("'special-modes: false' (default) forbids");
    }

    @Test
    void aFileWithOtherNamesIsNotChangedUnlessThePolicyAllows(@TempDir Path outside) throws Exception {
        file("/a", 0644);
        Files.createLink(outside.resolve("shadow"), bench.root().resolve("a"));
        for (var action : Map.of("chmod", Map.of("mode", "0666"), "chown", Map.of("owner", "77"))
                .entrySet()) {
            var refused = bench.run(action.getKey(), action.getValue(), "/a");
            assertThat(refused.getOutcome()).isEqualTo("refused");
            assertThat(refused.getDetail()).contains("path='/a' has 2 names", "'hard-links: false' (default) forbids");
        }
        bench.with(WorkerSettings.parse("hard-links: true", "w.yaml"));
        assertThat(bench.run("chmod", Map.of("mode", "0666"), "/a").getOutcome())
                .isEqualTo("done");
    }

    @Test
    void chownGivesAFileToWhomTheRuleNamesByNameOrNumber() throws Exception {
        requireRoot();
        file("/a", 0644);
        var request = bench.request("chown", Map.of("owner", "77", "group", "daemon"), bench.event("/a"));
        var result = bench.run(request);
        assertThat(result.getOutcome()).as(result::getDetail).isEqualTo("done");
        assertThat(bench.status("/a").uid()).isEqualTo(77);
        long daemon = io.weir.posix.Accounts.gid("daemon").orElseThrow();
        assertThat(bench.status("/a").gid()).isEqualTo(daemon);
        assertThat(result.getEffects()).singleElement().satisfies(effect -> assertThat(effect.getBefore())
                .containsOnly(entry("uid", "0"), entry("gid", "0")));
        assertThat(bench.begin(request.getId(), 1).effects())
                .containsExactly(new Effect.SetFields(
                        "/a", bench.status("/a").fileId(), Map.of("uid", "77", "gid", Long.toString(daemon)), false));
        assertThat(bench.run("chown", Map.of("owner", "77"), "/a").getOutcome()).isEqualTo("nothing-to-do");
    }

    @Test
    void chownDeclaresThatItTakesSetuidAway() throws Exception {
        requireRoot();
        file("/d/a", 06755);
        var request = bench.request("chown", Map.of("group", "77", "recursive", "true"), bench.event("/d"));
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
        assertThat(bench.status("/d/a").mode()).isEqualTo(0755);
        assertThat(bench.begin(request.getId(), 1).effects())
                .contains(new Effect.SetFields(
                        "/d/a", bench.status("/d/a").fileId(), Map.of("gid", "77", "mode", "0755"), false));
    }

    @Test
    void allBelowADirectoryIsGivenAwayAndLinksThemselves() throws Exception {
        requireRoot();
        tree();
        Path outside = Files.writeString(directory.resolve("outside"), "");
        Files.createSymbolicLink(bench.root().resolve("d/link"), outside);
        assertThat(bench.run("chown", Map.of("owner", "77", "recursive", "true"), "/d")
                        .getOutcome())
                .isEqualTo("done");
        for (String path : List.of("/d", "/d/a", "/d/e", "/d/e/b", "/d/link")) {
            assertThat(bench.status(path).uid()).as(path).isEqualTo(77);
        }
        assertThat(Files.getAttribute(outside, "unix:uid")).isEqualTo(0);
    }

    @Test
    void whomThePolicyDoesNotNameGetsNothing() throws Exception {
        file("/a", 0644);
        bench.with(WorkerSettings.parse("owners: [daemon]\ngroups: [daemon, '78']", "w.yaml"));
        var refused = bench.run("chown", Map.of("owner", "77"), "/a");
        assertThat(refused.getOutcome()).isEqualTo("refused");
        assertThat(refused.getDetail()).contains("owner 77 is not among 'owners' [daemon] (w.yaml:1)");
        assertThat(bench.run("chown", Map.of("group", "77"), "/a").getDetail())
                .contains("group 77 is not among 'groups' [78, daemon] (w.yaml:2)");
        assertThat(bench.marks()).isEmpty();
    }

    @Test
    void whoIsNotKnownGetsNothing() throws Exception {
        file("/a", 0644);
        var result = bench.run("chown", Map.of("owner", "no-such-user"), "/a");
        assertThat(result.getOutcome()).isEqualTo("failed");
        assertThat(result.getDetail()).startsWith("owner='no-such-user' is not known on this worker's host");
    }

    @Test
    void whatIsMountedBelowADirectoryIsLeftOut() throws Exception {
        Path mounted = Files.createDirectories(bench.root().resolve("d/mounted"));
        assumeTrue(mount(mounted), "a tmpfs cannot be mounted here");
        try {
            file("/d/mounted/a", 0644);
            file("/d/b", 0644);
            assertThat(bench.run("chmod", TIDY, "/d").getOutcome()).isEqualTo("done");
            assertThat(bench.status("/d/mounted/a").mode()).isEqualTo(0644);
            assertThat(bench.status("/d/b").mode()).isEqualTo(0600);
        } finally {
            run("umount", mounted.toString());
        }
    }

    private static boolean mount(Path at) throws IOException, InterruptedException {
        return run("mount", "-t", "tmpfs", "none", at.toString()) == 0;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void whatIsWrongWithARuleIsToldWhenItIsPublished() {
        assertThat(new Chmod().faults(Map.of("mode", "u+q", "recursive", "yes")))
                .satisfiesExactly(
                        f -> assertThat(f).isEqualTo("recursive='yes': expected true or false"),
                        f -> assertThat(f).startsWith("mode='u+q': expected 3 or 4 octal digits in quotes"));
        assertThat(new Chmod().faults(Map.of("mode", "u=g,g=o,o=u")))
                .singleElement()
                .asString()
                .contains("so that a rule comes to rest");
        assertThat(new Chmod()
                        .faults(TIDY.entrySet().stream()
                                .collect(java.util.stream.Collectors.toMap(
                                        Map.Entry::getKey, e -> (Object) e.getValue()))))
                .isEmpty();
        assertThat(new Chown().faults(Map.of())).containsExactly("owner, group: expected at least one of them");
        assertThat(new Chown().faults(Map.of("owner", ""))).containsExactly("owner='': expected a name or a number");
    }

    @Test
    void theSearchForCyclesKnowsThatAllBelowMayChange() {
        assertThat(new Chown().changes(Map.of("owner", "x"))).containsExactly(Change.attributes());
        assertThat(new Chown().changes(Map.of("owner", "x", "recursive", "true")))
                .isEqualTo(Change.attributesOfTree());
        assertThat(new Chmod().changes(Map.of("mode", "0640", "recursive", "true")))
                .isEqualTo(Change.attributesOfTree());
    }
}
