package io.weir.agent.inotify;

import io.weir.posix.Directory;
import io.weir.posix.Errno;
import io.weir.posix.Inotify;
import io.weir.posix.PosixException;

/** Keeps the kernel's watches in step with the tree. */
final class Watches {
    private static final int ENTRIES = RawEvent.ENTRY_CHANGES
            | Inotify.IN_MODIFY
            | Inotify.IN_ATTRIB
            | Inotify.IN_CLOSE_WRITE
            | Inotify.IN_EXCL_UNLINK
            | Inotify.IN_ONLYDIR;
    private static final int READS = Inotify.IN_OPEN | Inotify.IN_ACCESS | Inotify.IN_CLOSE_NOWRITE;
    private static final int SELF = Inotify.IN_DELETE_SELF | Inotify.IN_MOVE_SELF;
    /** So that finding a root under another name takes nothing from its watch. */
    private static final int IN_MASK_ADD = 0x20000000;

    private final WatchTree tree;
    private final Capture capture;
    private final WatchLimit limit;
    private final int mask;

    Watches(WatchTree tree, Capture capture, WatchLimit limit, boolean readEvents) {
        this.tree = tree;
        this.capture = capture;
        this.limit = limit;
        mask = IN_MASK_ADD | ENTRIES | (readEvents ? READS : 0);
    }

    /**
     * Watches an open directory as a node's. Where the user's watches are used up the node stays without one.
     *
     * @return false if this very directory is watched as another node's
     */
    boolean watch(DirectoryNode node, Reading reading) throws PosixException {
        int watch;
        try {
            watch = reading.watch(node instanceof RootNode);
        } catch (PosixException e) {
            if (e.errno() != Errno.ENOSPC) {
                throw e;
            }
            limit.refused(node);
            return true;
        }
        DirectoryNode other = tree.watched(watch);
        if (other != null && other != node) {
            return false;
        }
        tree.watch(node, watch);
        node.unwatchable = false;
        return true;
    }

    /** Through the descriptor, so that what is watched is what is listed; by path where there is no /proc. Any thread. */
    int add(Directory directory, boolean root) throws PosixException {
        int bits = root ? mask | SELF : mask;
        try {
            return capture.add(directory.descriptorPath(), bits);
        } catch (PosixException e) {
            if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
                throw e;
            }
            return capture.add(directory.path(), bits | Inotify.IN_DONT_FOLLOW);
        }
    }

    WatchLimit limit() {
        return limit;
    }

    /** Whether all events that are queued by now have been handled. */
    boolean isUpToDate() {
        return capture.drain() <= capture.queue().processed();
    }

    /** The last chunk in the hand-over. Any thread. */
    long queued() {
        return capture.queue().appended();
    }

    /** See {@link Capture#drain}. Any thread. */
    long drain() {
        return capture.drain();
    }

    /** Takes a directory and all below it out of the tree and of the kernel's watches. */
    void drop(DirectoryNode node) {
        tree.remove(node, this::end);
    }

    /** Ends a directory's watch and all that hangs on it; the directory itself stays in the tree. */
    void dropContents(DirectoryNode node) {
        while (node.firstChild != null) {
            drop(node.firstChild);
        }
        end(node);
        tree.unwatch(node);
        node.forget();
    }

    /** A directory was deleted. The kernel has ended its watch, unless it belongs to a successor found too early. */
    void deleted(DirectoryNode node) {
        if (node.firstChild != null || node.listing != null) {
            drop(node);
        } else {
            tree.remove(node, n -> {});
        }
    }

    private void end(DirectoryNode node) {
        if (node.isWatched()) {
            capture.remove(node.watch);
        }
        Listing listing = node.listing;
        if (listing != null) {
            listing.dropped = true;
            node.listing = null;
        }
    }
}
