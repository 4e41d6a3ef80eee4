package io.weir.cli.instance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The data directory of {@code weir up}, locked while this object is open. The kernel releases the lock when the process
 * dies, however it dies.
 */
public final class DataDirectory implements Closeable {
    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes the directory where it is missing, and locks it.
     *
     * @throws CommandException if another process holds it, or it cannot be made or written to
     */
    public static DataDirectory lock(Path path) {
        FileChannel channel = open(path);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = holder(channel);
                channel.close();
                throw new CommandException("data directory='" + path + "': in use by another weir" + holder
                        + "; stop that one, or give this one its own with --data");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)), 0);
            return new DataDirectory(path, channel);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /** Whether a process holds the directory's lock now. */
    public static boolean isHeld(Path path) {
        if (!Files.exists(path.resolve(LOCK))) {
            return false;
        }
        try (FileChannel channel =
                FileChannel.open(path.resolve(LOCK), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return tryLock(channel) == null;
        } catch (IOException e) {
            // Not ours to write to: another user's instance. Whether it runs will show when it is talked to.
            return true;
        }
    }

    public Path path() {
        return path;
    }

    /** A directory inside, made if it is missing. */
    public Path directory(String name) {
        Path directory = path.resolve(name);
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static FileChannel open(Path path) {
        try {
            Files.createDirectories(path);
            return FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unusable(path, e);
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
        ByteBuffer text = ByteBuffer.allocate(20);
        int length = channel.read(text, 0);
        return length <= 0 ? "" : " (process " + new String(text.array(), 0, length, UTF_8).strip() + ")";
    }

    private static CommandException unusable(Path path, IOException e) {
        return new CommandException(
                "data directory='" + path + "': cannot be used: " + Failures.describe(e)
                        + "; expected a directory to write to",
                e);
    }
}
