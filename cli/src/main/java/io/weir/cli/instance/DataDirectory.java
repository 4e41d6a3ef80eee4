package io.weir.cli.instance;

import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import io.weir.posix.ProcessLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The data directory of {@code weir up}, locked while this object is open. The kernel releases the lock when the process
 * dies, however it dies.
 */
public final class DataDirectory implements Closeable {
    private static final String LOCK = "lock";

    private final Path path;
    private final ProcessLock lock;

    private DataDirectory(Path path, ProcessLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the directory where it is missing, and locks it.
     *
     * @throws CommandException if another process holds it, or it cannot be made or written to
     */
    public static DataDirectory lock(Path path) {
        Path file = path.resolve(LOCK);
        try {
            Files.createDirectories(path);
            ProcessLock lock = ProcessLock.take(file.toString())
                    .orElseThrow(() -> new CommandException("data directory='" + path + "': in use by another weir"
                            + holder(file) + "; stop that one, or give this one its own with --data"));
            Files.writeString(file, Long.toString(ProcessHandle.current().pid()));
            return new DataDirectory(path, lock);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /**
     * Whether a process holds the directory's lock now. Asks without native code, which would cost a small command a third
     * of its start; a lock of this kind is seen, and is not lost, when the file is opened and closed here.
     */
    static boolean isHeld(Path path) {
        Path file = path.resolve(LOCK);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
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
    public void close() {
        lock.close();
    }

    private static String holder(Path file) {
        try {
            String pid = Files.readString(file).strip();
            return pid.isEmpty() ? "" : " (process " + pid + ")";
        } catch (IOException e) {
            return "";
        }
    }

    private static CommandException unusable(Path path, IOException e) {
        return new CommandException(
                "data directory='" + path + "': cannot be used: " + Failures.describe(e)
                        + "; expected a directory to write to",
                e);
    }
}
