package io.weir.agent.inotify;

import io.weir.agent.inotify.Listing.Entry;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Closing;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import io.weir.posix.Inotify;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All listings not yet told, in the order of their making: parents before children. */
final class Listings {
    /** Bounds memory in large scans; beyond it events are handled until some can be told. */
    private static final int FULL = 2_000;

    /** How much is looked through for a file that went out of sight: by its name, and without it. */
    private static final int MOST_LISTINGS = 2_000;

    private static final int MOST_ENTRIES = 200;

    private final WatchTree tree;
    private final Outgoing outgoing;
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
        this.outgoing = outgoing;
        this.told = told;
        this.mistaken = mistaken;
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
            tellAll(listing);
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

    private void tellAll(Listing listing) {
        announce(listing.node);
        Place directory = tree.place(listing.node);
        long now = Outgoing.now();
        for (Map.Entry<String, Entry> e : listing.entries.entrySet()) {
            Place place = below(directory, e.getKey());
            tell(listing, place, e.getValue(), now);
            tellWritten(listing.node, e.getKey(), e.getValue());
        }
        entries -= listing.entries.size();
        listing.entries.clear();
    }

    private static Place below(Place directory, String name) {
        return new Place(directory.volume(), Roots.join(directory.path(), name));
    }

    private void tell(Listing listing, Place place, Entry entry) {
        tell(listing, place, entry, Outgoing.now());
    }

    private void tell(Listing listing, Place place, Entry entry, long now) {
        if (!entry.told) {
            entry.told = true;
            outgoing.add(found(listing, place, entry, false, now));
        }
    }

    private void tellWritten(DirectoryNode node, String name, Entry entry) {
        if (entry.writtenDue) {
            entry.writtenDue = false;
            outgoing.add(new Observation.FoundClosed(Outgoing.now(), tree.place(node, name), entry.stat));
        }
    }

    /** Tells a directory and those above it, where they wait to be told as found, before something in it is told. */
    private void announce(DirectoryNode node) {
        announce(node, false);
    }

    /** @param ahead whether the event that told that a directory came, if one did, may still be queued */
    private void announce(DirectoryNode node, boolean ahead) {
        if (pending.isEmpty()) {
            return;
        }
        DirectoryNode parent = node.parent;
        if (parent == null) {
            return;
        }
        announce(parent, ahead);
        Listing listing = parent.listing;
        Entry entry = listing == null ? null : listing.entries.get(node.name);
        if (listing != null && entry != null && (!listing.isOfPoll() || node.isKnownAs(entry.stat))) {
            entry.toldAhead |= ahead && !entry.told;
            tell(listing, tree.place(node), entry);
        }
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
        announce(node);
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
        tell(listing, tree.place(node, event.name()), entry);
        if (event.has(Inotify.IN_CLOSE_WRITE)) {
            entry.writtenDue = false;
        }
        return true;
    }

    /** What was found may be what leaves, or have come since; then an event will tell. */
    private void leaves(Listing listing, RawEvent event, Entry entry) {
        boolean another = !entry.told && entry.stat.isDirectory() != event.isDirectory();
        if (!another) {
            if (!entry.told) {
                entry.told = true;
                Place place = tree.place(listing.node, event.name());
                outgoing.add(found(listing, place, entry, true, Outgoing.now()));
            }
            tellWritten(listing.node, event.name(), entry);
        }
        forget(listing, event.name());
    }

    /** An entry that waits to be told, of a directory that is known to stand at its place in the tree. */
    record Waiting(Listing listing, String name, Entry entry) {}

    /**
     * What waits to be told and may be the file that went from a name, as there was no watch yet where it went: those with
     * the same name, or else all, the newest first.
     *
     * @param nextMove the chunk of the next event that tells that a directory went elsewhere
     */
    List<Waiting> maybeHere(String name, Predicate<Entry> which, long nextMove) {
        List<Waiting> same = new ArrayList<>();
        int budget = MOST_LISTINGS;
        for (var newest = pending.descendingIterator(); newest.hasNext() && budget > 0; budget--) {
            Listing listing = newest.next();
            add(listing, name, listing.entries.get(name), which, nextMove, same);
        }
        return same.isEmpty() ? anyHere(which, nextMove) : same;
    }

    private List<Waiting> anyHere(Predicate<Entry> which, long nextMove) {
        List<Waiting> any = new ArrayList<>();
        int budget = MOST_ENTRIES;
        for (var newest = pending.descendingIterator(); newest.hasNext() && budget > 0; budget--) {
            Listing listing = newest.next();
            for (Map.Entry<String, Entry> e : listing.entries.entrySet()) {
                add(listing, e.getKey(), e.getValue(), which, nextMove, any);
                if (--budget <= 0) {
                    break;
                }
            }
        }
        return any;
    }

    private void add(
            Listing listing,
            String name,
            @Nullable Entry entry,
            Predicate<Entry> which,
            long nextMove,
            List<Waiting> waiting) {
        if (entry != null
                && !entry.told
                && which.test(entry)
                && isVerified(listing, nextMove)
                && !displacements.isDisplaced(listing.node)) {
            waiting.add(new Waiting(listing, name, entry));
        }
    }

    private boolean isVerified(Listing listing, long nextMove) {
        if (!listing.settled() && listing.openedAt < nextMove) {
            listing.verified = listing.isAtItsPath(tree.hostPath(listing.node));
        }
        return listing.verified && !listing.dropped;
    }

    /** As it would be told; the directories that it is in are told at once. */
    Observation.Found found(Waiting waiting) {
        DirectoryNode node = waiting.listing.node;
        announce(node, true);
        return found(waiting.listing, tree.place(node, waiting.name), waiting.entry, false, Outgoing.now());
    }

    private static Observation.Found found(Listing listing, Place place, Entry entry, boolean leaving, long now) {
        ScanReason reason = entry.movedIn ? ScanReason.MOVED_IN_DIRECTORY : listing.scan.reason;
        Closing closing = listing.polled ? Closing.BY_POLL : entry.closingUnknown ? Closing.UNKNOWN : Closing.BY_STREAM;
        return new Observation.Found(now, place, entry.stat, reason, closing, leaving);
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
