package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.marks.Subject;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.ScanFinished;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Place;
import io.weir.schemas.topic.Causation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tree against the baseline. Several scans may be under way, one within the other or side by side. */
final class Scans {
    /** What of the baseline outlives the process. */
    interface Roots {
        /** Whether a scan of this place from start to end is behind the baseline. */
        boolean isKnown(Place place);

        /** The scan of this place has come to its end. */
        void know(Place place);
    }

    private final Workbench bench;
    private final Roots roots;
    private final boolean emitFirst;
    private final List<Scan> active = new ArrayList<>();
    private final Map<Place, Causation> movedIn = new HashMap<>();
    private final PlaceChanges places;

    Scans(Workbench bench, StateChanges states, Roots roots, boolean emitFirst) {
        this.bench = bench;
        this.roots = roots;
        this.emitFirst = emitFirst;
        this.places = new PlaceChanges(bench, states, movedIn::put);
    }

    PlaceChanges places() {
        return places;
    }

    /** Whether a scan is under way that may reveal what actions did. */
    boolean anyRevealing() {
        return active.stream().anyMatch(s -> s.mode() != Scan.Mode.RECORD && s.mode() != Scan.Mode.EMIT);
    }

    Scan.Mode started(ScanStarted started) {
        Scan.Mode mode = modeOf(started);
        Optional<Causation> cause = Optional.ofNullable(movedIn.remove(started.place()));
        active.add(new Scan(started.place(), started.reason(), mode, cause, new EntrySet()));
        return mode;
    }

    private Scan.Mode modeOf(ScanStarted started) {
        return switch (started.reason()) {
            case CREATED_DIRECTORY -> Scan.Mode.CREATED;
            case MOVED_IN_DIRECTORY -> Scan.Mode.MOVED_IN;
            case REPAIR -> Scan.Mode.COMPARE;
            case START ->
                roots.isKnown(started.place()) ? Scan.Mode.COMPARE : emitFirst ? Scan.Mode.EMIT : Scan.Mode.RECORD;
        };
    }

    /** A live event was about this place: it is there, or its going has been told. */
    void observed(Place place) {
        if (!active.isEmpty()) {
            bench.baseline().find(place).ifPresent(this::saw);
        }
    }

    void found(Found found, long nowNanos) {
        Scan scan = scanOf(found);
        Entry entry = bench.baseline().find(found.place()).orElse(null);
        if (entry != null && !entry.isFile(found.stat())) {
            if (!scan.mode().concludesGone()) {
                saw(entry);
                return; // Replaced since the directory was watched: the stream is about to tell.
            }
            replaced(scan, entry, found);
            entry = null;
        }
        if (entry == null) {
            entry = arrived(scan, found, nowNanos);
        } else if (entry.known() == null) {
            entry = entry.withKnown(found.stat());
            bench.baseline().save(entry);
        } else if (scan.mode() == Scan.Mode.COMPARE) {
            compare(entry, found, nowNanos);
        }
        saw(entry);
    }

    private void replaced(Scan scan, Entry entry, Found found) {
        if (scan.mode() == Scan.Mode.COMPARE) {
            places.gone(entry, found.place(), found.observedAt());
        } else {
            bench.pending().forget(entry.id());
            bench.baseline().remove(entry);
        }
    }

    private Entry arrived(Scan scan, Found found, long nowNanos) {
        boolean first = scan.mode() == Scan.Mode.RECORD || scan.mode() == Scan.Mode.EMIT;
        Entry before = first ? null : earlierPlace(found);
        if (before != null) {
            return moved(scan, before, found, nowNanos);
        }
        FileStat now = found.stat();
        return switch (scan.mode()) {
            case RECORD ->
                bench.baseline().add(found.place(), now, Flag.SILENT, Flag.ATTRIBUTES_UNSHOWN, Flag.CONTENT_UNSHOWN);
            case EMIT -> appeared(found, EventType.CREATED, true, Optional.empty());
            case MOVED_IN -> appeared(found, EventType.MOVED_IN, false, causeOf(scan, found));
            case CREATED, COMPARE -> {
                Optional<Causation> cause = causeOf(scan, found);
                Entry added = appeared(found, EventType.CREATED, scan.mode() == Scan.Mode.COMPARE, cause);
                if (cause.isEmpty() && now.kind().equals("file")) {
                    oweWritten(added, found, nowNanos);
                }
                yield added;
            }
        };
    }

    private Optional<Causation> causeOf(Scan scan, Found found) {
        return scan.causation().or(() -> bench.judge().explainArrival(Subject.of(found.place(), null, found.stat())));
    }

    private Entry appeared(Found found, String type, boolean reconstructed, Optional<Causation> cause) {
        Flag[] flags = PlaceChanges.flagsOfNew(found.stat(), cause.isPresent(), false);
        Entry entry = bench.baseline().add(found.place(), found.stat(), flags);
        bench.publish(
                new Draft(found.observedAt(), type, found.place(), null, found.stat(), reconstructed, cause, null));
        return entry;
    }

    /** Where the baseline has a file that is there no more and was found here. */
    private @Nullable Entry earlierPlace(Found found) {
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
            compare(moved, found, nowNanos);
        }
        return bench.baseline().find(before.id()).orElseThrow();
    }

    private void compare(Entry entry, Found found, long nowNanos) {
        FileStat known = entry.known();
        FileStat now = found.stat();
        if (known == null) {
            return;
        }
        boolean content = now.kind().equals("file")
                && (known.size() != now.size() || known.mtime() != now.mtime() || entry.is(Flag.UNCLOSED));
        if (content) {
            contentDiffers(entry, found, nowNanos);
        }
        Entry current = bench.baseline().find(entry.id()).orElseThrow();
        if (known.mode() != now.mode() || known.uid() != now.uid() || known.gid() != now.gid()) {
            attributesDiffer(current, known, found);
        } else if (known.linkCount() != now.linkCount() || current.is(Flag.ATTRIBUTES_OWED)) {
            bench.baseline().save(current.withAttributes(now).without(Flag.ATTRIBUTES_OWED));
        }
    }

    private void contentDiffers(Entry entry, Found found, long nowNanos) {
        Subject subject = Subject.of(found.place(), entry, found.stat());
        Optional<Causation> own = bench.judge().explainContent(subject);
        if (own.isPresent()) {
            bench.baseline().save(entry.withContent(found.stat()).without(Flag.UNCLOSED, Flag.CONTENT_UNSHOWN));
            bench.publish(Draft.reconstructed(found.observedAt(), EventType.WRITTEN, found.place(), found.stat(), own));
        } else {
            oweWritten(entry.withContent(found.stat()), found, nowNanos);
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

    private void oweWritten(Entry entry, Found found, long nowNanos) {
        bench.baseline().save(entry.with(Flag.UNCLOSED));
        bench.pending().oweWritten(entry.id(), nowNanos + StateChanges.QUIET_NANOS, found.stat(), found.observedAt());
    }

    void finished(ScanFinished finished) {
        Scan scan = active.stream()
                .filter(s -> s.place().equals(finished.place()) && s.reason() == finished.reason())
                .findFirst()
                .orElse(null);
        if (scan == null) {
            return;
        }
        if (finished.complete() && scan.mode() == Scan.Mode.COMPARE) {
            bench.baseline()
                    .find(scan.place())
                    .ifPresent(root -> concludeGone(scan, root, scan.place(), finished.observedAt()));
        }
        active.remove(scan);
        movedIn.remove(scan.place());
        if (scan.reason() == ScanReason.START) {
            roots.know(scan.place());
        }
    }

    private void concludeGone(Scan scan, Entry entry, Place place, long observedAt) {
        if (!scan.seen().contains(entry.id()) && entry.known() != null && bench.isGone(entry, place)) {
            places.gone(entry, place, observedAt);
            return;
        }
        if (entry.isDirectory()) {
            for (Entry child : bench.baseline().children(entry.id())) {
                concludeGone(scan, child, PlaceChanges.below(place, child.name()), observedAt);
            }
        }
    }

    private void saw(Entry entry) {
        active.forEach(scan -> scan.seen().add(entry.id()));
    }

    /** The innermost scan of this reason that covers the place. */
    private Scan scanOf(Found found) {
        Scan innermost = null;
        for (Scan scan : active) {
            boolean inner = innermost == null
                    || scan.place().path().length() > innermost.place().path().length();
            if (scan.reason() == found.reason() && scan.covers(found.place()) && inner) {
                innermost = scan;
            }
        }
        if (innermost == null) {
            // A source that found something without saying that it scans: one entry is a scan of its own.
            started(new ScanStarted(found.observedAt(), found.place(), found.reason()));
            innermost = active.remove(active.size() - 1);
        }
        return innermost;
    }
}
