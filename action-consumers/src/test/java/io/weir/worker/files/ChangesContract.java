package io.weir.worker.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.posix.Errno;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.Effect;
import io.weir.worker.Outcome;
import io.weir.worker.Step;
import io.weir.worker.Step.Applied;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What steps do to files that are there, and what they declare, wherever the files are. */
public abstract class ChangesContract extends VolumeContract {
    // Moving

    @Test
    void aFileIsMovedOnce() throws Exception {
        user.directory("/in");
        user.directory("/out");
        user.write("/in/a", "x");
        Step step = files.move("/in/a", "/out/b", id("/in/a"));
        String id = id("/in/a");
        assertThat(inPlace(step)).isFalse();

        assertThat(step.run().orElseThrow().effect()).isEqualTo(new Effect.Move("/in/a", "/out/b", id));

        assertThat(id("/out/b")).isEqualTo(id);
        assertGone("/in/a");
        assertThat(inPlace(step)).isTrue();
        assertThat(step.run()).as("found done").isEmpty();
    }

    @Test
    void aDirectoryIsMovedWithAllBelow() throws Exception {
        user.directory("/d");
        user.write("/d/a", "x");
        files.move("/d", "/e", id("/d")).run();
        assertThat(user.content("/e/a")).isEqualTo("x");
        assertGone("/d");
    }

    @Test
    void aMoveReplacesNothing() throws Exception {
        user.write("/a", "a");
        user.write("/b", "b");
        assertErrno(files.move("/a", "/b", id("/a")), Errno.EEXIST);
        assertThat(user.content("/a")).isEqualTo("a");
        assertThat(user.content("/b")).isEqualTo("b");
    }

    @Test
    void anotherFileIsNotMoved() throws Exception {
        user.write("/a", "meant");
        Step step = files.move("/a", "/b", id("/a"));
        user.move("/a", "/kept");
        user.write("/a", "another");
        assertRefusal(step, Outcome.NOT_THE_SAME_FILE, "nothing was moved");
        assertThat(user.content("/a")).isEqualTo("another");
        assertGone("/b");
    }

    @Test
    void nothingIsMovedThroughALinkThatWasSwappedIn() throws Exception {
        user.directory("/in");
        user.directory("/elsewhere");
        user.directory("/out");
        user.write("/in/a", "x");
        Step from = files.move("/in/a", "/out/a", id("/in/a"));
        Step to = files.move("/in/a", "/out/a", id("/in/a"));
        user.move("/out", "/out-before");
        user.link("/out", "elsewhere");
        assertThatThrownBy(to::run).isInstanceOf(PosixException.class);
        user.move("/in", "/in-before");
        user.link("/in", "in-before");
        assertRefusal(from, Outcome.NOT_THE_SAME_FILE, "nothing was moved");
        assertThat(user.content("/in-before/a")).isEqualTo("x");
        assertThat(user.names("/elsewhere")).isEmpty();
    }

    @Test
    void aMoveToADirectoryThatIsNotThereFails() throws Exception {
        user.write("/a", "x");
        user.write("/f", "");
        assertErrno(files.move("/a", "/none/a", id("/a")), Errno.ENOENT);
        assertErrno(files.move("/a", "/f/a", id("/a")), Errno.ENOTDIR);
        assertThat(user.content("/a")).isEqualTo("x");
    }

    @Test
    void aFileReplacesTheOneThatWasMeant() throws Exception {
        user.write("/a", "new");
        user.write("/b", "old");
        String id = id("/a");
        String old = id("/b");

        Applied applied = files.replace("/a", "/b", id, old).run().orElseThrow();

        assertThat(applied.effect()).isEqualTo(new Effect.Move("/a", "/b", id, old));
        assertThat(applied.before())
                .containsEntry("replaced.fileId", old)
                .containsEntry("replaced.kind", "file")
                .containsEntry("replaced.size", "3")
                .containsKey("replaced.mtime");
        assertThat(user.content("/b")).isEqualTo("new");
        assertGone("/a");
    }

    @Test
    void anotherFileOrADirectoryIsNotReplaced() throws Exception {
        user.write("/a", "new");
        user.write("/b", "old");
        Step step = files.replace("/a", "/b", id("/a"), id("/b"));
        user.move("/b", "/kept");
        user.write("/b", "another");
        assertThatThrownBy(step::run)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no longer names the file")
                .hasMessageContaining("nothing was moved");
        assertThat(user.content("/b")).isEqualTo("another");
        user.directory("/d");
        assertRefusal(
                files.replace("/a", "/d", id("/a"), id("/d")), Outcome.REFUSED, "is a directory, and none is ever");
        assertThat(user.content("/a")).isEqualTo("new");
    }

    // Fields

    @Test
    void aModeIsSetOnceAndTellsWhatItWas() throws Exception {
        user.write("/a", "x");
        Step step = files.set(entry("/a"), Map.of("mode", "0600"));
        String id = id("/a");
        assertThat(step.before()).isEqualTo(Map.of("mode", "0644"));

        Applied applied = step.run().orElseThrow();

        assertThat(applied.effect()).isEqualTo(new Effect.SetFields("/a", id, Map.of("mode", "0600"), false));
        assertThat(applied.before()).isEqualTo(Map.of("mode", "0644"));
        assertThat(entry("/a").mode()).isEqualTo(0600);
        assertThat(inPlace(step)).isTrue();
        assertThat(step.run()).as("found done").isEmpty();
        assertThat(user.content("/a")).isEqualTo("x");
    }

    @Test
    void ownerGroupAndModeAreSetInOneStep() throws Exception {
        giveAwayOrSkip();
        user.write("/a", "x");
        files.set(entry("/a"), Map.of("uid", "7", "gid", "8")).run();
        Map<String, String> fields = Map.of("uid", "11", "gid", "12", "mode", "0600");
        Step step = files.set(entry("/a"), fields);

        Applied applied = step.run().orElseThrow();

        assertThat(applied.effect()).isEqualTo(new Effect.SetFields("/a", id("/a"), fields, false));
        assertThat(applied.before()).isEqualTo(Map.of("uid", "7", "gid", "8", "mode", "0644"));
        assertThat(entry("/a")).extracting(Entry::uid, Entry::gid, Entry::mode).containsExactly(11L, 12L, 0600);
        assertThat(inPlace(step)).isTrue();
    }

    @Test
    void theModeDeclaredIsTheModeThereThoughAChangeOfOwnerTakesSetuidAway() throws Exception {
        giveAwayOrSkip();
        user.write("/kept", "");
        user.write("/cleared", "");
        user.mode("/kept", 04755);
        user.mode("/cleared", 04755);
        files.set(entry("/kept"), Map.of("uid", "11", "mode", "4755")).run();
        files.set(entry("/cleared"), Map.of("uid", "11", "mode", "0755")).run();
        assertThat(entry("/kept").mode()).isEqualTo(04755);
        assertThat(entry("/cleared").mode()).isEqualTo(0755);
    }

    @Test
    void anOwnerIsNotChangedWhereThatWouldTakeSetuidAwayUndeclared() throws Exception {
        giveAwayOrSkip();
        user.write("/a", "");
        user.mode("/a", 04755);
        long gid = entry("/a").gid();
        assertThatThrownBy(() -> files.set(entry("/a"), Map.of("gid", "12")).run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("would clear its setuid and setgid bits, which was not declared");
        assertThat(entry("/a").gid()).isEqualTo(gid);
        assertThat(entry("/a").mode()).isEqualTo(04755);
    }

    @Test
    void aLinkIsGivenAwayItselfAndHasNoMode() throws Exception {
        giveAwayOrSkip();
        user.write("/a", "");
        user.link("/l", "a");
        long uid = entry("/a").uid();
        files.set(entry("/l"), Map.of("uid", "11")).run();
        assertThat(entry("/l").uid()).isEqualTo(11);
        assertThat(entry("/a").uid()).isEqualTo(uid);
        assertRefusal(files.set(entry("/l"), Map.of("mode", "0600")), Outcome.REFUSED, "is a symbolic link");
    }

    @Test
    void fieldsOfAnotherFileAreNotSet() throws Exception {
        user.write("/a", "meant");
        Step step = files.set(entry("/a"), Map.of("mode", "0600"));
        user.move("/a", "/kept");
        user.write("/a", "another");
        assertRefusal(step, Outcome.NOT_THE_SAME_FILE, "nothing was changed");
        assertThat(entry("/a").mode()).isEqualTo(0644);
        assertThat(entry("/kept").mode()).isEqualTo(0644);
        user.delete("/a");
        assertRefusal(step, Outcome.NOT_THE_SAME_FILE, "nothing was changed");
    }
}
