package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.marks.Subject;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Closing;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Place;
import io.weir.schemas.topic.Causation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a scan comes upon: whether it is new, has moved, or is another than the baseline has there. */
final class FoundEntries {
    private final Workbench bench;
    private final PlaceChanges places;
    private final FoundStates comparison;

    FoundEntries(Workbench bench, PlaceChanges places, FoundStates comparison) {
        this.bench = bench;
        this.places = places;
        this.comparison = comparison;
    }

    /** Another file is where the baseline has one. */
    void replaced(Scan scan, Entry entry, Place place, long observedAt) {
        if (scan.mode() != Scan.Mode.EMIT && scan.mode() != Scan.Mode.RECORD) {
            places.departures().displaced(entry, place, observedAt);
        } else {
            bench.pending().forget(entry.id());
            bench.remove(entry);
        }
    }

    /**
     * What the baseline does not have.
     *
     * @param implied what it has only because of something in it
     * @param late whether it was read later than the stream has come
     */
    Entry arrived(Scan scan, @Nullable Entry implied, Found found, boolean late, long nowNanos) {
        boolean first = scan.mode() == Scan.Mode.RECORD || scan.mode() == Scan.Mode.EMIT;
        Entry before = first ? null : earlierPlace(scan, found, late);
        if (before != null) {
            if (implied != null) {
                bench.remove(implied);
            }
            return moved(scan, before, found, nowNanos);
        }
        Entry back = scan.mode() == Scan.Mode.COMPARE ? backAtItsPlace(found) : null;
        if (back != null) {
            Place place = bench.baseline().place(back);
            comparison.compare(scan, back, found.at(place), place, nowNanos);
            return bench.baseline().find(back.id()).orElseThrow();
        }
        FileStat now = found.stat();
        return switch (scan.mode()) {
            case RECORD ->
                bench.add(found.place(), implied, now, Flag.SILENT, Flag.ATTRIBUTES_UNSHOWN, Flag.CONTENT_UNSHOWN);
            case EMIT -> appeared(implied, found, EventType.CREATED, true, Optional.empty());
            case MOVED_IN -> {
                Optional<Causation> cause = causeOf(scan, found);
                yield appeared(implied, found, EventType.MOVED_IN, false, cause);
            }
            case CREATED -> {
                Optional<Causation> cause = causeOf(scan, found);
                Entry added = appeared(implied, found, EventType.CREATED, false, cause);
                if (cause.isEmpty()
                        && found.closing() != Closing.BY_STREAM
                        && now.kind().equals("file")) {
                    comparison.oweWritten(added, found, nowNanos);
                }
                yield added;
            }
            case COMPARE -> {
                Optional<Causation> cause = causeOf(scan, found);
                Entry added = appeared(implied, found, EventType.CREATED, true, cause);
                if (cause.isEmpty() && now.kind().equals("file")) {
                    comparison.oweWritten(added, found, nowNanos);
                }
                yield added;
            }
        };
    }

    /** What was there when the scan began, as the stream tells, and is gone before the scan could come upon it. */
    Entry gone(Scan scan, Place place, long observedAt) {
        if (scan.mode() == Scan.Mode.RECORD) {
            return bench.baseline().add(place, null, Flag.SILENT);
        }
        String type = scan.mode() == Scan.Mode.MOVED_IN ? EventType.MOVED_IN : EventType.CREATED;
        Optional<Causation> cause = causeOf(scan, Subject.of(place, null, null));
        Entry entry = bench.baseline().add(place, null, PlaceChanges.flagsOfNew(null, cause.isPresent(), false));
        bench.publish(new Draft(observedAt, type, place, null, null, scan.mode().reconstructs(), cause, null));
        return entry;
    }

    private Optional<Causation> causeOf(Scan scan, Found found) {
        Subject come = Subject.of(found.place(), null, found.stat());
        Optional<Causation> moved = found.stat().isDirectory()
                ? scan.movedIn(found.place()).or(() -> bench.judge().explainMoveIn(come))
                : Optional.empty();
        moved.ifPresent(causation -> scan.movedIn().put(found.place(), causation));
        return moved.or(() -> causeOf(scan, come));
    }

    private Optional<Causation> causeOf(Scan scan, Subject come) {
        return scan.movedIn(come.place()).or(() -> bench.judge().explainArrival(come));
    }

    private Entry appeared(
            @Nullable Entry implied, Found found, String type, boolean reconstructed, Optional<Causation> cause) {
        boolean maybeOpen = type.equals(EventType.CREATED) && !reconstructed;
        Flag[] flags = PlaceChanges.flagsOfNew(found.stat(), cause.isPresent(), maybeOpen);
        Entry entry = bench.add(found.place(), implied, found.stat(), flags);
        bench.publish(
                new Draft(found.observedAt(), type, found.place(), null, found.stat(), reconstructed, cause, null));
        return entry;
    }

    /**
     * Where the baseline has a file that is there no more and was found here, as the stream does not tell: what it follows has
     * not left yet, and is another name of the file, or came here later and was read too early. Of a file with several names
     * the first may have left for elsewhere, or gone along with its directory, and this be another.
     */
    private @Nullable Entry earlierPlace(Scan scan, Found found, boolean late) {
        boolean linked = found.stat().linkCount() > 1 && !found.stat().isDirectory();
        if (linked && scan.mode() != Scan.Mode.COMPARE) {
            return null;
        }
        for (Entry candidate : bench.baseline().byFileId(found.stat().fileId())) {
            Place place = bench.baseline().place(candidate);
            boolean leftUnseen = late
                    ? bench.scans().isUnfollowed(candidate, place)
                    : !bench.scans().isFollowed(candidate);
            if (candidate.isFile(found.stat()) && leftUnseen && bench.isGone(candidate, place)) {
                return candidate;
            }
        }
        return null;
    }

    /** What was found here and is here no more, but where the baseline has it: it came back, as the stream tells or lost. */
    private @Nullable Entry backAtItsPlace(Found found) {
        if (found.stat().linkCount() > 1 || found.stat().isDirectory()) {
            return null;
        }
        return bench.baseline().byFileId(found.stat().fileId()).stream()
                .filter(entry -> entry.isFile(found.stat()) && bench.isGone(entry, found.place()))
                .filter(entry -> !bench.isGone(entry, bench.baseline().place(entry)))
                .findFirst()
                .orElse(null);
    }

    /** A file that was known elsewhere. */
    Entry moved(Scan scan, Entry before, Found found, long nowNanos) {
        Place from = bench.baseline().place(before);
        places.departures().leave(before, from);
        Subject subject = Subject.of(found.place(), before, found.stat());
        Optional<Causation> own = bench.judge().explainMove(from, subject);
        if (own.isEmpty()) {
            bench.judge().foreignMove(subject);
        }
        boolean reconstructed = scan.mode() == Scan.Mode.COMPARE;
        Entry entry = bench.baseline().find(before.id()).orElseThrow();
        Entry moved = bench.move(entry, found.place());
        bench.publish(Draft.moved(found.observedAt(), from, found.place(), found.stat(), reconstructed, own));
        if (reconstructed) {
            comparison.compare(scan, moved, found, own.isPresent() ? from : found.place(), nowNanos);
        } else {
            comparison.compareMoved(moved, found, nowNanos);
        }
        return bench.baseline().find(before.id()).orElseThrow();
    }
}
