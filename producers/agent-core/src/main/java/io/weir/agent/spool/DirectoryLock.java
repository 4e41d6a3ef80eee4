package io.weir.agent.spool;

import io.weir.agent.baseline.StoreException;
import io.weir.posix.ProcessLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a second agent out of a data directory. The kernel lets go of it when the process dies. */
final class DirectoryLock implements Closeable {
    private final ProcessLock lock;

    private DirectoryLock(ProcessLock lock) {
        this.lock = lock;
    }

    static DirectoryLock take(Path directory) {
        try {
            Files.createDirectories(directory);
            return ProcessLock.take(directory.resolve("agent.lock").toString())
                    .map(DirectoryLock::new)
                    .orElseThrow(() -> inUse(directory));
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static StoreException inUse(Path directory) {
        return new StoreException("data directory='" + directory + "': another agent uses it, since agent.lock is held;"
                + " stop that one, or give this one a directory of its own");
    }

    private static StoreException unusable(Path directory, IOException cause) {
        return new StoreException(
                "data directory='" + directory + "': cannot be used: " + cause.getMessage()
                        + "; expected a directory that '" + System.getProperty("user.name") + "' may write to",
                cause);
    }

    @Override
    public void close() {
        lock.close();
    }
}
