package io.weir.worker.delivery;

import io.weir.posix.Errno;
import io.weir.posix.PosixException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Whether and when a failed attempt is followed by another. */
final class Retries {
    static final int MOST_ATTEMPTS = 5;
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final int FACTOR = 4;
    /** A name was taken between plan and move: the next plan finds another, or says that it is taken. */
    private static final Duration COLLISION = Duration.ofMillis(5);

    private static final int EOPNOTSUPP = 95;
    /** What the same attempt would meet again: permissions, a read-only file system, names and places that cannot be. */
    private static final Set<Integer> PERMANENT = Set.of(
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

    private Retries() {}

    /** @param attempts made so far, from 1 */
    static Optional<Duration> after(int attempts, IOException failure) {
        if (attempts >= MOST_ATTEMPTS) {
            return Optional.empty();
        }
        if (failure instanceof PosixException posix) {
            if (PERMANENT.contains(posix.errno())) {
                return Optional.empty();
            }
            if (posix.errno() == Errno.EEXIST) {
                return Optional.of(COLLISION);
            }
        }
        long delay = FIRST.toMillis() * (long) Math.pow(FACTOR, attempts - 1);
        return Optional.of(Duration.ofMillis(delay + ThreadLocalRandom.current().nextLong(delay / 4)));
    }
}
