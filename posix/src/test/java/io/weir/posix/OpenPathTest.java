package io.weir.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenPathTest {
    @TempDir
    Path directory;

    OpenPath root;

    @BeforeEach
    void open() throws IOException {
        root = OpenPath.directory(directory.toString());
    }

    @AfterEach
    void close() {
        root.close();
    }

    @Test
    void aFileBeneathIsFoundAndTheRootIsItself() throws IOException {
        Files.createDirectories(directory.resolve("a/b"));
        Files.writeString(directory.resolve("a/b/f"), "12345");
        try (OpenPath file = root.beneath("a/b/f");
                OpenPath self = root.beneath("")) {
            assertThat(file.status().size()).isEqualTo(5);
            assertThat(file.status()).isEqualTo(FileStatus.lstat(directory + "/a/b/f"));
            assertThat(self.status().fileId()).isEqualTo(root.status().fileId());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a/../b", ".", "a//b", "/etc", "a/", "a\0b"})
    void namesThatAreNoneAreRefusedBeforeTheKernelSeesThem(String path) {
        assertThatThrownBy(() -> root.beneath(path).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a name");
    }

    @Test
    void noLinkOnTheWayIsFollowedByEitherMeans(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("secret"), "");
        Files.createSymbolicLink(directory.resolve("way"), outside);
        assertThatThrownBy(() -> root.beneath("way/secret").close())
                .isInstanceOfSatisfying(
                        PosixException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ELOOP));
        assertThatThrownBy(() -> root.walk("way/secret", "way/secret").close())
                .isInstanceOfSatisfying(
                        PosixException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTDIR));
    }

    @Test
    void aLinkAtTheEndIsOpenedItself() throws IOException {
        Files.createSymbolicLink(directory.resolve("l"), Path.of("/etc/passwd"));
        try (OpenPath link = root.beneath("l");
                OpenPath walked = root.walk("l", "l")) {
            assertThat(link.status().kind()).isEqualTo("link");
            assertThat(walked.status()).isEqualTo(link.status());
        }
    }

    @Test
    void thePathLongerThanPathMaxIsWalked() throws IOException {
        String name = "d".repeat(200);
        Deque<OpenPath> made = new ArrayDeque<>(List.of(root.beneath("")));
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            made.getFirst().makeDirectory(name, 0755);
            made.push(made.getFirst().beneath(name));
            path.append(i == 0 ? "" : "/").append(name);
        }
        try (OpenPath end = root.beneath(path.toString())) {
            assertThat(end.status()).isEqualTo(made.getFirst().status());
        }
        // Bottom up, since the test's own cleaning cannot name them.
        while (made.size() > 1) {
            made.pop().close();
            made.getFirst().remove(name, true);
        }
        made.pop().close();
    }

    @Test
    void movingNeverReplaces() throws IOException {
        Files.writeString(directory.resolve("a"), "a");
        Files.writeString(directory.resolve("b"), "b");
        assertThatThrownBy(() -> root.move("a", root, "b"))
                .isInstanceOfSatisfying(
                        PosixException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST))
                .hasMessageContaining("/a' to");
        root.move("a", root, "c");
        assertThat(Files.readString(directory.resolve("c"))).isEqualTo("a");
        assertThat(Files.readString(directory.resolve("b"))).isEqualTo("b");
    }

    @Test
    void theModeOfTheHeldFileIsSetWhateverTakesItsName() throws IOException {
        Path file = Files.writeString(directory.resolve("f"), "");
        Path other = Files.writeString(directory.resolve("g"), "");
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-rw-rw-"));
        try (OpenPath held = root.beneath("f")) {
            Files.move(file, directory.resolve("moved"));
            Files.move(other, file);
            held.setMode(0600);
            assertThat(held.status().mode()).isEqualTo(0600);
        }
        assertThat(FileStatus.lstat(file.toString()).mode()).isEqualTo(0666);
    }

    @Test
    void namesOfAnyBytesAreMadeAndRemoved() throws IOException {
        String name = PathText.decode(new byte[] {'n', '\n', (byte) 0xFF, (byte) 0xE9});
        root.makeDirectory(name, 0700);
        assertThat(root.status(name).isDirectory()).isTrue();
        root.remove(name, true);
        assertThatThrownBy(() -> root.status(name))
                .isInstanceOfSatisfying(
                        PosixException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }

    @Test
    void theFileThatIsHeldGetsAnotherOwnerWhereverItsNameHasGone() throws IOException {
        assumeTrue(Files.getAttribute(directory, "unix:uid").equals(0), "only root gives files away");
        Path file = Files.writeString(directory.resolve("f"), "");
        Files.createSymbolicLink(directory.resolve("l"), file);
        try (OpenPath held = root.beneath("f");
                OpenPath link = root.beneath("l")) {
            Files.move(file, directory.resolve("g"));
            held.setOwner(7, -1);
            link.setOwner(8, 9);
            assertThat(held.status().uid()).isEqualTo(7);
            assertThat(held.status().gid()).isZero();
            assertThat(link.status().uid()).isEqualTo(8);
            assertThat(link.status().gid()).isEqualTo(9);
        }
    }

    @Test
    void aDirectoryIsListedWhereverItHasBeenMovedMeanwhile() throws IOException {
        Files.createDirectories(directory.resolve("d/one"));
        try (OpenPath held = root.beneath("d")) {
            Files.move(directory.resolve("d"), directory.resolve("e"));
            Files.writeString(directory.resolve("e/two"), "");
            List<String> names = new ArrayList<>();
            try (Directory list = held.list()) {
                list.list(names::add);
            }
            assertThat(names).containsExactlyInAnyOrder("one", "two");
        }
    }

    @Test
    void aFileWithoutANameIsCompleteBeforeAnybodySeesIt() throws IOException {
        try (OpenPath unnamed = root.makeUnnamed()) {
            Files.writeString(unnamed.descriptorPath(), "content");
            unnamed.setMode(0640);
            unnamed.setModified(-1_500_000_000L);
            assertThat(directory).isEmptyDirectory();
            unnamed.link(root, "f");
            assertThat(directory.resolve("f")).hasContent("content");
            assertThat(FileStatus.lstat(directory + "/f").mode()).isEqualTo(0640);
            assertThat(FileStatus.lstat(directory + "/f").mtime()).isEqualTo(-1_500_000_000L);
            assertThatThrownBy(() -> unnamed.link(root, "f")).hasMessageContaining("EEXIST");
        }
        try (OpenPath forgotten = root.makeUnnamed()) {
            assertThat(forgotten.status().size()).isZero();
        }
        assertThat(directory.toFile().list()).containsExactly("f");
    }

    @Test
    void aLinkIsMadeAndReadWithoutBeingFollowed() throws IOException {
        String target = PathText.decode(new byte[] {'.', '.', '/', (byte) 0xFF});
        root.makeLink("l", target);
        try (OpenPath link = root.beneath("l")) {
            assertThat(link.linkTarget()).isEqualTo(target);
        }
        assertThatThrownBy(() -> root.makeLink("l", "x")).hasMessageContaining("EEXIST");
    }

    @Test
    void extendedAttributesAndAccessListsAreCopied() throws IOException {
        Path from = Files.writeString(directory.resolve("from"), "");
        Path to = Files.writeString(directory.resolve("to"), "");
        Files.setAttribute(from, "user:color", ByteBuffer.wrap(new byte[1_000]));
        byte[] name = Libc.path("system.posix_acl_access");
        assertThat(SafeCalls.setxattr(Libc.path(from.toString()), name, acl(77), acl(77).length, 0))
                .isZero();
        try (OpenPath source = root.beneath("from");
                OpenPath target = root.beneath("to")) {
            assertThat(ExtendedAttributes.copy(source, target)).isEmpty();
        }
        assertThat((byte[]) Files.getAttribute(to, "user:color")).hasSize(1_000);
        byte[] copied = new byte[100];
        assertThat(SafeCalls.getxattr(Libc.path(to.toString()), name, copied, copied.length))
                .isEqualTo(acl(77).length);
        assertThat(copied).startsWith(acl(77));
    }

    /** Read and write for the owner, read for one user more (linux/posix_acl_xattr.h). */
    private static byte[] acl(int uid) {
        int none = -1;
        int[][] entries = {{0x01, 6, none}, {0x02, 4, uid}, {0x04, 0, none}, {0x10, 4, none}, {0x20, 0, none}};
        ByteBuffer acl = ByteBuffer.allocate(4 + 8 * entries.length).order(ByteOrder.LITTLE_ENDIAN);
        acl.putInt(2);
        for (int[] entry : entries) {
            acl.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]);
        }
        return acl.array();
    }
}
