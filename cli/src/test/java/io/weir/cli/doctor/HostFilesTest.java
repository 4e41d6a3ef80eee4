package io.weir.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.posix.Inotify;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read off {@code /proc}. */
class HostFilesTest {
    @TempDir
    Path proc;

    @Test
    void theKernelTellsOfEachDescriptorAndItsWatches() throws IOException {
        InotifyUsage before = InotifyUsage.ofThisUser(Path.of("/proc"));
        Path a = Files.createDirectory(proc.resolve("a"));
        Path b = Files.createDirectory(proc.resolve("b"));
        try (Inotify inotify = Inotify.open()) {
            inotify.add(a.toString(), Inotify.IN_CREATE);
            inotify.add(b.toString(), Inotify.IN_CREATE);

            InotifyUsage usage =
                    InotifyUsage.ofThisUser(proc(ProcessHandle.current().pid()));

            assertThat(usage.instances()).isPositive();
            assertThat(usage.watches()).isGreaterThanOrEqualTo(2);
        }
        assertThat(before.instances()).isNotNegative();
    }

    /** A /proc with this process alone, so that others that come and go meanwhile do not matter. */
    private Path proc(long pid) throws IOException {
        Path root = Files.createDirectory(proc.resolve("proc"));
        Files.createSymbolicLink(root.resolve("self"), Path.of("/proc/self"));
        Files.createSymbolicLink(root.resolve(Long.toString(pid)), Path.of("/proc/" + pid));
        return root;
    }

    @Test
    void watchesOfARunningWeirAreCountedApart() throws IOException {
        process("7", "1000", "java\0-cp\0x\0io.weir.cli.Main\0up\0", 3);
        process("8", "1000", "dolphin\0", 4);
        process("9", "0", "systemd\0", 5);
        Files.createSymbolicLink(proc.resolve("self"), proc.resolve("8"));

        assertThat(InotifyUsage.ofThisUser(proc)).isEqualTo(new InotifyUsage(2, 4, 3));
    }

    private void process(String pid, String uid, String command, int watches) throws IOException {
        Path process = Files.createDirectory(proc.resolve(pid));
        Files.writeString(process.resolve("status"), "Name:\tx\nUid:\t0\t" + uid + "\t0\t0\n");
        Files.writeString(process.resolve("cmdline"), command);
        Files.createDirectory(process.resolve("fd"));
        Files.createSymbolicLink(process.resolve("fd/5"), Path.of("anon_inode:inotify"));
        Files.createSymbolicLink(process.resolve("fd/6"), Path.of("/dev/null"));
        Files.createDirectory(process.resolve("fdinfo"));
        Files.writeString(
                process.resolve("fdinfo/5"), "pos:\t0\nflags:\t02\n" + "inotify wd:1 ino:2 sdev:3\n".repeat(watches));
    }
}
