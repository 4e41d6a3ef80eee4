package io.weir.agent.inotify;

import io.weir.agent.inotify.LookTasks.Task;
import io.weir.agent.inotify.ReadAhead.Ahead;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.posix.Errno;
import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import java.util.List;

/**
 * Looks at directories: opens, watches, lists; those found in them come next. No recursion, one small step at a time: of
 * directories that were found just now some are read ahead at once.
 */
final class Scanner {
    private final WatchTree tree;
    private final Watches watches;
    private final Gaps gaps;
    private final Listings listings;
    private final TreeScans scans;
    private final LookTasks tasks = new LookTasks();
    private final ReadAhead readAhead;
    private final Closings closings;
    private final OpenDirectories open;

    Scanner(WatchTree tree, Roots roots, Watches watches, Outgoing outgoing, Gaps gaps) {
        this.tree = tree;
        this.watches = watches;
        this.gaps = gaps;
        scans = new TreeScans(tree, outgoing, watches.limit());
        readAhead = new ReadAhead(tree, roots, watches, gaps);
        closings = new Closings(tree, outgoing);
        listings = new Listings(tree, outgoing, l -> scans.release(l.scan), this::lookAgain);
        open = new OpenDirectories(tree, roots, outgoing, gaps, listings, closings, this::schedule);
    }

    Listings listings() {
        return listings;
    }

    Closings closings() {
        return closings;
    }

    /** Begins to look at a new directory and all below it. */
    void begin(DirectoryNode top, ScanReason reason) {
        begin(top, reason, () -> {});
    }

    /** Begins to look at a directory and all below it. */
    void begin(DirectoryNode top, ScanReason reason, Runnable whenFinished) {
        schedule(new Task(scans.begin(top, reason, whenFinished), top, null));
    }

    private void schedule(Task task) {
        task.scan.outstanding++;
        tasks.add(task);
    }

    LookTasks tasks() {
        return tasks;
    }

    boolean hasWork() {
        return !open.isEmpty() || tasks.anyReady();
    }

    /** Opens some directories, or reads some more of one. */
    void step() {
        if (!open.isEmpty()) {
            open.readSome();
            return;
        }
        List<Ahead> several = readAhead.next(tasks);
        several.forEach(ahead -> attempt(ahead.task, () -> look(ahead.task, ahead.reading())));
        if (several.isEmpty()) {
            Task task = tasks.next();
            attempt(task, () -> look(task));
        }
    }

    private interface Attempt {
        void run() throws PosixException;
    }

    private void attempt(Task task, Attempt attempt) {
        try {
            attempt.run();
        } catch (PosixException e) {
            failed(task, e);
        }
    }

    private void look(Task task) throws PosixException {
        if (task.node.removed) {
            scans.release(task.scan);
            return;
        }
        String path = tree.hostPath(task.node);
        if (DirectoryMoves.isNowhere(path)) {
            putOff(task);
        } else {
            look(task, Reading.open(path, watches));
        }
    }

    private void look(Task task, Reading reading) throws PosixException {
        boolean kept = false;
        try {
            FileStatus status = reading.status();
            if (!reading.isOf(task.fileId) || !mayBePolled(task, status)) {
                putOff(task);
                return;
            }
            if (!gaps.mayLookAt(task.node, status)) {
                giveUp(task);
                return;
            }
            boolean known = task.node.isWatched();
            if (!watches.watch(task.node, reading)) {
                if (task.mayStillBeResolved()) { // renamed just now, and the queue will tell
                    putOff(task);
                    return;
                }
                gaps.watchedElsewhere(task.node);
            }
            if (!known && !reading.isStillAtItsPath()) {
                watches.dropContents(task.node);
                putOff(task);
                return;
            }
            kept = true;
            task.node.know(status);
            Listing listing =
                    new Listing(task.scan, task.node, reading.directory().path(), reading.queuedAfter());
            listing.verified = known;
            open.add(listing, reading);
        } finally {
            if (!kept) {
                reading.close();
            }
        }
    }

    /** Another directory is where a poll knows one: it was renamed, which events are about to tell, or replaced elsewhere. */
    private boolean mayBePolled(Task task, FileStatus status) {
        if (task.scan.reason != ScanReason.POLL || task.node.isKnownToBe(status)) {
            return true;
        }
        if (!watches.isUpToDate()) {
            return false;
        }
        watches.dropContents(task.node);
        return true;
    }

    private void failed(Task task, PosixException e) {
        boolean changed = e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP;
        if (!changed) {
            gaps.unreadable(task.node, e);
            giveUp(task);
        } else if (task.node instanceof RootNode root) {
            gaps.rootMissing(root, e);
            giveUp(task);
        } else {
            putOff(task);
        }
    }

    /** The path leads elsewhere than it did: events in the queue tell why, so they are handled first. */
    private void putOff(Task task) {
        if (task.scan.reason == ScanReason.POLL) {
            giveUp(task); // nothing need explain it: the next poll sees
        } else if (!tasks.defer(task)) {
            gaps.neverStill(task.node);
            giveUp(task);
        }
    }

    private void giveUp(Task task) {
        task.node.scheduled = false;
        task.scan.doesNotRead(task.node);
        scans.release(task.scan);
    }

    private void lookAgain(Listing listing) {
        DirectoryNode node = listing.node;
        watches.dropContents(node);
        listing.scan.outstanding++;
        putOff(new Task(listing.scan, node, null));
        listing.dropped = true;
        listings.remove(listing);
    }

    /** Ends all scans as they are; the scanner is of no use afterwards. */
    void abandon() {
        open.close();
        readAhead.close();
        scans.abandon();
    }
}
