package io.weir.agent.inotify;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Directories to look at: those that can be looked at now, the newest first, and those put off. */
final class LookTasks {
    /** The first tries come at once, later ones after a pause: the kernel may still be about to queue what explains it. */
    private static final int TRIES_AT_ONCE = 5;

    private static final long PAUSE_NANOS = 10_000_000;
    private static final int MOST_TRIES = 500;
    private static final int MOST_CONFLICTS = 10;

    private final ArrayDeque<Task> ready = new ArrayDeque<>();
    private final ArrayDeque<Task> deferred = new ArrayDeque<>();

    /** A directory to look at. */
    static final class Task {
        final TreeScan scan;
        final DirectoryNode node;

        /** What its parent's listing showed; null if that is not to be relied on. */
        @Nullable
        String fileId;

        private int tries;
        private int conflicts;
        private long position = Listing.NOT_YET;
        private long notBefore;

        Task(TreeScan scan, DirectoryNode node, @Nullable String fileId) {
            this.scan = scan;
            this.node = node;
            this.fileId = fileId;
        }

        /** Notes that its directory is watched as another node's; false if that is no passing state. */
        boolean mayStillBeResolved() {
            return ++conflicts <= MOST_CONFLICTS;
        }
    }

    void add(Task task) {
        task.node.scheduled = true;
        ready.push(task);
    }

    /**
     * Puts a task off until the events queued by now have been handled.
     *
     * @return false if that has been done too often
     */
    boolean defer(Task task) {
        if (++task.tries > MOST_TRIES) {
            return false;
        }
        task.node.scheduled = true;
        task.position = Listing.NOT_YET;
        task.notBefore = task.tries <= TRIES_AT_ONCE ? Long.MIN_VALUE : System.nanoTime() + PAUSE_NANOS;
        deferred.add(task);
        return true;
    }

    /** A relinked directory is looked at where it is now, whatever was found there. */
    void expectAnything(DirectoryNode node) {
        if (node.scheduled) {
            ready.stream().filter(t -> t.node == node).forEach(t -> t.fileId = null);
            deferred.stream().filter(t -> t.node == node).forEach(t -> t.fileId = null);
        }
    }

    boolean anyReady() {
        return !ready.isEmpty();
    }

    boolean anyDeferred() {
        return !deferred.isEmpty();
    }

    Task next() {
        return ready.pop();
    }

    /** The one that comes next. */
    Task peek() {
        return ready.element();
    }

    /** Whether tasks put off do not know yet which events they have to wait for. */
    boolean needPosition() {
        return !deferred.isEmpty() && deferred.getLast().position == Listing.NOT_YET;
    }

    void waitFor(long position) {
        deferred.stream().filter(t -> t.position == Listing.NOT_YET).forEach(t -> t.position = position);
    }

    /** Takes up tasks that were put off until now. */
    boolean resume(long processed) {
        boolean some = false;
        while (!deferred.isEmpty() && isDue(deferred.element(), processed)) {
            ready.push(deferred.remove());
            some = true;
        }
        return some;
    }

    private static boolean isDue(Task task, long processed) {
        return task.position <= processed
                && (task.notBefore == Long.MIN_VALUE || System.nanoTime() - task.notBefore >= 0);
    }
}
