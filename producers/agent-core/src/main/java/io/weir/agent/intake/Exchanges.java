package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.source.FileStat;
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

    private final Workbench bench;
    private final Set<Move> awaited = new HashSet<>();
    private final Map<Move, Entry> displaced = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Move, Entry> eldest) {
            return size() > REMEMBERED;
        }
    };

    Exchanges(Workbench bench) {
        this.bench = bench;
    }

    /**
     * Whether a move is the first half of an exchange, by what can be seen now. A directory with something in it cannot have
     * been replaced.
     */
    boolean isFirstHalf(Place from, Entry target) {
        Optional<FileStat> now = bench.stat().apply(from);
        return target.known() != null
                && (target.isFile(now.orElse(null))
                        || (target.isDirectory()
                                && !bench.baseline().children(target.id()).isEmpty()));
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
    void replaced(Place from, Place to, Entry target) {
        displaced.put(new Move(to, from), target);
    }

    /**
     * The displaced file, if a move turns out to be a second half: it is where the move went, or what has displaced it is
     * still where the move came from.
     *
     * @param mover what is believed to be where the move came from
     */
    Optional<Entry> lateSecondHalf(Place from, Place to, Entry mover, @Nullable FileStat stat) {
        Entry was = displaced.isEmpty() ? null : displaced.remove(new Move(from, to));
        if (was == null || was.known() == null || mover.known() == null) {
            return Optional.empty();
        }
        boolean second = was.isFile(stat)
                || (!mover.isFile(stat) && mover.isFile(bench.stat().apply(from).orElse(null)));
        return second ? Optional.of(stat == null ? was : was.withKnown(stat)) : Optional.empty();
    }

    /** Events were lost: what was awaited may never come. */
    void forget() {
        awaited.clear();
        displaced.clear();
    }
}
