package io.weir.worker.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.posix.Errno;
import io.weir.schemas.marks.Effect;
import io.weir.worker.Outcome;
import io.weir.worker.Step;
import io.weir.worker.Step.Applied;
import io.weir.worker.VolumeFiles.Copies;
import io.weir.worker.VolumeFiles.CopyOptions;
import io.weir.worker.VolumeFiles.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What steps do to files, and what they declare, wherever the files are: all of it. */
public abstract class VolumeFilesContract extends ChangesContract {
    private static final CopyOptions COPY = new CopyOptions(false, false, false, false);

    // Making

    @Test
    void directoriesOnTheWayAreMadeOnce() throws Exception {
        List<Step> steps = files.makeParents("/a/b/c", 0750);
        assertThat(steps)
                .extracting(Step::effect)
                .containsExactly(new Effect.Create("/a", true), new Effect.Create("/a/b", true));
        for (Step step : steps) {
            assertThat(step.run()).isPresent();
            assertThat(inPlace(step)).isTrue();
            assertThat(step.run()).as("found done").isEmpty();
        }
        assertThat(entry("/a/b").mode() & 0700).isEqualTo(0700);
        assertThat(entry("/a/b").mode() & 0007).isZero();
        assertThat(files.makeParents("/a/b/c", 0750)).isEmpty();
    }

    @Test
    void aDirectoryIsNotMadeWhereAFileIs() throws Exception {
        user.write("/f", "x");
        assertErrno(files.makeDirectory("/f", 0700), Errno.ENOTDIR);
        assertErrno(files.makeDirectory("/none/d", 0700), Errno.ENOENT);
        assertThatThrownBy(() -> files.makeParents("/f/x", 0700)).hasMessageContaining("ENOTDIR");
        assertThat(user.content("/f")).isEqualTo("x");
    }

    @Test
    void aSmallFileAppearsCompleteAndForNobodyElse() throws Exception {
        Step step = files.write("/a", () -> "text".getBytes(UTF_8));
        Applied applied = step.run().orElseThrow();
        assertThat(applied.effect()).isEqualTo(new Effect.Create("/a", false));
        assertThat(applied.before()).containsEntry(Step.MADE, id("/a"));
        assertThat(user.content("/a")).isEqualTo("text");
        assertThat(entry("/a").mode()).isEqualTo(0600);
        assertErrno(step, Errno.EEXIST);
    }

    // Removing

    @Test
    void aFileAndAnEmptyDirectoryAreRemovedOnce() throws Exception {
        user.write("/a", "");
        user.directory("/d");
        for (String path : List.of("/a", "/d")) {
            Step step = files.remove(path, id(path));
            assertThat(inPlace(step)).isFalse();
            assertThat(step.effect()).isEqualTo(new Effect.Delete(path, id(path)));
            assertThat(step.run().orElseThrow().before()).containsKeys("kind", "size", "mtime", "mode");
            assertGone(path);
            assertThat(inPlace(step)).isTrue();
            assertThat(step.run()).as("found done").isEqualTo(Optional.empty());
        }
    }

    @Test
    void oneNameOfAFileIsRemovedAndTheOtherStays() throws Exception {
        user.write("/a", "x");
        user.name("/b", "/a");
        files.remove("/b", id("/b")).run();
        assertGone("/b");
        assertThat(user.content("/a")).isEqualTo("x");
    }

    @Test
    void anotherFileAndAFullDirectoryAreNotRemoved() throws Exception {
        user.write("/a", "");
        Step step = files.remove("/a", id("/a"));
        user.move("/a", "/kept");
        user.write("/a", "");
        assertRefusal(step, Outcome.NOT_THE_SAME_FILE, "nothing was removed");
        user.directory("/d");
        user.write("/d/x", "");
        assertRefusal(files.remove("/d", id("/d")), Outcome.FAILED, "is not empty");
        assertThat(files.find("/d/x")).isPresent();
        assertThat(files.find("/a")).isPresent();
    }

    @Test
    void aTreeIsRemovedWithoutFollowingLinks() throws Exception {
        user.directory("/out");
        user.write("/out/a", "stays");
        user.directory("/d");
        user.directory("/d/e");
        user.write("/d/e/a", "");
        user.write("/d/b", "");
        user.link("/d/l", "../out");
        Step step = files.removeTree("/d", id("/d"));
        String id = id("/d");
        assertThat(step.run().orElseThrow().effect()).isEqualTo(new Effect.Delete("/d", id));
        assertGone("/d");
        assertThat(user.content("/out/a")).isEqualTo("stays");
        assertThat(step.run()).as("found done").isEmpty();
    }

    @Test
    void anotherTreeIsNotRemoved() throws Exception {
        user.directory("/d");
        Step step = files.removeTree("/d", id("/d"));
        user.move("/d", "/kept");
        user.directory("/d");
        user.write("/d/a", "");
        assertRefusal(step, Outcome.NOT_THE_SAME_FILE, "nothing was removed");
        assertThat(files.find("/d/a")).isPresent();
    }

    // Copying

    private Copies copies(CopyOptions options) {
        return files.copies(files, options);
    }

    @Test
    void aCopyHasContentModeAndTime() throws Exception {
        user.write("/a", "content");
        user.mode("/a", 04751);
        Step step = copies(COPY).copy(entry("/a"), "/b");

        Applied applied = step.run().orElseThrow();

        assertThat(applied.effect()).isEqualTo(new Effect.Create("/b", false));
        assertThat(applied.before())
                .containsEntry(Step.MADE, id("/b"))
                .containsEntry(Step.MADE_AT, Long.toString(entry("/b").mtimeNanos()));
        assertThat(applied.detail()).startsWith("copied 7 bytes");
        assertThat(user.content("/b")).isEqualTo("content");
        assertThat(user.content("/a")).isEqualTo("content");
        assertThat(entry("/b").mode()).as("without setuid").isEqualTo(0751);
        assertThat(entry("/b").mtimeNanos()).isEqualTo(entry("/a").mtimeNanos());
        assertThat(id("/b")).isNotEqualTo(id("/a"));
    }

    @Test
    void aCopyKeepsOwnerAndSpecialBitsWhereThatIsWanted() throws Exception {
        giveAwayOrSkip();
        user.write("/a", "");
        files.set(entry("/a"), Map.of("uid", "11", "gid", "12", "mode", "4755")).run();
        copies(new CopyOptions(true, true, false, false))
                .copy(entry("/a"), "/b")
                .run();
        assertThat(entry("/b")).extracting(Entry::uid, Entry::gid, Entry::mode).containsExactly(11L, 12L, 04755);
    }

    @Test
    void aCopyReplacesNothingAndFindsItselfDoneOnlyWhereThatMayBe() throws Exception {
        user.write("/a", "content");
        user.write("/b", "another");
        assertErrno(copies(COPY).copy(entry("/a"), "/b"), Errno.EEXIST);
        CopyOptions again = new CopyOptions(false, false, true, false);
        assertErrno(copies(again).copy(entry("/a"), "/b"), Errno.EEXIST);
        assertThat(user.content("/b")).isEqualTo("another");
        copies(COPY).copy(entry("/a"), "/c").run();
        assertThat(copies(again).copy(entry("/a"), "/c").run()).isEmpty();
        assertErrno(copies(COPY).copy(entry("/a"), "/none/a"), Errno.ENOENT);
    }

    @Test
    void anotherFileIsNotCopied() throws Exception {
        user.write("/a", "meant");
        Step step = copies(COPY).copy(entry("/a"), "/b");
        user.move("/a", "/kept");
        user.write("/a", "another");
        assertRefusal(step, Outcome.NOT_THE_SAME_FILE, "nothing was copied");
        assertGone("/b");
    }

    @Test
    void aCopyTakesThePlaceOfAFileAtOnce() throws Exception {
        user.write("/a", "new");
        user.write("/b", "old");
        String old = id("/b");
        List<Step> steps = copies(COPY).replace(entry("/a"), "/tmp", "/b", old);
        assertThat(steps)
                .extracting(Step::effect)
                .containsExactly(new Effect.Create("/tmp", false), new Effect.Move("/tmp", "/b", null, old));
        for (Step step : steps) {
            assertThat(step.run().orElseThrow().effect()).isEqualTo(step.effect());
        }
        assertThat(user.content("/b")).isEqualTo("new");
        assertGone("/tmp");
    }

    @Test
    void aCopiedDirectoryIsGivenWhatItsOriginalHas() throws Exception {
        user.directory("/d");
        user.mode("/d", 0750);
        files.makeDirectory("/e", 0700).run();
        Step step = copies(COPY).attributes(entry("/d"), "/e");
        assertThat(step.run().orElseThrow().effect())
                .isEqualTo(new Effect.SetFields("/e", null, Map.of("mode", "0750"), false));
        assertThat(entry("/e").mode()).isEqualTo(0750);
        assertThat(entry("/e").mtimeNanos()).isEqualTo(entry("/d").mtimeNanos());
        Step late = copies(COPY).attributes(entry("/d"), "/e");
        user.mode("/d", 0700);
        assertThatThrownBy(late::run).hasMessageContaining("was changed while it was copied");
    }

    // Names

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                " lead and trail ",
                "line\nbreak",
                "100%",
                "%2F",
                "a+b&c=d?e#f",
                "Größe-日本-𝄞",
                "back\\slash\"quote",
                "...",
                "12345",
                "-x"
            })
    void anyNameWillDo(String name) throws Exception {
        assertWorks(name);
    }

    @Test
    void aNameMayBeAsLongAsFileSystemsAllow() throws Exception {
        assertWorks("x".repeat(255));
        user.write("/a", "");
        assertErrno(files.move("/a", "/" + "x".repeat(256), id("/a")), Errno.ENAMETOOLONG);
    }

    private void assertWorks(String name) throws Exception {
        user.directory("/in");
        String path = "/in/" + name;
        user.write(path, "content");
        assertThat(files.list("/in", 10)).extracting(Entry::path).containsExactly(path);
        files.set(entry(path), Map.of("mode", "0600")).run();
        copies(COPY).copy(entry(path), "/copy " + name.substring(0, 1)).run();
        List<Step> steps = new ArrayList<>(files.makeParents("/out/" + name + "/" + name, 0700));
        steps.add(files.move(path, "/out/" + name + "/" + name, id(path)));
        for (Step step : steps) {
            step.run();
        }
        assertThat(entry("/out/" + name + "/" + name).mode()).isEqualTo(0600);
        files.removeTree("/out", id("/out")).run();
        assertGone("/out");
    }
}
