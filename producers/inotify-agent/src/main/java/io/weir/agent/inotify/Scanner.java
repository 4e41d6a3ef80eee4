package io.weir.agent.inotify;

import io.weir.agent.inotify.Listing.Entry;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.posix.Directory;
import io.weir.posix.Errno;
import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import io.weir.posix.Writers;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at directories: opens, watches, lists; those found in them come next. No recursion, one small step at a time. */
final class Scanner {
    /** The first tries come at once, later ones after a pause: the kernel may still be about to queue what explains it. */
    private static final int TRIES_AT_ONCE = 5;

    private static final long PAUSE_NANOS = 10_000_000;
    private static final int GIVE_UP_AFTER = 500;

    private final WatchTree tree;
    private final Roots roots;
    private final Watches watches;
    private final Outgoing outgoing;
    private final Gaps gaps;
    private final Listings listings;
    private final Set<TreeScan> active = new LinkedHashSet<>();
    private final ArrayDeque<Task> ready = new ArrayDeque<>();
    private final ArrayDeque<Task> deferred = new ArrayDeque<>();
    private @Nullable OpenListing open;

    Scanner(WatchTree tree, Roots roots, Watches watches, Outgoing outgoing, Gaps gaps) {
        this.tree = tree;
        this.roots = roots;
        this.watches = watches;
        this.outgoing = outgoing;
        this.gaps = gaps;
        listings = new Listings(tree, outgoing, l -> release(l.scan), this::lookAgain);
    }

    /** A directory to look at. */
    private static final class Task {
        final TreeScan scan;
        final DirectoryNode node;

        /** What its parent's listing showed; null if that is not to be relied on. */
        @Nullable
        String fileId;

        int tries;
        long position = Listing.NOT_YET;
        long notBefore;

        Task(TreeScan scan, DirectoryNode node, @Nullable String fileId) {
            this.scan = scan;
            this.node = node;
            this.fileId = fileId;
        }
    }

    /** A directory whose entries are being read. */
    private record OpenListing(Directory directory, Listing listing) {}

    Listings listings() {
        return listings;
    }

    /** Begins to look at a new directory and all below it. */
    void begin(DirectoryNode top, ScanReason reason) {
        begin(top, reason, () -> {});
    }

    /** Begins to look at a directory and all below it. */
    void begin(DirectoryNode top, ScanReason reason, Runnable whenFinished) {
        TreeScan scan = new TreeScan(top, tree.place(top), reason, whenFinished);
        active.add(scan);
        outgoing.add(new Observation.ScanStarted(Outgoing.now(), scan.place, reason));
        schedule(new Task(scan, top, null));
    }

    private void schedule(Task task) {
        task.scan.outstanding++;
        task.node.scheduled = true;
        ready.push(task);
    }

    /** A relinked directory is looked at where it is now, whatever was found there. */
    void expectAnything(DirectoryNode node) {
        ready.stream().filter(t -> t.node == node).forEach(t -> t.fileId = null);
        deferred.stream().filter(t -> t.node == node).forEach(t -> t.fileId = null);
    }

    boolean hasWork() {
        return open != null || !ready.isEmpty();
    }

    /** Whether put-off tasks do not know yet which events they have to wait for. */
    boolean needPosition() {
        return !deferred.isEmpty() && deferred.getLast().position == Listing.NOT_YET;
    }

    void waitFor(long position) {
        deferred.stream().filter(t -> t.position == Listing.NOT_YET).forEach(t -> t.position = position);
    }

    /** Whether tasks are put off, so that it is worth while to ask again soon. */
    boolean isWaiting() {
        return !deferred.isEmpty();
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
        return task.position <= processed && (task.tries <= TRIES_AT_ONCE || System.nanoTime() - task.notBefore >= 0);
    }

    /** Opens a directory, or reads some more of one. */
    void step() {
        OpenListing current = open;
        if (current != null) {
            readSome(current);
            return;
        }
        Task task = ready.pop();
        if (task.node.removed) {
            release(task.scan);
            return;
        }
        try {
            look(task);
        } catch (PosixException e) {
            failed(task, e);
        }
    }

    private void look(Task task) throws PosixException {
        String path = tree.hostPath(task.node);
        long before = watches.queued();
        Directory directory = Directory.open(path);
        boolean kept = false;
        try {
            FileStatus status = directory.status();
            boolean expected = task.fileId == null || task.fileId.equals(status.fileId());
            if (!expected || !gaps.mayLookAt(task.node, status)) {
                putOff(task, expected);
                return;
            }
            boolean known = task.node.isWatched();
            if (!watches.watch(task.node, directory)) {
                watchedElsewhere(task);
                return;
            }
            long after = watches.drain();
            if (!known && after != before && !leadsTo(path, status)) {
                watches.dropContents(task.node);
                putOff(task, false);
                return;
            }
            kept = true;
            task.node.know(status);
            Listing listing = new Listing(task.scan, task.node, path, after);
            listing.verified = known;
            list(listing, directory, status);
        } finally {
            if (!kept) {
                directory.close();
            }
        }
    }

    private static boolean leadsTo(String path, FileStatus status) {
        try {
            return FileStatus.lstat(path).fileId().equals(status.fileId());
        } catch (PosixException e) {
            return false;
        }
    }

    private void list(Listing listing, Directory directory, FileStatus status) {
        TreeScan scan = listing.scan;
        listing.node.scheduled = false;
        if (listing.node == scan.top) {
            scan.topBorn = status.btime();
            if (scan.compares()) {
                outgoing.readFiles();
                outgoing.add(
                        new Observation.Found(Outgoing.now(), tree.place(scan.top), Stats.of(status), scan.reason));
            }
        }
        listings.add(listing);
        open = new OpenListing(directory, listing);
    }

    private void readSome(OpenListing current) {
        outgoing.readFiles();
        boolean more = false;
        try {
            more = !current.listing.dropped && current.directory.listSome(name -> entry(current, name));
        } catch (PosixException e) {
            if (e.errno() != Errno.ENOENT) { // deleted since: the queue will tell
                current.listing.scan.complete = false;
                gaps.unreadable(current.listing.node, e);
            }
        }
        if (!more) {
            current.listing.done = true;
            current.directory.close();
            open = null;
        }
    }

    private void entry(OpenListing current, String name) throws PosixException {
        Listing listing = current.listing;
        DirectoryNode node = listing.node;
        if (roots.excludes(name, () -> tree.hostPath(node))) {
            return;
        }
        FileStatus status;
        try {
            status = current.directory.lstat(name);
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT) {
                return; // gone since, and the queue will tell
            }
            throw e;
        }
        if (status.isDirectory()) {
            directory(listing, name, status);
            return;
        }
        boolean writtenDue = status.isRegularFile()
                && listing.scan.isNew(status.btime())
                && Writers.of(current.directory, name) != Writers.Answer.SOME;
        listings.found(listing, name, new Entry(Stats.of(status), writtenDue));
    }

    private void directory(Listing listing, String name, FileStatus status) {
        TreeScan scan = listing.scan;
        DirectoryNode known = tree.child(listing.node, name);
        if (known != null && !scan.compares()) {
            return; // an event has told it already
        }
        listings.found(listing, name, new Entry(Stats.of(status), false));
        if (tree.root(listing.node).recursive()) {
            DirectoryNode child = known == null ? tree.add(listing.node, name) : known;
            if (!child.scheduled) {
                schedule(new Task(scan, child, status.fileId()));
            }
        }
    }

    private void failed(Task task, PosixException e) {
        boolean changed = e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP;
        if (task.node instanceof RootNode root && changed) {
            task.node.scheduled = false;
            task.scan.complete = false;
            gaps.rootMissing(root, e);
            release(task.scan);
        } else if (changed) {
            putOff(task, false);
        } else {
            task.node.scheduled = false;
            task.scan.complete = false;
            gaps.unreadable(task.node, e);
            release(task.scan);
        }
    }

    /** The path leads elsewhere than it did: events in the queue tell why, so they are handled first. */
    private void putOff(Task task, boolean forGood) {
        task.tries++;
        if (!forGood && task.tries < GIVE_UP_AFTER) {
            task.position = Listing.NOT_YET;
            task.notBefore = System.nanoTime() + PAUSE_NANOS;
            deferred.add(task);
            return;
        }
        task.node.scheduled = false;
        task.scan.complete = false;
        if (!forGood) {
            gaps.neverStill(task.node);
        }
        release(task.scan);
    }

    private void watchedElsewhere(Task task) {
        if (task.tries == 0) {
            putOff(task, false);
            return;
        }
        task.node.scheduled = false;
        gaps.watchedElsewhere(task.node);
        release(task.scan);
    }

    private void lookAgain(Listing listing) {
        DirectoryNode node = listing.node;
        watches.dropContents(node);
        Task task = new Task(listing.scan, node, null);
        task.scan.outstanding++;
        node.scheduled = true;
        deferred.add(task);
        listing.dropped = true;
        listings.remove(listing);
    }

    private void release(TreeScan scan) {
        if (--scan.outstanding == 0 && active.remove(scan)) {
            finish(scan);
        }
    }

    private void finish(TreeScan scan) {
        gaps.tellWatchLimits();
        outgoing.add(new Observation.ScanFinished(Outgoing.now(), scan.place, scan.reason, scan.complete));
        scan.whenFinished.run();
    }

    /** Ends all scans as they are; the scanner is of no use afterwards. */
    void abandon() {
        OpenListing current = open;
        if (current != null) {
            current.directory.close();
            open = null;
        }
        for (TreeScan scan : active) {
            outgoing.add(new Observation.ScanFinished(Outgoing.now(), scan.place, scan.reason, false));
        }
        active.clear();
    }
}
