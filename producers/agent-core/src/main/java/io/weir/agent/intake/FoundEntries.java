package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.marks.Subject;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Closing;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import io.weir.schemas.topic.Causation;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a scan comes upon, against what the baseline has of it. */
final class FoundEntries {
    private final Workbench bench;
    private final PlaceChanges places;
    private final StateChanges states;

    FoundEntries(Workbench bench, PlaceChanges places, StateChanges states) {
        this.bench = bench;
        this.places = places;
        this.states = states;
    }

    /** Another file is where the baseline has one. */
    void replaced(Scan scan, Entry entry, Found found) {
        if (scan.mode() != Scan.Mode.EMIT && scan.mode() != Scan.Mode.RECORD) {
            places.gone(entry, found.place(), found.observedAt());
        } else {
            bench.pending().forget(entry.id());
            bench.baseline().remove(entry);
        }
    }

    /**
     * What the baseline does not have.
     *
     * @param implied what it has only because of something in it
     */
    Entry arrived(Scan scan, @Nullable Entry implied, Found found, long nowNanos) {
        boolean first = scan.mode() == Scan.Mode.RECORD || scan.mode() == Scan.Mode.EMIT;
        Entry before = first ? null : earlierPlace(scan, found);
        if (before != null) {
            if (implied != null) {
                bench.baseline().remove(implied);
            }
            return moved(scan, before, found, nowNanos);
        }
        FileStat now = found.stat();
        return switch (scan.mode()) {
            case RECORD ->
                bench.add(found.place(), implied, now, Flag.SILENT, Flag.ATTRIBUTES_UNSHOWN, Flag.CONTENT_UNSHOWN);
            case EMIT -> appeared(implied, found, EventType.CREATED, true, Optional.empty());
            case MOVED_IN -> appeared(implied, found, EventType.MOVED_IN, false, causeOf(scan, found));
            case CREATED -> {
                Optional<Causation> cause = causeOf(scan, found);
                Entry added = appeared(implied, found, EventType.CREATED, false, cause);
                if (cause.isEmpty()
                        && found.closing() != Closing.BY_STREAM
                        && now.kind().equals("file")) {
                    oweWritten(added, found, nowNanos);
                }
                yield added;
            }
            case COMPARE -> {
                Optional<Causation> cause = causeOf(scan, found);
                Entry added = appeared(implied, found, EventType.CREATED, true, cause);
                if (cause.isEmpty() && now.kind().equals("file")) {
                    oweWritten(added, found, nowNanos);
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
        return causeOf(scan, Subject.of(found.place(), null, found.stat()));
    }

    private Optional<Causation> causeOf(Scan scan, Subject come) {
        return scan.causation().or(() -> bench.judge().explainArrival(come));
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
     * Where the baseline has a file that is there no more and was found here. Of a file with several names the first may have
     * left for elsewhere, or gone along with its directory, and this be another: while the stream tells, that is left to it.
     */
    private @Nullable Entry earlierPlace(Scan scan, Found found) {
        if (found.stat().linkCount() > 1
                && scan.mode() != Scan.Mode.COMPARE
                && !found.stat().isDirectory()) {
            return null;
        }
        for (Entry candidate : bench.baseline().byFileId(found.stat().fileId())) {
            if (candidate.isFile(found.stat())
                    && bench.isGone(candidate, bench.baseline().place(candidate))) {
                return candidate;
            }
        }
        return null;
    }

    private Entry moved(Scan scan, Entry before, Found found, long nowNanos) {
        Place from = bench.baseline().place(before);
        places.leave(before, from);
        Subject subject = Subject.of(found.place(), before, found.stat());
        Optional<Causation> own = bench.judge().explainMove(from, subject);
        if (own.isEmpty()) {
            bench.judge().foreignMove(subject);
        }
        boolean reconstructed = scan.mode() == Scan.Mode.COMPARE;
        Entry entry = bench.baseline().find(before.id()).orElseThrow();
        Entry moved = bench.baseline().move(entry, found.place());
        bench.publish(Draft.moved(found.observedAt(), from, found.place(), found.stat(), reconstructed, own));
        if (reconstructed) {
            compare(scan, moved, found, nowNanos);
        }
        return bench.baseline().find(before.id()).orElseThrow();
    }

    /** A file that was known: is it as it was? */
    void compare(Scan scan, Entry entry, Found found, long nowNanos) {
        FileStat known = entry.known();
        FileStat now = found.stat();
        if (known == null) {
            return;
        }
        if (now.kind().equals("file")) {
            compareContent(scan, entry, found, nowNanos);
        }
        Entry current = bench.baseline().find(entry.id()).orElseThrow();
        if (known.mode() != now.mode() || known.uid() != now.uid() || known.gid() != now.gid()) {
            attributesDiffer(current, known, found);
        } else if (known.linkCount() != now.linkCount() || current.is(Flag.ATTRIBUTES_OWED)) {
            bench.baseline().save(current.withAttributes(now).without(Flag.ATTRIBUTES_OWED));
        }
    }

    private void compareContent(Scan scan, Entry told, Found found, long nowNanos) {
        boolean byPoll = found.closing() == Closing.BY_POLL;
        if (byPoll) {
            states.flushRun(told, found.place());
        }
        Entry entry = bench.baseline().find(told.id()).orElseThrow();
        FileStat known = Objects.requireNonNull(entry.known());
        if (known.size() != found.stat().size() || known.mtime() != found.stat().mtime()) {
            contentDiffers(entry, found, nowNanos);
        } else if (!byPoll) {
            if (entry.is(Flag.UNCLOSED) || entry.is(Flag.UNSETTLED)) {
                contentDiffers(entry, found, nowNanos);
            }
        } else if (scan.reason() == ScanReason.POLL) {
            settled(entry, found);
        } else if (entry.is(Flag.UNCLOSED)) {
            oweWritten(entry, found, nowNanos);
        }
    }

    /** A poll found a file as it was before. */
    private void settled(Entry entry, Found found) {
        if (entry.is(Flag.UNSETTLED)) {
            bench.baseline().save(entry.without(Flag.UNSETTLED, Flag.UNCLOSED));
            bench.publish(Draft.reconstructed(
                    found.observedAt(), EventType.WRITTEN, found.place(), found.stat(), Optional.empty()));
        }
    }

    /** A file that was told, and gone from its name before it could be read: nobody knows what was written to it. */
    void readAtLast(Scan scan, Entry entry, Found found, long nowNanos) {
        Entry known = entry.withKnown(found.stat());
        bench.baseline().save(known);
        if (scan.mode() == Scan.Mode.COMPARE && found.stat().kind().equals("file")) {
            contentDiffers(known, found, nowNanos);
        }
    }

    private void contentDiffers(Entry entry, Found found, long nowNanos) {
        Subject subject = Subject.of(found.place(), entry, found.stat());
        Optional<Causation> own = bench.judge().explainContent(subject);
        if (own.isPresent()) {
            bench.baseline()
                    .save(entry.withContent(found.stat()).without(Flag.UNCLOSED, Flag.CONTENT_UNSHOWN, Flag.UNSETTLED));
            bench.publish(Draft.reconstructed(found.observedAt(), EventType.WRITTEN, found.place(), found.stat(), own));
            return;
        }
        Entry shown = entry.withContent(found.stat()).without(Flag.CONTENT_OWED);
        if (found.closing() != Closing.BY_POLL) {
            oweWritten(shown, found, nowNanos);
        } else {
            oweWritten(shown.without(Flag.CONTENT_UNSHOWN), found, nowNanos);
            bench.publish(Draft.reconstructed(
                    found.observedAt(), EventType.MODIFIED, found.place(), found.stat(), Optional.empty()));
        }
    }

    private void attributesDiffer(Entry entry, FileStat known, Found found) {
        Subject subject = Subject.of(found.place(), entry, found.stat());
        Optional<Causation> own = bench.judge().explainAttributes(subject, known, found.stat());
        bench.baseline()
                .save(
                        own.isPresent()
                                ? entry.withAttributes(found.stat()).without(Flag.ATTRIBUTES_OWED)
                                : entry.attributesShown(found.stat()));
        bench.publish(Draft.reconstructed(
                found.observedAt(), EventType.ATTRIBUTES_CHANGED, found.place(), found.stat(), own));
    }

    /** A {@code written} is due once the file has been quiet for a while, or unchanged from one poll to the next. */
    void oweWritten(Entry entry, Found found, long nowNanos) {
        if (found.closing() == Closing.BY_POLL) {
            bench.pending().takeWritten(entry.id());
            bench.baseline().save(entry.with(Flag.UNSETTLED).without(Flag.UNCLOSED));
            return;
        }
        states.oweWritten(entry, found.stat(), found.observedAt(), nowNanos);
    }
}
