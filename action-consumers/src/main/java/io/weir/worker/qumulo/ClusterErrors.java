package io.weir.worker.qumulo;

import io.weir.posix.Errno;
import io.weir.posix.PosixException;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import io.weir.worker.UnableToWorkException;
import java.io.IOException;

/** What failures of calls mean to whoever works on files: the same as on a mounted volume, where there is the same. */
final class ClusterErrors {
    private ClusterErrors() {}

    /** Whether nothing is at a path, or the way to it is no chain of directories. */
    static boolean isAbsence(QumuloException e) {
        return e.reason() == Reason.NOT_THERE || e.errorClass().equals("fs_not_a_directory_error");
    }

    /**
     * As an error number where callers decide by it, else as the cluster told it.
     *
     * @param call what was done, such as {@code rename}
     * @param path within the volume
     * @throws UnableToWorkException if the cluster cannot be reached, or does not let the worker in
     */
    static IOException of(QumuloException e, String call, String path) {
        return switch (e.reason()) {
            case NOT_THERE -> posix(e, Errno.ENOENT, call, path);
            case EXISTS -> posix(e, Errno.EEXIST, call, path);
            case NOT_EMPTY -> posix(e, Errno.ENOTEMPTY, call, path);
            case UNAVAILABLE, NOT_LOGGED_IN, PRIVILEGE_MISSING ->
                throw new UnableToWorkException(
                        "the cluster does not do what the worker asks for: " + e.getMessage()
                                + "; no file is touched meanwhile",
                        e);
            default -> byClass(e, call, path);
        };
    }

    private static IOException byClass(QumuloException e, String call, String path) {
        return switch (e.errorClass()) {
            case "fs_not_a_directory_error" -> posix(e, Errno.ENOTDIR, call, path);
            case "fs_name_size_error" -> posix(e, Errno.ENAMETOOLONG, call, path);
            default -> e;
        };
    }

    private static PosixException posix(QumuloException cause, int errno, String call, String path) {
        var error = new PosixException(errno, call, path);
        error.initCause(cause);
        return error;
    }
}
