package io.weir.agent.inotify;

import io.weir.agent.inotify.Listing.Entry;
import io.weir.agent.source.Observation.Found;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks among what was found and waits to be told, for what went out of sight. */
final class WaitingEntries {
    /** How much is looked through: by its name, and without it. */
    private static final int MOST_LISTINGS = 2_000;

    private static final int MOST_ENTRIES = 200;

    private final WatchTree tree;
    private final Deque<Listing> pending;
    private final Findings findings;
    private final Predicate<DirectoryNode> displaced;

    /**
     * @param pending listings not yet told, the newest last
     * @param displaced whether a directory is out of its place for the moment
     */
    WaitingEntries(WatchTree tree, Deque<Listing> pending, Findings findings, Predicate<DirectoryNode> displaced) {
        this.tree = tree;
        this.pending = pending;
        this.findings = findings;
        this.displaced = displaced;
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
                && !displaced.test(listing.node)) {
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
    Found found(Waiting waiting) {
        return findings.ahead(waiting.listing, waiting.name, waiting.entry);
    }
}
