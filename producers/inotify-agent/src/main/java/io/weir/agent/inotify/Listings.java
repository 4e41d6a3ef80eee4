package io.weir.agent.inotify;

import io.weir.agent.inotify.Listing.Entry;
import io.weir.posix.Inotify;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All listings not yet told, in the order of their making: parents before children. */
final class Listings {
    /** Bounds memory in large scans; beyond it events are handled until some can be told. */
    private static final int FULL = 2_000;

    private final WatchTree tree;
    private final Findings findings;
    private final Consumer<Listing> told;
    private final Consumer<Listing> mistaken;
    private final ArrayDeque<Listing> pending = new ArrayDeque<>();
    private final ArrayDeque<Listing> unverified = new ArrayDeque<>();
    private final List<Listing> withoutPosition = new ArrayList<>();
    private Displacements displacements = Displacements.NONE;
    private int entries;

    /** Directories that are out of their place for the moment. */
    interface Displacements {
        /** There are none. */
        Displacements NONE = new Displacements() {
            @Override
            public boolean isDisplaced(DirectoryNode node) {
                return false;
            }

            @Override
            public void giveUp() {}
        };

        boolean isDisplaced(DirectoryNode node);

        /** They will not come back. */
        void giveUp();
    }

    /**
     * @param told takes a listing all of which has been told, or which was dropped
     * @param mistaken takes a listing whose node stands for another directory than the one listed
     */
    Listings(WatchTree tree, Outgoing outgoing, Consumer<Listing> told, Consumer<Listing> mistaken) {
        this.tree = tree;
        this.findings = new Findings(tree, outgoing);
        this.told = told;
        this.mistaken = mistaken;
    }

    /** Those that wait to be told. */
    WaitingEntries waiting() {
        return new WaitingEntries(tree, pending, findings, node -> displacements.isDisplaced(node));
    }

    /** Nothing is told of what has no place. */
    void heed(Displacements value) {
        displacements = value;
    }

    /** Adds one; if a poll's of the same directory still waits, this tells all that it would. */
    void add(Listing listing) {
        Listing before = listing.node.listing;
        if (before != null && before.isOfPoll()) {
            before.dropped = true;
            before.scan.doesNotRead(before.node);
        }
        pending.add(listing);
        unverified.add(listing);
        withoutPosition.add(listing);
        listing.node.listing = listing;
        entries++;
    }

    void found(Listing listing, String name, Entry entry) {
        if (listing.entries.put(name, entry) == null) {
            entries++;
        }
    }

    /** More will be found: what is found may be ahead of later events than what was found before. */
    void goesOn(Listing listing) {
        if (listing.position != Listing.NOT_YET) {
            listing.position = Listing.NOT_YET;
            withoutPosition.add(listing);
        }
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Whether some have to be told before more is found; not if the first has to be read on for that. */
    boolean isFull() {
        Listing first = pending.peek();
        return entries >= FULL && first != null && (first.done || first.dropped || !first.entries.isEmpty());
    }

    /** Whether some do not know yet which events they have to wait for. */
    boolean needPosition() {
        return !withoutPosition.isEmpty();
    }

    void waitFor(long position) {
        withoutPosition.forEach(listing -> listing.position = position);
        withoutPosition.clear();
    }

    /** Tells the first listing if its events have been handled; false if there is none such. */
    boolean tellFirst(long processed) {
        Listing listing = pending.peek();
        if (listing == null || (!listing.dropped && listing.position > processed)) {
            return false;
        }
        if (!listing.dropped && displacements.isDisplaced(listing.node)) {
            displacements.giveUp(); // what would bring it back has been handled
        }
        if (!listing.dropped) {
            findings.tellAll(listing);
            entries -= listing.entries.size();
            listing.entries.clear();
        }
        if (listing.done || listing.dropped) {
            remove(listing);
        } else {
            listing.position = Listing.NOT_YET;
            withoutPosition.add(listing);
        }
        return true;
    }

    /** Takes a listing out, told or not. */
    void remove(Listing listing) {
        pending.remove(listing);
        entries -= listing.entries.size() + 1;
        if (listing.node.listing == listing) {
            listing.node.listing = null;
        }
        told.accept(listing);
    }

    /**
     * Lets an event decide about what was found under its name, before it is told itself. Tells the directory first, where
     * that waits to be told as found.
     *
     * @return false if the event is of no use: the directory is not the one that the node stands for, or it is of our own
     *     doing, or what it tells of had to be told before
     */
    boolean meet(DirectoryNode node, RawEvent event) {
        Listing listing = node.listing;
        if (listing != null && !listing.verified && !verify(listing)) {
            return false;
        }
        if (!pending.isEmpty()) {
            findings.announce(node);
        }
        if (listing == null) {
            return true;
        }
        Entry entry = listing.entries.get(event.name());
        if (entry == null) {
            return true;
        }
        if (listing.isOfPoll()) {
            entry.told = true; // what was found may be ahead of the event, and the next poll looks again
            return true;
        }
        if ((event.mask() & entry.ownEvents) != 0) {
            entry.ownEvents &= ~event.mask();
            return false;
        }
        if (event.has(Inotify.IN_CREATE | Inotify.IN_MOVED_TO)) {
            boolean news = !entry.toldAhead;
            entry.toldAhead = false;
            entry.told = true;
            entry.writtenDue = false;
            return news;
        }
        if (event.has(Inotify.IN_DELETE | Inotify.IN_MOVED_FROM)) {
            leaves(listing, event, entry);
            return true;
        }
        findings.tell(listing, tree.place(node, event.name()), entry);
        if (event.has(Inotify.IN_CLOSE_WRITE)) {
            entry.writtenDue = false;
        }
        return true;
    }

    /** What was found may be what leaves, or have come since; then an event will tell. */
    private void leaves(Listing listing, RawEvent event, Entry entry) {
        boolean another = !entry.told && entry.stat.isDirectory() != event.isDirectory();
        if (!another) {
            findings.tellLeaving(listing, event.name(), entry);
        }
        forget(listing, event.name());
    }

    private void forget(Listing listing, String name) {
        listing.entries.remove(name);
        entries--;
    }

    /**
     * Sees to it that nodes stand for the directories that were opened for them. A path was taken from the tree, which is
     * behind the disk: if directories were renamed in between, it led to another directory. When the tree has come to the
     * time of the opening, a node that is the right one is at that path.
     */
    void verify(long processed) {
        while (!unverified.isEmpty()
                && (unverified.element().settled() || unverified.element().canBeVerified(processed))) {
            Listing listing = unverified.remove();
            if (!listing.settled()) {
                verify(listing);
            }
        }
    }

    private boolean verify(Listing listing) {
        listing.verified = listing.isAtItsPath(tree.hostPath(listing.node));
        if (!listing.verified) {
            mistaken.accept(listing);
        }
        return listing.verified;
    }
}
