package io.weir.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class InotifyTest {
    @TempDir
    Path dir;

    @Test
    void readsEventsOfAWatchedDirectoryThroughItsDescriptor() throws Exception {
        NativeBuffer buffer = new NativeBuffer(4096);
        try (Inotify inotify = Inotify.open();
                Directory opened = Directory.open(dir.toString())) {
            int watch = inotify.add(opened.descriptorPath(), Inotify.IN_CREATE | Inotify.IN_ONLYDIR);
            assertThat(inotify.read(buffer)).isZero();
            Files.createDirectory(dir.resolve("sub"));
            inotify.await();
            assertThat(inotify.read(buffer)).isEqualTo(Inotify.HEADER_BYTES + 16);
            assertThat(buffer.bytes().getInt(0)).isEqualTo(watch);
            assertThat(buffer.bytes().getInt(4)).isEqualTo(Inotify.IN_CREATE | Inotify.IN_ISDIR);
            assertThat((char) buffer.bytes().get(Inotify.HEADER_BYTES)).isEqualTo('s');
        }
    }

    @Test
    void wakeEndsTheWait() throws Exception {
        try (Inotify inotify = Inotify.open()) {
            inotify.wake();
            inotify.await();
        }
    }
}
