package io.weir.it.model;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Closing;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import io.weir.it.model.KernelQueue.Event;
import io.weir.it.model.KernelQueue.Kind;
import io.weir.it.model.SourceTree.Dir;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What was found in directories and is told once all events have been handled that were queued by then, or before the first
 * event about it; as the production source's {@code Listings} do.
 */
final class SourceListings {
    /** A scan of a directory and all below it. */
    static final class Scan {
        final Place place;
        final ScanReason reason;
        private final long topBorn;
        int outstanding;

        Scan(Place place, ScanReason reason, Node top) {
            this.place = place;
            this.reason = reason;
            this.topBorn = top.born;
        }

        private boolean isNew(Node node) {
            return reason == ScanReason.CREATED_DIRECTORY && node.born >= topBorn;
        }
    }

    private static final class Entry {
        final Node node;
        final FileStat stat;
        final ScanReason reason;
        final Closing closing;
        /** It is closed, which no event has told. */
        boolean writtenDue;

        boolean told;

        Entry(Scan scan, Node node, FileStat stat) {
            this.node = node;
            this.stat = stat;
            boolean older = scan.reason == ScanReason.CREATED_DIRECTORY && !scan.isNew(node);
            this.reason =
                    older && (node.isDirectory() || node.links == 1) ? ScanReason.MOVED_IN_DIRECTORY : scan.reason;
            boolean closed = !node.isDirectory() && scan.isNew(node) && node.writers == 0;
            this.writtenDue = closed && node.size > 0;
            this.closing = closed && node.size == 0 ? Closing.UNKNOWN : Closing.BY_STREAM;
        }
    }

    /** What was found in one directory. */
    private static final class Listing {
        final Scan scan;
        final Dir dir;
        final long upTo;
        final Map<String, Entry> entries = new LinkedHashMap<>();

        Listing(Scan scan, Dir dir, long upTo) {
            this.scan = scan;
            this.dir = dir;
            this.upTo = upTo;
        }
    }

    private final SourceTree tree;
    private final SimulatedFiles files;
    private final Consumer<Observation> sink;
    private final LongSupplier clock;
    private final Consumer<Scan> released;
    private final List<Listing> listings = new ArrayList<>();

    /** @param released takes the scan of a listing all of which has been told */
    SourceListings(
            SourceTree tree,
            SimulatedFiles files,
            Consumer<Observation> sink,
            LongSupplier clock,
            Consumer<Scan> released) {
        this.tree = tree;
        this.files = files;
        this.sink = sink;
        this.clock = clock;
        this.released = released;
    }

    void clear() {
        listings.clear();
    }

    boolean isEmpty() {
        return listings.isEmpty();
    }

    Set<Scan> scans() {
        Set<Scan> scans = new LinkedHashSet<>();
        listings.forEach(listing -> scans.add(listing.scan));
        return scans;
    }

    /** Lists a directory. */
    void list(Scan scan, Dir dir, long upTo) {
        Listing listing = new Listing(scan, dir, upTo);
        dir.node
                .entries()
                .forEach((name, entry) ->
                        listing.entries.put(name, new Entry(scan, entry.node, files.stat(entry.node))));
        listings.add(listing);
    }

    /** Tells what is ripe. */
    void tell(long handled) {
        for (Listing listing : List.copyOf(listings)) {
            if (listing.upTo <= handled) {
                announce(listing.dir);
                listing.entries.forEach((name, entry) -> {
                    tell(listing, name, entry, false);
                    tellWritten(listing, name, entry);
                });
                listings.remove(listing);
                released.accept(listing.scan);
            }
        }
    }

    /** Tells a directory and those above it, where they wait to be told, before something in it is told. */
    private void announce(Dir dir) {
        Dir parent = dir.parent;
        if (parent == null) {
            return;
        }
        announce(parent);
        for (Listing listing : listings) {
            Entry entry = listing.dir == parent ? listing.entries.get(dir.name) : null;
            if (entry != null) {
                tell(listing, dir.name, entry, false);
            }
        }
    }

    private void tell(Listing listing, String name, Entry entry, boolean leaving) {
        if (!entry.told && tree.has(listing.dir)) {
            entry.told = true;
            sink.accept(found(listing, name, entry, leaving));
        }
    }

    private Found found(Listing listing, String name, Entry entry, boolean leaving) {
        Place place = tree.place(listing.dir, name);
        return new Found(clock.getAsLong(), place, entry.stat, entry.reason, entry.closing, leaving);
    }

    private void tellWritten(Listing listing, String name, Entry entry) {
        if (entry.writtenDue && tree.has(listing.dir)) {
            entry.writtenDue = false;
            sink.accept(new Observation.FoundClosed(clock.getAsLong(), tree.place(listing.dir, name), entry.stat));
        }
    }

    /** What was found of the name comes before the event, unless that tells that it came after the watch was set. */
    void meet(Dir dir, String name, Event event, boolean leaves) {
        announce(dir);
        for (Listing listing : List.copyOf(listings)) {
            Entry entry = listing.dir == dir ? listing.entries.get(name) : null;
            if (entry == null) {
                continue;
            }
            Kind kind = event.kind();
            if (leaves || kind == Kind.DELETE || kind == Kind.MOVED_FROM) {
                if (entry.told || entry.node.isDirectory() == event.ofDirectory()) {
                    tell(listing, name, entry, true);
                    tellWritten(listing, name, entry);
                }
                listing.entries.remove(name);
            } else if (kind == Kind.CREATE || kind == Kind.MOVED_TO || kind == Kind.MOVE) {
                entry.told = true;
                entry.writtenDue = false;
            } else {
                tell(listing, name, entry, false);
                entry.writtenDue &= kind != Kind.CLOSE_WRITE;
            }
        }
    }

    /** What waits to be told and may be the file that went from a name: those with the same name, or else all. */
    List<Found> maybeHere(String name) {
        List<Found> same = waiting(name, false);
        return same.isEmpty() ? waiting(name, true) : same;
    }

    private List<Found> waiting(String name, boolean any) {
        List<Found> waiting = new ArrayList<>();
        for (Listing listing : List.copyOf(listings)) {
            for (Map.Entry<String, Entry> e : listing.entries.entrySet()) {
                Entry entry = e.getValue();
                boolean fits = any || e.getKey().equals(name);
                if (fits && !entry.told && !entry.node.isDirectory() && tree.has(listing.dir)) {
                    announce(listing.dir);
                    waiting.add(found(listing, e.getKey(), entry, false));
                }
            }
        }
        return waiting;
    }

    /** Relinks a directory that went elsewhere to where it was found and is still to be told; empty if it was not. */
    List<Found> relinkFound(Dir moved) {
        for (Listing listing : listings) {
            for (Map.Entry<String, Entry> e : listing.entries.entrySet()) {
                if (!e.getValue().told && e.getValue().node == moved.node && tree.has(listing.dir)) {
                    announce(listing.dir);
                    Found found = found(listing, e.getKey(), e.getValue(), false);
                    tree.relink(moved, listing.dir, e.getKey());
                    return List.of(found);
                }
            }
        }
        return List.of();
    }
}
