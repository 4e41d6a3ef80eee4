package io.weir.agent.inotify;

import io.weir.agent.inotify.Listing.Entry;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Closing;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import java.util.Map;

/** Tells what was found in directories: each entry once, and no entry before the directory that it is in. */
final class Findings {
    private final WatchTree tree;
    private final Outgoing outgoing;

    Findings(WatchTree tree, Outgoing outgoing) {
        this.tree = tree;
        this.outgoing = outgoing;
    }

    /** Tells all entries of a listing that have not been told. */
    void tellAll(Listing listing) {
        announce(listing.node);
        Place directory = tree.place(listing.node);
        long now = Outgoing.now();
        for (Map.Entry<String, Entry> e : listing.entries.entrySet()) {
            Place place = new Place(directory.volume(), Roots.join(directory.path(), e.getKey()));
            tell(listing, place, e.getValue(), now);
            tellWritten(listing.node, e.getKey(), e.getValue());
        }
    }

    /** Tells an entry, unless it has been told. */
    void tell(Listing listing, Place place, Entry entry) {
        tell(listing, place, entry, Outgoing.now());
    }

    private void tell(Listing listing, Place place, Entry entry, long now) {
        if (!entry.told) {
            entry.told = true;
            outgoing.add(found(listing, place, entry, false, now));
        }
    }

    /** Tells an entry that is about to leave, unless it has been told. */
    void tellLeaving(Listing listing, String name, Entry entry) {
        if (!entry.told) {
            entry.told = true;
            outgoing.add(found(listing, tree.place(listing.node, name), entry, true, Outgoing.now()));
        }
        tellWritten(listing.node, name, entry);
    }

    private void tellWritten(DirectoryNode node, String name, Entry entry) {
        if (entry.writtenDue) {
            entry.writtenDue = false;
            outgoing.add(new Observation.FoundClosed(Outgoing.now(), tree.place(node, name), entry.stat));
        }
    }

    /** Tells a directory and those above it, where they wait to be told as found, before something in it is told. */
    void announce(DirectoryNode node) {
        announce(node, false);
    }

    /** @param ahead whether the event that told that a directory came, if one did, may still be queued */
    private void announce(DirectoryNode node, boolean ahead) {
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

    /** An entry as it would be told; the directories that it is in are told at once. */
    Found ahead(Listing listing, String name, Entry entry) {
        announce(listing.node, true);
        return found(listing, tree.place(listing.node, name), entry, false, Outgoing.now());
    }

    private static Found found(Listing listing, Place place, Entry entry, boolean leaving, long now) {
        ScanReason reason = entry.movedIn ? ScanReason.MOVED_IN_DIRECTORY : listing.scan.reason;
        Closing closing = listing.polled ? Closing.BY_POLL : entry.closingUnknown ? Closing.UNKNOWN : Closing.BY_STREAM;
        return new Found(now, place, entry.stat, reason, closing, leaving);
    }
}
