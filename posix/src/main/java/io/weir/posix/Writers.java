package io.weir.posix;

/** Tells whether somebody has a file open for writing. */
public final class Writers {
    private static final int F_SETSIG = 10;
    private static final int F_SETLEASE = 1024;
    private static final int F_RDLCK = 0;
    private static final int F_UNLCK = 2;
    /** Ignored by default, unlike SIGIO, which a lease breaker would otherwise send us. */
    private static final int SIGURG = 23;

    /** What could be found out. */
    public enum Answer {
        NONE,
        SOME,
        /** No right to know (neither the file's owner nor CAP_LEASE), or a file system without leases. */
        UNKNOWN
    }

    private Writers() {}

    /**
     * Asks for a read lease (fcntl(2)), which the kernel grants only where nobody writes, and gives it back at once. A
     * writer's close is queued as an inotify event before the kernel counts the writer as gone.
     *
     * @param name a regular file in the directory
     */
    public static Answer of(Directory directory, String name) {
        int flags = Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_NOFOLLOW | Libc.O_CLOEXEC;
        int descriptor = open(directory, name, flags);
        if (descriptor < 0) {
            return Answer.UNKNOWN;
        }
        try {
            if (Libc.fcntl(descriptor, F_SETSIG, SIGURG) != 0) {
                return Answer.UNKNOWN;
            }
            if (Libc.fcntl(descriptor, F_SETLEASE, F_RDLCK) == 0) {
                Libc.fcntl(descriptor, F_SETLEASE, F_UNLCK);
                return Answer.NONE;
            }
            return Libc.errno() == Errno.EAGAIN ? Answer.SOME : Answer.UNKNOWN;
        } finally {
            Libc.close(descriptor);
        }
    }

    private static int open(Directory directory, String name, int flags) {
        try {
            return Libc.openat(directory.descriptor(), Scratch.ofThread().path(name, "open"), flags, 0);
        } catch (PosixException e) {
            return -1;
        }
    }
}
