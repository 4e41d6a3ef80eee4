package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Place;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names that were exchanged (renameat2 with RENAME_EXCHANGE). The kernel tells two renames, the second back to where the
 * first came from; a rename that replaces a file, and another that undoes it, look the same. What tells them apart is the
 * file that the first one displaced: replaced, it is gone; exchanged, it is where the other came from.
 *
 * <p>Told are a move, and that the displaced file, with all below it, came in where the other was: whoever follows paths
 * alone is then right.
 */
final class Exchanges {
    private static final int REMEMBERED = 64;

    private record Move(Place from, Place to) {}

    /** @param byDirectory whether a directory has displaced it */
    private record Displaced(Entry entry, boolean byDirectory) {}

    private final Workbench bench;
    private final Set<Move> awaited = new HashSet<>();
    private @Nullable Place cameInOver;
    private final Map<Move, Displaced> displaced = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Move, Displaced> eldest) {
            return size() > REMEMBERED;
        }
    };

    Exchanges(Workbench bench) {
        this.bench = bench;
    }

    /**
     * Whether a move is the first half of an exchange, by what can be seen now. Neither a directory with something in it nor
     * a file of another kind can have been replaced.
     */
    boolean isFirstHalf(Change move, Place from, Entry target) {
        FileStat known = target.known();
        if (known != null
                && (known.isDirectory() != move.directory()
                        || target.isFile(bench.stat().apply(from).orElse(null)))) {
            return true;
        }
        return target.isDirectory() && !bench.baseline().children(target.id()).isEmpty();
    }

    /** Both halves are told with the first. */
    void toldBoth(Place from, Place to) {
        awaited.add(new Move(to, from));
    }

    /** Whether a move is a second half that was told with the first. */
    boolean isToldAlready(Place from, Place to) {
        return !awaited.isEmpty() && awaited.remove(new Move(from, to));
    }

    /** A move has replaced a file, as far as can be seen. */
    void replaced(Change move, Place from, Entry target) {
        displaced.put(new Move(move.place(), from), new Displaced(target, move.directory()));
    }

    /**
     * The displaced file, if a move turns out to be a second half: it is of another kind than what displaced it, or it is seen
     * where the move went. Other signs mislead: what is believed of the file that moves may have been read too late.
     */
    Optional<Entry> lateSecondHalf(Change move, Place from) {
        Displaced was = displaced.isEmpty() ? null : displaced.remove(new Move(from, move.place()));
        if (was == null) {
            return Optional.empty();
        }
        FileStat now = move.stat();
        boolean isThere = was.entry.known() != null && was.entry.isFile(now);
        if (was.byDirectory == move.directory() && !isThere) {
            return Optional.empty();
        }
        return Optional.of(now == null ? was.entry : was.entry.withKnown(now));
    }

    /** A file came in, from where nobody watches, and replaced another. */
    void cameInOver(Place place) {
        cameInOver = place;
    }

    /**
     * Whether what went out is not the file that came in just before, which is still there, but the one that it replaced: an
     * exchange with a name that is not watched.
     */
    boolean isStillThere(Place place, Entry entry) {
        boolean cameJustBefore = place.equals(cameInOver);
        cameInOver = null;
        return cameJustBefore
                && entry.known() != null
                && entry.isFile(bench.stat().apply(place).orElse(null));
    }

    /** Events were lost: what was awaited may never come. */
    void forget() {
        awaited.clear();
        displaced.clear();
        cameInOver = null;
    }
}
