package io.weir.agent.inotify;

import io.weir.agent.inotify.CaptureCounts.Fate;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Order;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import io.weir.posix.Directory;
import io.weir.posix.Inotify;
import io.weir.posix.PosixException;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Takes the events of the queue one by one: keeps the tree and tells them. */
final class LiveEvents {
    private static final long SECOND_HALF_NANOS = 5_000_000;

    private final Roots roots;
    private final WatchTree tree;
    private final Watches watches;
    private final Scanner scanner;
    private final Listings listings;
    private final Closings closings;
    private final Outgoing outgoing;
    private final Gaps gaps;
    private final Capture capture;
    private final DirectoryMoves moves;
    private final Departures departures;
    private final Map<Integer, String> marks;
    private @Nullable Arrival lastMovedIn;

    /** A directory that came from out of sight. */
    private record Arrival(DirectoryNode parent, String name) {}

    /** @param marks watch descriptor to volume */
    LiveEvents(
            Roots roots,
            WatchTree tree,
            Watches watches,
            Scanner scanner,
            Outgoing outgoing,
            Gaps gaps,
            Capture capture,
            Map<Integer, String> marks) {
        this.roots = roots;
        this.tree = tree;
        this.watches = watches;
        this.scanner = scanner;
        this.listings = scanner.listings();
        this.closings = scanner.closings();
        this.outgoing = outgoing;
        this.gaps = gaps;
        this.capture = capture;
        this.marks = marks;
        moves = new DirectoryMoves(tree, watches, scanner);
        listings.heed(moves);
        departures = new Departures(tree, watches, listings.waiting(), outgoing, capture.queue(), moves);
    }

    void handle(RawEvent event) throws LostEventsException {
        if (event.has(Inotify.IN_Q_OVERFLOW)) {
            throw new LostEventsException(
                    "the kernel's queue was full (fs.inotify.max_queued_events=" + Limits.maxQueuedEvents() + ")");
        }
        long before = outgoing.changes();
        Fate untold = take(event);
        capture.counts().handled(event.mask() == 0 ? Fate.JOINED : untold, outgoing.changes() - before);
    }

    /** Takes an event; what it is if it leads to no change. */
    private Fate take(RawEvent event) throws LostEventsException {
        DirectoryNode node = tree.watched(event.watch());
        if (node == null) {
            return mark(event);
        }
        if (event.has(Inotify.IN_IGNORED)) {
            tree.unwatch(node);
            moves.watchEnded(node);
            return Fate.OF_DIRECTORY;
        }
        if (event.has(Inotify.IN_UNMOUNT)) {
            gaps.unmounting(node);
            return Fate.OF_DIRECTORY;
        }
        if (event.name().isEmpty()) {
            self(node, event);
            return Fate.OF_DIRECTORY;
        }
        if (isExcluded(node, event)) {
            return Fate.EXCLUDED;
        }
        if (moves.isDisplaced(node)) {
            return Fate.STALE;
        }
        if (UnnamedFiles.isAboutOne(event, tree, node)) {
            return Fate.NOT_TOLD;
        }
        if (closings.isOwn(node, event) || !listings.meet(node, event)) {
            return Fate.LISTED;
        }
        if (event.has(Inotify.IN_CLOSE_WRITE)) {
            closings.told(node, event.name());
        }
        entry(node, event);
        return Fate.NOT_TOLD;
    }

    private Fate mark(RawEvent event) {
        String volume = marks.get(event.watch());
        if (volume == null) {
            return Fate.STALE;
        }
        if (event.has(Inotify.IN_MOVED_TO) && !event.name().startsWith(".")) {
            outgoing.mark(new Observation.MarkSeen(event.readAt(), volume, event.name(), new Order(event.chunk(), 0)));
        }
        return Fate.MARK;
    }

    private boolean isExcluded(DirectoryNode node, RawEvent event) {
        boolean excluded = roots.excludes(node, event.name(), tree);
        if (excluded && event.has(RawEvent.DEPARTURES) && roots.mayBeOwnOutput(event.name())) {
            roots.followOwnOutput();
        }
        return excluded;
    }

    /** Attributes of a directory are told by its parent's watch, but for a root. */
    private void self(DirectoryNode node, RawEvent event) {
        if (!(node instanceof RootNode root)) {
            return;
        }
        boolean toldElsewhere = root.root.isOfFiles() || roots.isEntryOfAnother(root.root);
        if (event.has(Inotify.IN_DELETE_SELF | Inotify.IN_MOVE_SELF)) {
            boolean deleted = event.has(Inotify.IN_DELETE_SELF);
            if (!toldElsewhere) {
                outgoing.gone(event.readAt(), deleted ? "deleted" : "moved-out", tree.place(root), true);
            }
            watches.dropContents(root);
            gaps.rootGone(root, deleted ? "was deleted" : "was moved away");
        } else if (event.has(Inotify.IN_ATTRIB) && !toldElsewhere) {
            tell(root, event, "attributes-changed");
        }
    }

    private void entry(DirectoryNode node, RawEvent event) {
        if (!event.has(RawEvent.ENTRY_CHANGES)) {
            content(node, event);
            return;
        }
        moves.entryChanges(node, event);
        if (event.has(Inotify.IN_DELETE | Inotify.IN_MOVED_FROM)) {
            outgoing.leaves(node, event.name());
        }
        if (event.has(Inotify.IN_CREATE)) {
            appeared(node, event, "created", ScanReason.CREATED_DIRECTORY);
        } else if (event.has(Inotify.IN_MOVED_TO)) {
            appeared(node, event, "moved-in", ScanReason.MOVED_IN_DIRECTORY);
        } else if (event.has(Inotify.IN_MOVED_FROM)) {
            movedFrom(node, event);
        } else {
            disappeared(node, event, "deleted");
        }
    }

    private void content(DirectoryNode node, RawEvent event) {
        if (event.isDirectory()) {
            // of one that is gone, or was never in sight, the kernel may still tell
            DirectoryNode child = tree.child(node, event.name());
            if (event.has(Inotify.IN_ATTRIB)
                    && (child != null || !tree.root(node).recursive())) {
                tell(node, event, "attributes-changed");
                outgoing.isAbout(child);
            }
            return;
        }
        tell(node, event, Inotify.IN_OPEN, "opened");
        tell(node, event, Inotify.IN_ACCESS, "read");
        tell(node, event, Inotify.IN_MODIFY, "modified");
        tell(node, event, Inotify.IN_ATTRIB, "attributes-changed");
        tell(node, event, Inotify.IN_CLOSE_WRITE, "written");
        tell(node, event, Inotify.IN_CLOSE_NOWRITE, "closed");
    }

    /** The kernel may put several changes into one event: a call that sets size and mode, for one. */
    private void tell(DirectoryNode node, RawEvent event, int bit, String type) {
        if (event.has(bit)) {
            tell(node, event, type);
        }
    }

    private void tell(DirectoryNode node, RawEvent event, String type) {
        Place place = event.name().isEmpty() ? tree.place(node) : tree.place(node, event.name());
        Order order = new Order(event.chunk(), 0);
        Change change = new Change(event.readAt(), type, place, null, event.isDirectory(), null, order);
        outgoing.change(change, node, event.name());
    }

    private void appeared(DirectoryNode node, RawEvent event, String type, ScanReason reason) {
        tell(node, event, type);
        if (!event.isDirectory() || !tree.root(node).recursive()) {
            rootAppeared(node, event, reason);
            return;
        }
        DirectoryNode known = tree.child(node, event.name());
        if (known != null && reason == ScanReason.CREATED_DIRECTORY) {
            return; // a listing was ahead of the event
        }
        if (known != null) {
            watches.drop(known); // as above, or an empty directory was replaced
            lastMovedIn = new Arrival(node, event.name());
        }
        DirectoryNode added = tree.add(node, event.name());
        outgoing.isAbout(added);
        scanner.begin(added, reason);
    }

    /**
     * Whether a directory moved out was exchanged with one out of sight (renameat2 with RENAME_EXCHANGE), of which it was
     * told first that it came in, so that it is the one known before that left. One may also have come back since, which will
     * be told; then it is only looked at twice.
     */
    private boolean isStillThere(DirectoryNode parent, String name) {
        boolean cameBefore = new Arrival(parent, name).equals(lastMovedIn);
        lastMovedIn = null;
        return cameBefore && Gaps.isDirectory(tree.hostPath(parent, name));
    }

    /** An entry of a root may be another root, which was missing. */
    private void rootAppeared(DirectoryNode node, RawEvent event, ScanReason reason) {
        RootNode root = event.isDirectory() ? tree.rootAt(tree.hostPath(node, event.name())) : null;
        if (root != null && !root.scheduled) {
            gaps.appeared(root, reason, scanner, watches);
        }
    }

    private void disappeared(DirectoryNode node, RawEvent event, String type) {
        outgoing.gone(event.readAt(), type, tree.place(node, event.name()), event.isDirectory());
        DirectoryNode child = event.isDirectory() ? tree.child(node, event.name()) : null;
        if (child != null && type.equals("deleted")) {
            watches.deleted(child);
        } else if (child != null) {
            watches.drop(child);
            if (isStillThere(node, event.name())) {
                scanner.begin(tree.add(node, event.name()), ScanReason.MOVED_IN_DIRECTORY);
            }
        }
    }

    private void movedFrom(DirectoryNode node, RawEvent from) {
        EventQueue.Partner partner = capture.queue().partner(from);
        if (!partner.certain()) {
            awaitSecondHalf(node);
            partner = capture.queue().partner(from);
        }
        RawEvent to = partner.event();
        DirectoryNode target = to == null ? null : tree.watched(to.watch());
        if (to == null || target == null) {
            if (!departures.tell(node, from)) {
                disappeared(node, from, "moved-out");
            }
            if (to != null) {
                mark(to);
            }
            return;
        }
        if (isExcluded(target, to) || !listings.meet(target, to)) {
            disappeared(node, from, "moved-out");
            return;
        }
        moves.entryChanges(target, to);
        moved(node, from, target, to);
    }

    /** The kernel queues both halves under the lock that listing the directory takes. */
    private void awaitSecondHalf(DirectoryNode node) {
        try (Directory directory = Directory.open(tree.hostPath(node))) {
            directory.awaitChangesUnderWay();
        } catch (PosixException e) {
            LockSupport.parkNanos(
                    SECOND_HALF_NANOS); // it is no longer at its path; the halves are adjacent as good as always
        }
        capture.drain();
    }

    private void moved(DirectoryNode source, RawEvent from, DirectoryNode target, RawEvent to) {
        Place previous = tree.place(source, from.name());
        Place place = tree.place(target, to.name());
        if (!previous.volume().equals(place.volume())) {
            disappeared(source, from, "moved-out");
            appeared(target, to, "moved-in", ScanReason.MOVED_IN_DIRECTORY);
            return;
        }
        Order order = new Order(to.chunk(), 0);
        Change change = new Change(to.readAt(), "moved", place, previous, to.isDirectory(), null, order);
        outgoing.change(change, target, to.name());
        if (to.isDirectory()) {
            moves.moved(source, from.name(), target, to.name());
            outgoing.isAbout(tree.child(target, to.name()));
        }
    }
}
