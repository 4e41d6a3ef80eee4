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
        Entry back = scan.mode() == Scan.Mode.COMPARE ? backAtItsPlace(found) : null;
        if (back != null) {
            Place place = bench.baseline().place(back);
            compare(scan, back, found.at(place), place, nowNanos);
            return bench.baseline().find(back.id()).orElseThrow();
        }
        FileStat now = found.stat();
        return switch (scan.mode()) {
            case RECORD ->
                bench.add(found.place(), implied, now, Flag.SILENT, Flag.ATTRIBUTES_UNSHOWN, Flag.CONTENT_UNSHOWN);
            case EMIT -> appeared(implied, found, EventType.CREATED, true, Optional.empty());
            case MOVED_IN -> {
                Optional<Causation> cause = causeOf(scan, found);
                Entry added = appeared(implied, found, EventType.MOVED_IN, false, cause);
                yield sinceDeparture(added, cause, found, nowNanos);
            }
            case CREATED -> {
                Optional<Causation> cause = causeOf(scan, found);
                Entry added = appeared(implied, found, EventType.CREATED, false, cause);
                if (cause.isEmpty()
                        && found.closing() != Closing.BY_STREAM
                        && now.kind().equals("file")) {
                    oweWritten(added, found, nowNanos);
                }
                yield sinceDeparture(added, cause, found, nowNanos);
            }
            case COMPARE -> {
                Optional<Causation> cause = causeOf(scan, found);
                Entry added = appeared(implied, found, EventType.CREATED, true, cause);
                if (cause.isEmpty() && now.kind().equals("file")) {
                    oweWritten(added, found, nowNanos);
                }
                yield sinceDeparture(added, cause, found, nowNanos);
            }
        };
    }

    /** What somebody else has made of a file that an action moved, since it was last seen. */
    private Entry sinceDeparture(Entry added, Optional<Causation> cause, Found found, long nowNanos) {
        Optional<FileStat> last = cause.isEmpty() ? Optional.empty() : places.lastKnown(found.stat());
        if (last.isEmpty()) {
            return added;
        }
        Entry known = added.withKnown(last.get());
        bench.baseline().save(known);
        compareMoved(known, found, nowNanos);
        return bench.baseline().find(added.id()).orElseThrow();
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
            compare(scan, moved, found, own.isPresent() ? from : found.place(), nowNanos);
        }
        return bench.baseline().find(before.id()).orElseThrow();
    }

    /**
     * A file that was known before its new directory was watched: what changed in between no event tells. What actions
     * declare is left to their windows.
     */
    void compareMoved(Entry entry, Found found, long nowNanos) {
        FileStat known = entry.known();
        Found fresh = fresh(entry, found);
        FileStat now = fresh.stat();
        if (known == null || !entry.isFile(now)) {
            return;
        }
        if (entry.is(Flag.SCOPE_OWED)) {
            states.settleScope(entry, now);
            return;
        }
        Subject subject = Subject.of(found.place(), entry, now);
        boolean content = entry.is(Flag.CONTENT_OWED) || (known.size() != now.size() && !entry.is(Flag.UNCLOSED));
        if (content
                && now.kind().equals("file")
                && bench.judge().explainContent(subject).isEmpty()) {
            contentDiffers(entry, fresh, found.place(), nowNanos);
        }
        Entry current = bench.baseline().find(entry.id()).orElseThrow();
        if (known.mode() == now.mode() && known.uid() == now.uid() && known.gid() == now.gid()) {
            return;
        }
        if (bench.judge().explainAttributes(subject, known, now).isPresent()) {
            bench.baseline().save(current.withAttributes(now));
        } else {
            attributesDiffer(current, known, fresh, found.place());
        }
    }

    /** What was found may be older than what the stream has told meanwhile; what is there now is not. */
    private Found fresh(Entry entry, Found found) {
        FileStat now = bench.stat().apply(found.place()).filter(entry::isFile).orElse(found.stat());
        return new Found(found.observedAt(), found.place(), now, found.reason(), found.closing(), found.leaving());
    }

    /**
     * A file that was known: is it as it was?
     *
     * @param before where it was; what happened to it may be declared of that place
     */
    void compare(Scan scan, Entry entry, Found old, Place before, long nowNanos) {
        FileStat known = entry.known();
        Found found = fresh(entry, old);
        FileStat now = found.stat();
        if (known == null) {
            return;
        }
        if (entry.is(Flag.SCOPE_OWED)) {
            states.settleScope(entry, now);
            return;
        }
        if (now.kind().equals("file")) {
            compareContent(scan, entry, found, before, nowNanos);
        }
        Entry current = bench.baseline().find(entry.id()).orElseThrow();
        if (known.mode() != now.mode() || known.uid() != now.uid() || known.gid() != now.gid()) {
            attributesDiffer(current, known, found, before);
        } else if (known.linkCount() != now.linkCount() || current.is(Flag.ATTRIBUTES_OWED)) {
            bench.baseline().save(current.withAttributes(now).without(Flag.ATTRIBUTES_OWED));
        }
    }

    private void compareContent(Scan scan, Entry told, Found found, Place before, long nowNanos) {
        boolean byPoll = found.closing() == Closing.BY_POLL;
        if (byPoll) {
            states.flushRun(told, found.place());
        }
        Entry entry = bench.baseline().find(told.id()).orElseThrow();
        FileStat known = Objects.requireNonNull(entry.known());
        if (known.size() != found.stat().size() || known.mtime() != found.stat().mtime()) {
            contentDiffers(entry, found, before, nowNanos);
        } else if (!byPoll) {
            if (entry.is(Flag.UNCLOSED) || entry.is(Flag.UNSETTLED)) {
                contentDiffers(entry, found, before, nowNanos);
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
            contentDiffers(known, found, found.place(), nowNanos);
        }
    }

    private void contentDiffers(Entry entry, Found found, Place before, long nowNanos) {
        Optional<Causation> own = bench.judge()
                .explainContent(Subject.of(found.place(), entry, found.stat()))
                .or(() -> bench.judge().explainContent(Subject.of(before, entry, found.stat())));
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

    private void attributesDiffer(Entry entry, FileStat known, Found found, Place before) {
        Subject here = Subject.of(found.place(), entry, found.stat());
        Subject there = Subject.of(before, entry, found.stat());
        Optional<Causation> own = bench.judge()
                .explainAttributes(here, known, found.stat())
                .or(() -> bench.judge().explainAttributes(there, known, found.stat()));
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
