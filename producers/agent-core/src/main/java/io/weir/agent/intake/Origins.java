package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.marks.Subject;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Place;
import io.weir.schemas.marks.Effect;
import java.util.Objects;
import java.util.Optional;

/** Where a file was that comes into sight. While scans are under way it may be known elsewhere. */
final class Origins {
    private final Workbench bench;
    private final ActiveScans scans;

    Origins(Workbench bench) {
        this.bench = bench;
        this.scans = bench.scans();
    }

    /** Where it was as far as the baseline knows; empty if it was nowhere. */
    Optional<Place> of(Change comes) {
        return scans.isEmpty() ? Optional.empty() : leftUnseen(comes).or(() -> wasExpected(comes.place()));
    }

    /**
     * Where the baseline has a file that is there no more: it left a directory that a scan has not watched yet. Of one that
     * the stream follows it tells that it left; what has come here was another, and this one, read late, came after it.
     */
    private Optional<Place> leftUnseen(Change change) {
        FileStat now = change.stat();
        if (now == null || (now.linkCount() > 1 && !now.isDirectory())) {
            return Optional.empty();
        }
        return bench.baseline().byFileId(now.fileId()).stream()
                .filter(entry -> entry.isFile(now) && !entry.is(Flag.IMPLIED))
                .filter(entry -> scans.isUnfollowed(entry, bench.baseline().place(entry)))
                .filter(entry -> bench.isGone(entry, bench.baseline().place(entry)))
                .map(bench.baseline()::place)
                .findFirst();
    }

    /** Where a file was taken to be that an action, perhaps after others, has moved on to here. */
    private Optional<Place> wasExpected(Place to) {
        return bench.judge().ownMovesTo(to).stream()
                .map(Effect.Move::fileId)
                .filter(Objects::nonNull)
                .flatMap(file -> bench.baseline().byFileId(file).stream())
                .filter(entry -> wasMovedTo(to, entry, bench.baseline().place(entry)))
                .map(bench.baseline()::place)
                .findFirst();
    }

    private boolean wasMovedTo(Place to, Entry entry, Place from) {
        return (scans.isExpected(entry.id()) || bench.isGone(entry, from))
                && bench.judge()
                        .destinations(from, Subject.of(from, entry, null))
                        .contains(to);
    }
}
