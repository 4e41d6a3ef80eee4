package io.weir.worker.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.Outcome;
import io.weir.worker.Step;
import io.weir.worker.Step.Applied;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What steps do to files, and what they declare. */
class MountedFilesTest {
    @TempDir
    Path root;

    MountedFiles files;

    @BeforeEach
    void open() {
        files = new MountedFiles("vol", root);
    }

    private Path file(String name, int mode) throws IOException {
        Path file = Files.writeString(root.resolve(name), "content");
        Files.setAttribute(file, "unix:mode", mode);
        return file;
    }

    private FileStatus status(String name) throws PosixException {
        return FileStatus.lstat(root + "/" + name);
    }

    private Step set(String name, Map<String, String> fields) throws IOException {
        return files.set(files.find("/" + name).orElseThrow(), fields);
    }

    private void requireRoot() throws IOException {
        assumeTrue(Files.getAttribute(root, "unix:uid").equals(0), "only root gives files away");
    }

    @Test
    void ownerGroupAndModeAreSetInOneStepThatTellsWhatItFound() throws Exception {
        requireRoot();
        file("a", 0644);
        Map<String, String> fields = Map.of("uid", "11", "gid", "12", "mode", "0600");
        Step step = set("a", fields);

        Applied applied = step.run().orElseThrow();

        assertThat(step.effect())
                .isEqualTo(new Effect.SetFields("/a", status("a").fileId(), fields, false));
        assertThat(applied.effect()).isEqualTo(step.effect());
        assertThat(applied.before()).isEqualTo(Map.of("uid", "0", "gid", "0", "mode", "0644"));
        assertThat(status("a").uid()).isEqualTo(11);
        assertThat(status("a").gid()).isEqualTo(12);
        assertThat(status("a").mode()).isEqualTo(0600);
        assertThat(DeclaredEffects.inPlace(files, step.effect())).isTrue();
    }

    @Test
    void whatIsThereAlreadyCostsNoCall() throws Exception {
        file("a", 04755);
        long ctime = status("a").ctime();
        assertThat(set("a", Map.of("uid", Long.toString(status("a").uid()), "mode", "4755"))
                        .run())
                .isEmpty();
        assertThat(status("a").ctime()).isEqualTo(ctime);
    }

    @Test
    void theModeDeclaredIsTheModeThereThoughAChangeOfOwnerTakesSetuidAway() throws Exception {
        requireRoot();
        file("kept", 04755);
        file("cleared", 04755);
        set("kept", Map.of("uid", "11", "mode", "4755")).run();
        Applied applied =
                set("cleared", Map.of("uid", "11", "mode", "0755")).run().orElseThrow();
        assertThat(status("kept").mode()).isEqualTo(04755);
        assertThat(status("cleared").mode()).isEqualTo(0755);
        assertThat(applied.before()).containsEntry("mode", "4755");
    }

    @Test
    void anOwnerIsNotChangedWhereThatWouldTakeSetuidAwayUndeclared() throws Exception {
        requireRoot();
        file("a", 04755);
        assertThatThrownBy(() -> set("a", Map.of("gid", "12")).run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("would clear its setuid and setgid bits, which was not declared");
        assertThat(status("a").gid()).isZero();
        assertThat(status("a").mode()).isEqualTo(04755);
    }

    @Test
    void aLinkIsGivenAwayItselfAndHasNoMode() throws Exception {
        requireRoot();
        file("a", 0644);
        Files.createSymbolicLink(root.resolve("l"), root.resolve("a"));
        set("l", Map.of("uid", "11")).run();
        assertThat(status("l").uid()).isEqualTo(11);
        assertThat(status("a").uid()).isZero();
        assertRefusal(set("l", Map.of("mode", "0600")), Outcome.REFUSED, "is a symbolic link");
    }

    @Test
    void aDirectoryIsListedWithoutFollowingLinks() throws Exception {
        Files.createDirectory(root.resolve("d"));
        file("d/a", 0640);
        Files.createSymbolicLink(root.resolve("d/l"), Path.of("/"));
        Files.createSymbolicLink(root.resolve("way"), root.resolve("d"));
        assertThat(files.list("/d", 10))
                .extracting(Entry::path, Entry::kind)
                .containsExactlyInAnyOrder(tuple("/d/a", "file"), tuple("/d/l", "link"));
        assertThat(files.list("/", 10)).extracting(Entry::path).containsExactlyInAnyOrder("/d", "/way");
        assertThat(files.list("/d", 1)).hasSize(1);
        assertThatThrownBy(() -> files.list("/way", 10)).isInstanceOf(PosixException.class);
        assertThatThrownBy(() -> files.list("/d/a", 10)).hasMessageContaining("ENOTDIR");
    }

    @Test
    void aFileAndAnEmptyDirectoryAreRemovedOnce() throws Exception {
        file("a", 0640);
        Files.createDirectory(root.resolve("d"));
        for (String name : new String[] {"a", "d"}) {
            Step step = files.remove("/" + name, status(name).fileId());
            assertThat(DeclaredEffects.inPlace(files, step.effect())).isFalse();
            assertThat(step.effect())
                    .isEqualTo(new Effect.Delete("/" + name, status(name).fileId()));
            assertThat(step.run().orElseThrow().before()).containsKeys("kind", "size", "mtime", "mode");
            assertThat(root.resolve(name)).doesNotExist();
            assertThat(DeclaredEffects.inPlace(files, step.effect())).isTrue();
            assertThat(step.run()).as("found done").isEqualTo(Optional.empty());
        }
    }

    @Test
    void anotherFileAndAFullDirectoryAreNotRemoved() throws Exception {
        file("a", 0640);
        Step step = files.remove("/a", status("a").fileId());
        Files.move(root.resolve("a"), root.resolve("kept"));
        file("a", 0640);
        assertRefusal(step, Outcome.NOT_THE_SAME_FILE, "nothing was removed");
        Files.createDirectory(root.resolve("d"));
        file("d/x", 0640);
        assertRefusal(files.remove("/d", status("d").fileId()), Outcome.FAILED, "is not empty");
        assertThat(root.resolve("d/x")).exists();
        assertThat(root.resolve("a")).exists();
    }

    private static void assertRefusal(Step step, Outcome outcome, String why) {
        assertThatThrownBy(step::run)
                .isInstanceOfSatisfying(
                        ActionException.class, e -> assertThat(e.outcome()).isEqualTo(outcome))
                .hasMessageContaining(why);
    }
}
