package io.weir.worker.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.posix.PosixException;
import io.weir.worker.ActionException;
import io.weir.worker.Outcome;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A volume with files in it, and what a look at them tells; the other contracts of a volume build on it. */
public abstract class VolumeContract {
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

    final void assertGone(String path) throws IOException {
        assertThat(files.find(path)).isEmpty();
    }

    final boolean inPlace(Step step) throws IOException {
        return DeclaredEffects.inPlace(files, step.effect());
    }

    protected static void assertRefusal(Step step, Outcome outcome, String why) {
        assertThatThrownBy(step::run)
                .isInstanceOfSatisfying(
                        ActionException.class, e -> assertThat(e.outcome()).isEqualTo(outcome))
                .hasMessageContaining(why);
    }

    static void assertErrno(Step step, int errno) {
        assertThatThrownBy(step::run).isInstanceOfSatisfying(PosixException.class, e -> assertThat(e.errno())
                .isEqualTo(errno));
    }

    final void giveAwayOrSkip() {
        assumeTrue(files.keepsOwners(), "only root gives files away");
    }

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
}
