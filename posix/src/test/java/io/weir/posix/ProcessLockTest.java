package io.weir.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
    @TempDir
    Path directory;

    @Test
    void onlyOneHoldsTheLock() throws IOException {
        String file = directory.resolve("lock").toString();
        assertThat(ProcessLock.isHeld(file)).isFalse();
        ProcessLock lock = ProcessLock.take(file).orElseThrow();
        assertThat(ProcessLock.take(file)).isEmpty();
        assertThat(ProcessLock.isHeld(file)).isTrue();
        lock.close();
        assertThat(ProcessLock.isHeld(file)).isFalse();
        ProcessLock.take(file).orElseThrow().close();
    }

    @Test
    void aFileChannelSeesTheLockAndClosingItDoesNotLoseIt() throws IOException {
        Path file = directory.resolve("lock");
        try (ProcessLock lock = ProcessLock.take(file.toString()).orElseThrow()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                assertThat(channel.tryLock()).isNull();
            }
            assertThat(lock).isNotNull();
            assertThat(ProcessLock.isHeld(file.toString())).isTrue();
        }
    }

    @Test
    void anotherProcessHoldsItUntilItIsKilled() throws Exception {
        Path file = directory.resolve("lock");
        Process holder = holder(file);
        await().until(() -> ProcessLock.isHeld(file.toString()));
        holder.destroyForcibly().waitFor();
        await().until(() -> !ProcessLock.isHeld(file.toString()));
    }

    private static Process holder(Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
    }

    /** Takes the lock and waits to be killed. */
    static final class LockHolder {
        private LockHolder() {}

        public static void main(String[] args) throws Exception {
            try (ProcessLock lock = ProcessLock.take(args[0]).orElseThrow()) {
                assertThat(lock).isNotNull();
                new CountDownLatch(1).await();
            }
        }
    }
}
