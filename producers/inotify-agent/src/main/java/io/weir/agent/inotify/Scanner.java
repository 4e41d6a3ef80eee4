package io.weir.agent.inotify;

import io.weir.agent.inotify.Listing.Entry;
import io.weir.agent.inotify.LookTasks.Task;
import io.weir.agent.inotify.ReadAhead.Ahead;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.posix.Errno;
import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import io.weir.posix.Writers;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks at directories: opens, watches, lists; those found in them come next. No recursion, one small step at a time: of
 * directories that were found just now some are read ahead at once.
 */
final class Scanner {
    private final WatchTree tree;
    private final Roots roots;
    private final Watches watches;
    private final Outgoing outgoing;
    private final Gaps gaps;
    private final Listings listings;
    private final Set<TreeScan> active = new LinkedHashSet<>();
    private final LookTasks tasks = new LookTasks();
    private final ReadAhead readAhead;
    private final Closings closings;
    private int scans;
    private final ArrayDeque<OpenListing> open = new ArrayDeque<>();

    Scanner(WatchTree tree, Roots roots, Watches watches, Outgoing outgoing, Gaps gaps) {
        this.tree = tree;
        this.roots = roots;
        this.watches = watches;
        this.outgoing = outgoing;
        this.gaps = gaps;
        readAhead = new ReadAhead(tree, roots, watches, gaps);
        closings = new Closings(tree, outgoing);
        listings = new Listings(tree, outgoing, l -> release(l.scan), this::lookAgain);
    }

    /** A directory whose entries are being read. */
    private record OpenListing(Reading reading, Listing listing) {}

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
        TreeScan scan = new TreeScan(++scans, top, tree.place(top), reason, whenFinished);
        active.add(scan);
        outgoing.add(new Observation.ScanStarted(Outgoing.now(), scan.place, reason));
        schedule(new Task(scan, top, null));
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
        OpenListing current = open.peek();
        if (current != null) {
            readSome(current);
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
            release(task.scan);
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
            list(listing, reading);
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

    private void list(Listing listing, Reading reading) {
        TreeScan scan = listing.scan;
        FileStatus status = reading.status();
        listing.node.scheduled = false;
        listing.node.listedBy = scan.number;
        listing.polled = !listing.node.isWatched()
                || (scan.compares() && roots.isPolled(reading.directory().path()));
        if (listing.node == scan.top) {
            scan.topBorn = status.btime();
            if (scan.compares() && !tree.root(scan.top).root.isOfFiles()) {
                outgoing.readFiles();
                outgoing.add(
                        new Observation.Found(Outgoing.now(), tree.place(scan.top), Stats.of(status), scan.reason));
            }
        }
        listings.add(listing);
        OpenListing opened = new OpenListing(reading, listing);
        open.add(opened);
        if (reading.isReadAhead()) {
            readSome(opened);
        }
    }

    private void readSome(OpenListing current) {
        outgoing.readFiles();
        listings.goesOn(current.listing);
        boolean more = false;
        try {
            DirectoryNode node = current.listing.node;
            more = !current.listing.dropped
                    && current.reading.some(
                            name -> roots.excludes(node, name, tree), (name, status) -> entry(current, name, status));
        } catch (PosixException e) {
            if (e.errno() != Errno.ENOENT) { // deleted since: the queue will tell
                current.listing.scan.unread.add(tree.place(current.listing.node));
                gaps.unreadable(current.listing.node, e);
            }
        }
        if (!more) {
            current.listing.done = true;
            current.reading.close();
            open.remove(current);
        }
    }

    private void entry(OpenListing current, String name, FileStatus status) {
        Listing listing = current.listing;
        if (status.isDirectory()) {
            directory(listing, name, status);
            return;
        }
        Entry entry = new Entry(Stats.of(status), listing.scan);
        if (status.isRegularFile() && !listing.polled && listing.scan.isNew(status.btime())) {
            Writers.Answer writers = Writers.of(current.reading.directory(), name);
            entry.closed(writers);
            if (writers == Writers.Answer.SOME) {
                closings.expect(listing.node, name, entry.stat);
            }
        }
        listings.found(listing, name, entry);
    }

    private void directory(Listing listing, String name, FileStatus status) {
        TreeScan scan = listing.scan;
        DirectoryNode known = tree.child(listing.node, name);
        if (known != null && !scan.compares()) {
            return; // an event has told it already
        }
        listings.found(listing, name, new Entry(Stats.of(status), scan));
        if (tree.root(listing.node).recursive()) {
            DirectoryNode child = known == null ? tree.add(listing.node, name) : known;
            boolean underWay = child.scheduled || (scan.reason == ScanReason.POLL && child.listing != null);
            if (!underWay) {
                schedule(new Task(scan, child, status.fileId()));
            }
        }
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
            task.node.scheduled = false;
            release(task.scan); // nothing need explain it: the next poll sees
        } else if (!tasks.defer(task)) {
            gaps.neverStill(task.node);
            giveUp(task);
        }
    }

    private void giveUp(Task task) {
        task.node.scheduled = false;
        task.scan.unread.add(tree.place(task.node));
        release(task.scan);
    }

    private void lookAgain(Listing listing) {
        DirectoryNode node = listing.node;
        watches.dropContents(node);
        listing.scan.outstanding++;
        putOff(new Task(listing.scan, node, null));
        listing.dropped = true;
        listings.remove(listing);
    }

    private void release(TreeScan scan) {
        if (--scan.outstanding == 0 && active.remove(scan)) {
            finish(scan);
        }
    }

    private void finish(TreeScan scan) {
        watches.limit().tell();
        outgoing.add(new Observation.ScanFinished(Outgoing.now(), scan.place, scan.reason, scan.unread));
        scan.whenFinished.run();
    }

    /** Ends all scans as they are; the scanner is of no use afterwards. */
    void abandon() {
        open.forEach(current -> current.reading.close());
        open.clear();
        readAhead.close();
        for (TreeScan scan : active) {
            outgoing.add(new Observation.ScanFinished(Outgoing.now(), scan.place, scan.reason, false));
        }
        active.clear();
    }
}
