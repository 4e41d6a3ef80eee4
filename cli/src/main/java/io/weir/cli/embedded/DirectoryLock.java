package io.weir.cli.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A directory held by one process: an exclusive lock on its file {@code lock}, which the kernel releases when the process
 * dies, however it dies. The file says who holds it.
 */
public final class DirectoryLock implements Closeable {
    private static final String FILE = "lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the directory if it is missing, and takes it.
     *
     * @throws EmbeddedException if another process, or another part of this one, holds it (the message names the holder),
     *     or if it cannot be made or written to
     */
    public static DirectoryLock take(Path directory) {
        Path file = directory.resolve(FILE);
        FileChannel channel = null;
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new EmbeddedException(
                        "data directory='" + directory + "' is in use by " + holder(channel)
                                + "; stop that process first, or use another directory",
                        null);
            }
            String text = "pid " + ProcessHandle.current().pid() + " since "
                    + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n";
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)), 0);
            return new DirectoryLock(channel);
        } catch (IOException e) {
            close(channel);
            throw new EmbeddedException(
                    "data directory='" + directory + "' cannot be used: " + e
                            + "; expected a directory that this user may write to",
                    e);
        } catch (EmbeddedException e) {
            close(channel);
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(200);
        channel.read(buffer, 0);
        String text = new String(buffer.array(), 0, buffer.position(), UTF_8).strip();
        return text.isEmpty() ? "another process" : "another process (" + text + ")";
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Lets the directory go; the file stays. Idempotent. */
    @Override
    public void close() {
        close(channel);
    }
}
