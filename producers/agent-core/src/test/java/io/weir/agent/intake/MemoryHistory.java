package io.weir.agent.intake;

import io.weir.agent.source.Place;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/** What an agent knows of earlier runs, in memory. */
public final class MemoryHistory implements ScanIntake.History {
    private final Set<Place> roots;
    private final LongSupplier lastAlive;

    /**
     * @param roots that have been scanned
     * @param lastAlive microseconds since 1970; below 0 if it never ran
     */
    MemoryHistory(Set<Place> roots, LongSupplier lastAlive) {
        this.roots = roots;
        this.lastAlive = lastAlive;
    }

    /** Of an agent that does not tell that it was away. */
    public MemoryHistory(Set<Place> roots) {
        this(roots, () -> -1);
    }

    @Override
    public OptionalLong lastAlive() {
        long at = lastAlive.getAsLong();
        return at < 0 ? OptionalLong.empty() : OptionalLong.of(at);
    }

    @Override
    public boolean isKnown(Place place) {
        return roots.contains(place);
    }

    @Override
    public void know(Place place) {
        roots.add(place);
    }
}
