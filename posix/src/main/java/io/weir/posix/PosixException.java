package io.weir.posix;

import java.io.IOException;

/** A system call that failed. The message reads {@code open '/srv/a': Permission denied (EACCES)}. */
public final class PosixException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;
    private final String call;
    private final String path;

    /**
     * @param errno error number, see {@link Errno}
     * @param call the system call
     * @param path what it was about, in the text form of {@link PathText}
     */
    public PosixException(int errno, String call, String path) {
        super(call + " '" + PathText.display(path) + "': " + Libc.strerror(errno) + " (" + Errno.name(errno) + ")");
        this.errno = errno;
        this.call = call;
        this.path = path;
    }

    /** The error number, see {@link Errno}. */
    public int errno() {
        return errno;
    }

    /** The system call that failed. */
    public String call() {
        return call;
    }

    /** What it was about, in the text form of {@link PathText}. */
    public String path() {
        return path;
    }
}
