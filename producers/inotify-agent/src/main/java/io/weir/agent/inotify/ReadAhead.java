package io.weir.agent.inotify;

import io.weir.agent.inotify.LookTasks.Task;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.posix.PosixException;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads several new directories at a time, since setting watches is mostly the kernel's work. Whoever asks waits meanwhile, so
 * the tree stays as it is: all is as if they were read one right after the other.
 */
final class ReadAhead implements Closeable {
    /** Bounds what is done between two looks at the queue. */
    private static final int MOST = 32;

    private final WatchTree tree;
    private final Roots roots;
    private final Watches watches;
    private final Gaps gaps;
    private final TwoThreads threads = new TwoThreads("weir-inotify-scan");

    ReadAhead(WatchTree tree, Roots roots, Watches watches, Gaps gaps) {
        this.tree = tree;
        this.roots = roots;
        this.watches = watches;
        this.gaps = gaps;
    }

    /** A directory to be looked at, and what was read of it. */
    final class Ahead implements Runnable {
        final Task task;
        private final String path;
        private final String fileId;
        private @Nullable Reading reading;
        private @Nullable Throwable failure;

        private Ahead(Task task, String path, String fileId) {
            this.task = task;
            this.path = path;
            this.fileId = fileId;
        }

        @Override
        public void run() {
            try {
                boolean onlyCompares = task.scan.compares();
                reading = Reading.ahead(path, fileId, watches, name -> roots.excludes(path, name), onlyCompares);
            } catch (PosixException | RuntimeException | Error e) {
                failure = e;
            }
        }

        /** What was read, which the caller closes. */
        Reading reading() throws PosixException {
            if (failure instanceof PosixException e) {
                throw e;
            }
            if (reading == null) {
                throw new IllegalStateException("cannot read '" + path + "'", failure);
            }
            return reading;
        }
    }

    /** Takes the tasks that come next, as far as they can be done ahead; their directories have been read then. */
    List<Ahead> next(LookTasks tasks) {
        List<Ahead> ahead = new ArrayList<>();
        while (ahead.size() < MOST && tasks.anyReady()) {
            Ahead next = plan(tasks.peek());
            if (next == null) {
                break;
            }
            tasks.next();
            ahead.add(next);
        }
        threads.run(ahead);
        return ahead;
    }

    /** Not what it takes more to decide on than which directory it is. */
    private @Nullable Ahead plan(Task task) {
        String fileId = task.fileId;
        boolean plain = fileId != null
                && task.scan.reason != ScanReason.POLL
                && !task.node.removed
                && !task.node.isWatched()
                && gaps.isEmpty();
        if (fileId == null || !plain) {
            return null;
        }
        String path = tree.hostPath(task.node);
        return DirectoryMoves.isNowhere(path) ? null : new Ahead(task, path, fileId);
    }

    @Override
    public void close() {
        threads.close();
    }
}
