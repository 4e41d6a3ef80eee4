package io.weir.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.posix.Mount.Sight;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountsTest {
    @TempDir
    Path directory;

    private Mounts mounts(String text) throws IOException {
        return Mounts.read(Files.writeString(directory.resolve("mountinfo"), text));
    }

    private static Mounts typed(String type) {
        return new Mounts(List.of(new Mount(1, 0, "/", type)));
    }

    private static Sight sight(String type) {
        return typed(type).of("/srv/x").sight();
    }

    @Test
    void aPathLiesOnTheInnermostMount() throws IOException {
        Mounts mounts = mounts(
                """
                22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
                30 22 0:31 / /srv rw shared:7 - nfs4 server:/srv rw
                31 30 0:32 / /srv/with\\040blank\\134and rw master:1 propagate_from:2 - fuse.sshfs host: rw
                no such line
                """);
        assertThat(mounts.of("/home").type()).isEqualTo("ext4");
        assertThat(mounts.of("/srvx").type()).isEqualTo("ext4");
        assertThat(mounts.of("/srv").type()).isEqualTo("nfs4");
        assertThat(mounts.of("/srv/with blank\\and/x").type()).isEqualTo("fuse.sshfs");
        assertThat(mounts.below("/")).extracting(Mount::point).containsExactly("/srv", "/srv/with blank\\and");
        assertThat(mounts.below("/srv")).extracting(Mount::type).containsExactly("fuse.sshfs");
        assertThat(mounts.below("/sr")).isEmpty();
    }

    @Test
    void aMountHidesWhatWasThereBefore() throws IOException {
        Mounts mounts = mounts(
                """
                22 1 254:0 / / rw - ext4 /dev/vda rw
                30 22 0:31 / /srv rw - nfs4 server:/srv rw
                31 30 0:32 / /srv/a rw - cifs //host/a rw
                32 30 0:33 / /srv rw - xfs /dev/vdb rw
                33 22 0:34 / /mnt/a rw - nfs4 server:/a rw
                34 22 0:35 / /mnt rw - tmpfs none rw
                """);
        assertThat(mounts.of("/srv/a/x").type()).isEqualTo("xfs");
        assertThat(mounts.of("/mnt/a").type()).isEqualTo("tmpfs");
        assertThat(mounts.below("/")).extracting(Mount::type).containsExactly("xfs", "tmpfs");
    }

    @Test
    void namesThatAreNotUtf8ComeThrough() throws IOException {
        Path file = directory.resolve("mountinfo");
        byte[] text =
                "22 1 254:0 / / rw - ext4 x rw\n23 22 0:1 / /d? rw - nfs x rw\n".getBytes(StandardCharsets.ISO_8859_1);
        text[text.length - "? rw - nfs x rw\n".length()] = (byte) 0xe9;
        Mounts mounts = Mounts.read(Files.write(file, text));
        assertThat(mounts.of("/d\udce9/f").type()).isEqualTo("nfs");
    }

    @Test
    void whatOthersChangeIsToldByItsType() {
        for (String type : List.of("nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "fuse.sshfs", "fuse", "virtiofs")) {
            assertThat(sight(type)).as(type).isEqualTo(Sight.NOT_OTHERS);
            assertThat(typed(type).of("/").mayChangeUnseen()).isTrue();
        }
        for (String type : List.of("vboxsf", "gfs2", "ocfs2", "lustre", "afs", "fuse.glusterfs")) {
            assertThat(sight(type)).as(type).isEqualTo(Sight.NOT_OTHERS);
        }
        for (String type : List.of("proc", "sysfs", "cgroup2", "fuse.lxcfs", "fuse.gvfsd-fuse")) {
            assertThat(sight(type)).as(type).isEqualTo(Sight.NOTHING);
        }
        for (String type : List.of("ext4", "xfs", "btrfs", "tmpfs", "zfs", "fuseblk", "f2fs", "unheard-of")) {
            assertThat(sight(type)).as(type).isEqualTo(Sight.ALL);
        }
        assertThat(sight("overlay")).isEqualTo(Sight.NOT_LAYERS);
    }

    @Test
    void thisHostHasThem() throws IOException {
        Mounts mounts = Mounts.ofThisProcess();
        assertThat(mounts.of("/proc/self").sight()).isEqualTo(Sight.NOTHING);
        assertThat(mounts.below("/")).extracting(Mount::point).contains("/proc");
        assertThat(new Mounts(List.of()).of("/x").type()).isEqualTo("unknown");
    }
}
