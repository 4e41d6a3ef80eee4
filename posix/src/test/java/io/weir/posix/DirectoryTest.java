package io.weir.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {
    @TempDir
    Path dir;

    @Test
    void listsNamesAndReadsTheirAttributes() throws IOException {
        Path file = Files.writeString(dir.resolve("ü 1\n"), "four");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(dir.resolve("link"), file);
        List<String> names = new ArrayList<>();
        try (Directory opened = Directory.open(dir.toString())) {
            opened.list(names::add);
            FileStatus status = opened.lstat("ü 1\n");
            assertThat(status.mode()).isEqualTo(0640);
            assertThat(status.size()).isEqualTo(4);
            assertThat(status.kind()).isEqualTo("file");
            assertThat(status.mtime() / 1_000_000)
                    .isEqualTo(Files.getLastModifiedTime(file).toMillis());
            assertThat(status.inode()).isEqualTo(Files.getAttribute(file, "unix:ino"));
            assertThat(status.device()).isEqualTo(Files.getAttribute(file, "unix:dev"));
            assertThat(opened.lstat("link").kind()).isEqualTo("link");
            assertThat(opened.status().isDirectory()).isTrue();
        }
        assertThat(names).containsExactlyInAnyOrder("ü 1\n", "link");
    }

    @Test
    void failuresNameCallPathAndReason() {
        assertThatThrownBy(() -> FileStatus.lstat(dir + "/none"))
                .isInstanceOfSatisfying(
                        PosixException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                .hasMessage("statx '" + dir + "/none': No such file or directory (ENOENT)");
    }

    @Test
    void noLinkIsFollowedOnTheWay() throws IOException {
        Files.createDirectories(dir.resolve("real/below"));
        Files.createSymbolicLink(dir.resolve("link"), dir.resolve("real"));
        assertThatThrownBy(() -> Directory.open(dir + "/link/below"))
                .isInstanceOfSatisfying(
                        PosixException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ELOOP));
    }

    @Test
    void pathsBeyondPathMaxAreReached() throws Exception {
        String half = ("/" + "n".repeat(200)).repeat(15);
        Files.createDirectories(Path.of(dir + half));
        Files.createDirectories(Path.of(dir + "/lower" + half));
        Files.writeString(Path.of(dir + "/lower" + half + "/f"), "x\n");
        Files.move(dir.resolve("lower"), Path.of(dir + half + "/lower"));
        String deep = dir + half + "/lower" + half;
        assertThat(FileStatus.lstat(deep + "/f").size()).isEqualTo(2);
        try (Directory opened = Directory.open(deep)) {
            List<String> names = new ArrayList<>();
            opened.list(names::add);
            assertThat(names).containsExactly("f");
        }
        // JUnit cannot delete what is beyond PATH_MAX
        Files.move(Path.of(dir + half + "/lower"), dir.resolve("lower"));
    }

    @Test
    void aWriterIsNoticedWhileTheFileIsOpen() throws IOException {
        Path file = dir.resolve("f");
        try (Directory opened = Directory.open(dir.toString())) {
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write(1);
                assertThat(Writers.of(opened, "f")).isEqualTo(Writers.Answer.SOME);
            }
            assertThat(Writers.of(opened, "f")).isEqualTo(Writers.Answer.NONE);
        }
    }
}
