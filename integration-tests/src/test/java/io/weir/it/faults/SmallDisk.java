package io.weir.it.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system of its own in memory, which can be full. Mounting takes root's rights. */
final class SmallDisk implements AutoCloseable {
    private static final int MEBIBYTES = 1_024;

    private final Path directory;
    private final Path ballast;

    SmallDisk(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        ballast = directory.resolve("ballast");
        run("mount", "-t", "tmpfs", "-o", "size=" + MEBIBYTES + "m", "tmpfs", directory.toString());
    }

    /** What lies on it is to go below here. */
    Path directory() {
        return directory.resolve("data");
    }

    /** Takes all room that is left. */
    void fill() throws IOException {
        byte[] block = new byte[1 << 20];
        try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
            for (int size = block.length; size > 0; size /= 2) {
                writeAll(file, block, size);
            }
        }
    }

    private static void writeAll(RandomAccessFile file, byte[] block, int size) {
        try {
            while (true) {
                file.write(block, 0, size);
            }
        } catch (IOException e) {
            // No room for as much as that any more.
        }
    }

    void free() throws IOException {
        Files.delete(ballast);
    }

    private static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(List.of(command) + ": "
                        + new String(process.getInputStream().readAllBytes(), UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        run("umount", directory.toString());
    }
}
