package io.weir.agent.inotify;

import io.weir.agent.inotify.WaitingEntries.Waiting;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Place;
import java.util.List;

/**
 * Renames of which only the first half was queued, as there was no watch yet where they went. If that was a directory found
 * since, the file is among what was found there and waits to be told.
 */
final class Departures {
    private final WatchTree tree;
    private final Watches watches;
    private final WaitingEntries waiting;
    private final Outgoing outgoing;
    private final EventQueue queue;
    private final DirectoryMoves moves;

    Departures(
            WatchTree tree,
            Watches watches,
            WaitingEntries waiting,
            Outgoing outgoing,
            EventQueue queue,
            DirectoryMoves moves) {
        this.tree = tree;
        this.watches = watches;
        this.waiting = waiting;
        this.outgoing = outgoing;
        this.queue = queue;
        this.moves = moves;
    }

    /** Tells where it may have gone; false if to nowhere that is known. */
    boolean tell(DirectoryNode source, RawEvent from) {
        return from.isDirectory() ? directory(source, from) : file(source, from);
    }

    /** Which file it was only the baseline knows. */
    private boolean file(DirectoryNode source, RawEvent from) {
        List<Waiting> maybe = waiting.maybeHere(from.name(), e -> !e.stat.isDirectory(), queue.nextDirectoryMove());
        if (maybe.isEmpty()) {
            return false;
        }
        Place place = tree.place(source, from.name());
        outgoing.add(new Observation.Left(
                from.readAt(), place, maybe.stream().map(waiting::found).toList()));
        return true;
    }

    /** A directory keeps its watches, and those below it. */
    private boolean directory(DirectoryNode source, RawEvent from) {
        DirectoryNode moved = tree.child(source, from.name());
        if (moved == null) {
            return false;
        }
        List<Waiting> here = waiting.maybeHere(from.name(), e -> moved.isKnownAs(e.stat), queue.nextDirectoryMove());
        if (here.isEmpty()) {
            return false;
        }
        Waiting there = here.get(0);
        DirectoryNode target = there.listing().node;
        if (target.isWithin(moved)
                || !tree.place(source).volume().equals(tree.place(target).volume())) {
            return false;
        }
        Observation.Found found = waiting.found(there);
        outgoing.add(new Observation.Left(from.readAt(), tree.place(source, from.name()), List.of(found)));
        DirectoryNode known = tree.child(target, there.name());
        if (known != null && known.isWatched()) {
            watches.drop(moved);
        } else {
            moves.moved(source, from.name(), target, there.name());
        }
        return true;
    }
}
