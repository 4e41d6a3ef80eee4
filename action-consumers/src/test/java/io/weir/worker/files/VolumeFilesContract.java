package io.weir.worker.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.posix.Errno;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.Outcome;
import io.weir.worker.Step;
import io.weir.worker.Step.Applied;
import io.weir.worker.VolumeFiles;
import io.weir.worker.VolumeFiles.Copies;
import io.weir.worker.VolumeFiles.CopyOptions;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What steps do to files, and what they declare, wherever the files are. */
public abstract class VolumeFilesContract {
    /** An ordinary user of the same files. */
    public interface User {
        /** Makes a file with mode 0644, or replaces the content of one. */
        void write(String path, String content) throws IOException;

        void mode(String path, int mode) throws IOException;

        void directory(String path) throws IOException;

        void link(String path, String target) throws IOException;

        /** Another name of a file. */
        void name(String path, String existing) throws IOException;

        void move(String from, String to) throws IOException;

        void delete(String path) throws IOException;

        String content(String path) throws IOException;

        /** The names in a directory. */
        List<String> names(String directory) throws IOException;
    }

    private static final CopyOptions COPY = new CopyOptions(false, false, false, false);

    protected VolumeFiles files;
    protected User user;

    protected abstract VolumeFiles files() throws Exception;

    protected abstract User user();

    @BeforeEach
    void openVolume() throws Exception {
        user = user();
        files = files();
    }

    protected final Entry entry(String path) throws IOException {
        return files.find(path).orElseThrow();
    }

    protected final String id(String path) throws IOException {
        return entry(path).fileId();
    }

    private void assertGone(String path) throws IOException {
        assertThat(files.find(path)).isEmpty();
    }

    private boolean inPlace(Step step) throws IOException {
        return DeclaredEffects.inPlace(files, step.effect());
    }

    protected static void assertRefusal(Step step, Outcome outcome, String why) {
        assertThatThrownBy(step::run)
                .isInstanceOfSatisfying(
                        ActionException.class, e -> assertThat(e.outcome()).isEqualTo(outcome))
                .hasMessageContaining(why);
    }

    private static void assertErrno(Step step, int errno) {
        assertThatThrownBy(step::run).isInstanceOfSatisfying(PosixException.class, e -> assertThat(e.errno())
                .isEqualTo(errno));
    }

    private void giveAwayOrSkip() {
        assumeTrue(files.keepsOwners(), "only root gives files away");
    }

    // Looking

    @Test
    void anEntryIsToldAsItIs() throws Exception {
        user.write("/a", "content");
        user.mode("/a", 0640);
        user.name("/b", "/a");
        user.directory("/d");
        user.link("/l", "a");
        Entry a = entry("/a");
        assertThat(a.kind()).isEqualTo("file");
        assertThat(a.mode()).isEqualTo(0640);
        assertThat(a.links()).isEqualTo(2);
        assertThat(a.path()).isEqualTo("/a");
        assertThat(entry("/b").path()).isEqualTo("/b");
        assertThat(id("/b")).isEqualTo(a.fileId());
        assertThat(entry("/d").isDirectory()).isTrue();
        assertThat(entry("/l").isLink()).isTrue();
        assertThat(entry("/").isDirectory()).isTrue();
    }

    @Test
    void noLinkAndNoFileLeadsOn() throws Exception {
        user.directory("/d");
        user.write("/d/a", "");
        user.link("/way", "d");
        assertThat(files.find("/d/a")).isPresent();
        assertGone("/way/a");
        assertGone("/d/a/b");
        assertGone("/none/a");
    }

    @Test
    void aDirectoryIsListedWithoutFollowingLinks() throws Exception {
        user.directory("/d");
        user.write("/d/a", "");
        user.link("/d/l", "/");
        user.link("/way", "d");
        assertThat(files.list("/d", 10))
                .extracting(Entry::path, Entry::kind)
                .containsExactlyInAnyOrder(tuple("/d/a", "file"), tuple("/d/l", "link"));
        assertThat(files.list("/", 10)).extracting(Entry::path).contains("/d", "/way");
        assertThat(files.list("/d", 1)).hasSize(1);
        assertThatThrownBy(() -> files.list("/way", 10)).isInstanceOf(PosixException.class);
        assertThatThrownBy(() -> files.list("/d/a", 10)).hasMessageContaining("ENOTDIR");
        assertThatThrownBy(() -> files.list("/none", 10)).hasMessageContaining("ENOENT");
    }

    @Test
    void aFileIsKnownByItsContent() throws Exception {
        user.write("/a", "abc");
        var print = files.fingerprint("/a", id("/a"), 3).orElseThrow();
        assertThat(print.size()).isEqualTo(3);
        assertThat(print.sha256()).contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(files.fingerprint("/a", id("/a"), 2).orElseThrow().sha256()).isEmpty();
        assertThat(files.fingerprint("/a", "0", 3)).isEmpty();
        assertThat(files.fingerprint("/b", id("/a"), 3)).isEmpty();
    }

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
