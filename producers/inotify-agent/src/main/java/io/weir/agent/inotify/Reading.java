package io.weir.agent.inotify;

import io.weir.posix.Directory;
import io.weir.posix.Errno;
import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel is asked when a directory is looked at: it is opened, watched, then listed. Knows nothing of the tree, so
 * that it can be done ahead and for several directories at a time. For one thread at a time.
 */
final class Reading implements Closeable {
    private final Directory directory;
    private final FileStatus status;
    private final Watches watches;
    private final long queuedBefore;
    private long queuedAfter;
    private boolean tried;
    private boolean closed;
    private int watch;
    private @Nullable PosixException refusal;
    private @Nullable List<Named> ahead;
    private boolean aheadIsAll;
    private @Nullable PosixException aheadFailed;

    private Reading(Directory directory, FileStatus status, Watches watches, long queuedBefore) {
        this.directory = directory;
        this.status = status;
        this.watches = watches;
        this.queuedBefore = queuedBefore;
    }

    private record Named(String name, FileStatus status) {}

    /** Takes what is in the directory. */
    @FunctionalInterface
    interface Entries {
        void entry(String name, FileStatus status);
    }

    /** Opens the directory at a path; nothing else yet. */
    static Reading open(String path, Watches watches) throws PosixException {
        long before = watches.queued();
        Directory directory = Directory.open(path);
        try {
            return new Reading(directory, directory.status(), watches, before);
        } catch (PosixException e) {
            directory.close();
            throw e;
        }
    }

    /**
     * Opens it, and if it is the right one also watches and begins to list it, so that less is left to do afterwards.
     *
     * @param excluded names not to be read
     * @param closeEarly closes it if all has been read
     */
    static Reading ahead(String path, String fileId, Watches watches, Predicate<String> excluded, boolean closeEarly)
            throws PosixException {
        Reading reading = open(path, watches);
        if (reading.isOf(fileId)) {
            reading.tryToWatch(false);
            if (reading.refusal == null) {
                reading.readAhead(excluded);
            }
        }
        if (closeEarly && reading.aheadIsAll) {
            reading.close();
        }
        return reading;
    }

    private void readAhead(Predicate<String> excluded) {
        List<Named> found = new ArrayList<>();
        Entries keep = (name, entry) -> found.add(new Named(name, entry));
        try {
            if (list(excluded, keep)) {
                aheadIsAll = !list(excluded, keep); // mostly this one just tells that there is no more
            } else {
                aheadIsAll = true;
            }
        } catch (PosixException e) {
            aheadFailed = e;
        }
        ahead = found;
    }

    /** Whether a part of it has been listed and is still to be taken. */
    boolean isReadAhead() {
        return ahead != null;
    }

    Directory directory() {
        return directory;
    }

    FileStatus status() {
        return status;
    }

    /** Whether it is this directory, or any is right. */
    boolean isOf(@Nullable String fileId) {
        return fileId == null || fileId.equals(status.fileId());
    }

    /**
     * Watches it, once.
     *
     * @return the watch descriptor
     * @throws PosixException also if it was refused the first time
     */
    int watch(boolean root) throws PosixException {
        tryToWatch(root);
        if (refusal != null) {
            throw refusal;
        }
        return watch;
    }

    private void tryToWatch(boolean root) {
        if (tried) {
            return;
        }
        tried = true;
        try {
            watch = watches.add(directory, root);
        } catch (PosixException e) {
            refusal = e;
        }
        queuedAfter = watches.drain();
    }

    /** The last chunk of events queued when it had been watched. */
    long queuedAfter() {
        return queuedAfter;
    }

    /** Whether nothing came between that would tell that its path leads elsewhere now, and it does lead here. */
    boolean isStillAtItsPath() {
        if (queuedAfter == queuedBefore) {
            return true;
        }
        try {
            return FileStatus.lstat(directory.path()).fileId().equals(status.fileId());
        } catch (PosixException e) {
            return false;
        }
    }

    /**
     * Lists some entries; what is gone meanwhile is left out.
     *
     * @return false if there were none left
     */
    boolean some(Predicate<String> excluded, Entries entries) throws PosixException {
        List<Named> read = ahead;
        if (read == null) {
            return list(excluded, entries);
        }
        ahead = null;
        read.forEach(entry -> entries.entry(entry.name(), entry.status()));
        if (aheadFailed != null) {
            throw aheadFailed;
        }
        return !aheadIsAll;
    }

    private boolean list(Predicate<String> excluded, Entries entries) throws PosixException {
        return directory.listSome(name -> {
            FileStatus entry = excluded.test(name) ? null : lstat(name);
            if (entry != null) {
                entries.entry(name, entry);
            }
        });
    }

    private @Nullable FileStatus lstat(String name) throws PosixException {
        try {
            return directory.lstat(name);
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT) {
                return null; // gone since, and the queue will tell
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            directory.close();
        }
    }
}
