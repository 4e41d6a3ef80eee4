package io.weir.posix;

import java.io.Closeable;
import java.util.Optional;

/**
 * An exclusive lock on a file, which the kernel releases when the process dies, however it dies.
 *
 * <p>It is an open file description lock ({@code F_OFD_SETLK}, fcntl(2)). It conflicts with the record locks that
 * {@code java.nio.channels.FileChannel} takes, so those see it, too. Unlike them it is not lost when some other part of
 * the same process opens and closes the file, and is seen by that part as well: an agent may look whether a worker in
 * its own process lives.
 */
public final class ProcessLock implements Closeable {
    private static final int FILE_MODE = 0644;

    private final int descriptor;
    private boolean open = true;

    private ProcessLock(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Takes the lock, making the file if it is not there.
     *
     * @return empty if somebody holds it
     */
    public static Optional<ProcessLock> take(String path) throws PosixException {
        int descriptor = Libc.open(Libc.path(path), SafeCalls.O_RDWR | SafeCalls.O_CREAT | Libc.O_CLOEXEC, FILE_MODE);
        if (descriptor < 0) {
            throw Libc.failure("open", path);
        }
        if (SafeCalls.lock(descriptor) == 0) {
            return Optional.of(new ProcessLock(descriptor));
        }
        PosixException failure = Libc.failure("lock", path);
        Libc.close(descriptor);
        if (failure.errno() == Errno.EAGAIN || failure.errno() == Errno.EACCES) {
            return Optional.empty();
        }
        throw failure;
    }

    /** Whether a living process holds the lock, this one included; false if there is no such file. Any thread. */
    public static boolean isHeld(String path) throws PosixException {
        int descriptor = Libc.open(Libc.path(path), Libc.O_RDONLY | Libc.O_CLOEXEC, 0);
        if (descriptor < 0) {
            PosixException failure = Libc.failure("open", path);
            if (failure.errno() == Errno.ENOENT || failure.errno() == Errno.ENOTDIR) {
                return false;
            }
            throw failure;
        }
        try {
            int locked = SafeCalls.isLocked(descriptor);
            if (locked < 0) {
                throw Libc.failure("ask for the lock of", path);
            }
            return locked == 1;
        } finally {
            Libc.close(descriptor);
        }
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            Libc.close(descriptor);
        }
    }
}
