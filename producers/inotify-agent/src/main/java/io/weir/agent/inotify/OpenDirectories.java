package io.weir.agent.inotify;

import io.weir.agent.inotify.Listing.Entry;
import io.weir.agent.inotify.LookTasks.Task;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.posix.Errno;
import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import io.weir.posix.Writers;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** Directories whose entries are being read, some at a time: what is found goes into their listings. */
final class OpenDirectories {
    private final WatchTree tree;
    private final Roots roots;
    private final Outgoing outgoing;
    private final Gaps gaps;
    private final Listings listings;
    private final Closings closings;
    private final Consumer<Task> found;
    private final ArrayDeque<Open> open = new ArrayDeque<>();

    /** @param found takes a directory that was found and is to be looked at */
    OpenDirectories(
            WatchTree tree,
            Roots roots,
            Outgoing outgoing,
            Gaps gaps,
            Listings listings,
            Closings closings,
            Consumer<Task> found) {
        this.tree = tree;
        this.roots = roots;
        this.outgoing = outgoing;
        this.gaps = gaps;
        this.listings = listings;
        this.closings = closings;
        this.found = found;
    }

    private record Open(Reading reading, Listing listing) {}

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Begins to read a directory, and takes what has been read ahead. */
    void add(Listing listing, Reading reading) {
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
        Open opened = new Open(reading, listing);
        open.add(opened);
        if (reading.isReadAhead()) {
            readSome(opened);
        }
    }

    /** Reads some more of the first one. */
    void readSome() {
        readSome(open.element());
    }

    private void readSome(Open current) {
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
                current.listing.scan.doesNotRead(current.listing.node);
                gaps.unreadable(current.listing.node, e);
            }
        }
        if (!more) {
            current.listing.done = true;
            current.reading.close();
            open.remove(current);
        }
    }

    private void entry(Open current, String name, FileStatus status) {
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
            boolean polls = scan.reason == ScanReason.POLL;
            if (!child.scheduled && !(polls && child.listing != null)) {
                found.accept(new Task(scan, child, status.fileId()));
            } else if (polls) {
                scan.doesNotRead(child); // what is found by another scan under way says nothing of what is gone
            }
        }
    }

    void close() {
        open.forEach(current -> current.reading.close());
        open.clear();
    }
}
