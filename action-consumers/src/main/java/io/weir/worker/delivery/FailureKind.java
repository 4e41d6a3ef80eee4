package io.weir.worker.delivery;

import io.weir.posix.Errno;
import io.weir.posix.PosixException;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import io.weir.worker.RemoteFailureException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** Why an attempt failed, as far as that decides whether and when to make another. */
enum FailureKind {
    /** What the same attempt would meet again: permissions, a read-only file system, names and places that cannot be. */
    PERMANENT(1, Duration.ZERO, 1, Duration.ZERO),
    /** What was planned on has changed, such as a name that was taken meanwhile: another plan, at once. */
    PRECONDITION(5, Duration.ofMillis(5), 1, Duration.ofMillis(5)),
    /** Something on this host, most often over in seconds: a busy file, a full disk, a program that asks for later. */
    LOCAL(5, Duration.ofMillis(100), 4, Duration.ofSeconds(10)),
    /** A server elsewhere: away for as long as a restart takes. */
    REMOTE(6, Duration.ofSeconds(1), 4, Duration.ofMinutes(5));

    private static final int EOPNOTSUPP = 95;
    private static final Set<Integer> PERMANENT_ERRORS = Set.of(
            Errno.EPERM,
            Errno.EACCES,
            Errno.EROFS,
            Errno.EXDEV,
            Errno.EINVAL,
            Errno.ENAMETOOLONG,
            Errno.ENOTDIR,
            Errno.EISDIR,
            Errno.ELOOP,
            Errno.ENOTEMPTY,
            EOPNOTSUPP);

    private static final Set<Reason> PERMANENT_REASONS =
            Set.of(Reason.ACCESS_DENIED, Reason.INVALID, Reason.NOT_SUPPORTED);

    private final int attempts;
    private final Duration first;
    private final int factor;
    private final Duration longest;

    FailureKind(int attempts, Duration first, int factor, Duration longest) {
        this.attempts = attempts;
        this.first = first;
        this.factor = factor;
        this.longest = longest;
    }

    static FailureKind of(IOException failure) {
        if (failure instanceof RemoteFailureException) {
            return REMOTE;
        }
        if (failure instanceof QumuloException cluster) {
            return PERMANENT_REASONS.contains(cluster.reason()) ? PERMANENT : LOCAL;
        }
        if (failure instanceof PosixException posix) {
            if (PERMANENT_ERRORS.contains(posix.errno())) {
                return PERMANENT;
            }
            return posix.errno() == Errno.EEXIST ? PRECONDITION : LOCAL;
        }
        return LOCAL;
    }

    /** How many attempts there are in all. */
    int attempts() {
        return attempts;
    }

    /** The longest pause, also if a server asks for a longer one. */
    Duration longest() {
        return longest;
    }

    /** @param made attempts so far, from 1 */
    Duration pause(int made) {
        long millis = first.toMillis() * (long) Math.pow(factor, made - 1);
        return Duration.ofMillis(Math.min(millis, longest.toMillis()));
    }
}
