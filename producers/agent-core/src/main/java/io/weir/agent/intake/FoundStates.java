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

/** The state of what a scan comes upon, against what the baseline has of it. */
final class FoundStates {
    private final Workbench bench;
    private final StateChanges states;

    FoundStates(Workbench bench, StateChanges states) {
        this.bench = bench;
        this.states = states;
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
            bench.baseline().save(entry.scopeSettled(now));
            return;
        }
        Subject subject = Subject.of(found.place(), entry, now);
        boolean content = entry.is(Flag.CONTENT_OWED) || known.size() != now.size();
        if (content
                && now.kind().equals("file")
                && bench.judge().explainContent(subject).isEmpty()) {
            if (entry.is(Flag.UNCLOSED) && !entry.is(Flag.CONTENT_OWED)) {
                modified(entry.withContent(now), fresh); // that it is written, is still to be told
            } else {
                contentDiffers(entry, fresh, found.place(), nowNanos);
            }
        }
        Entry current = bench.baseline().find(entry.id()).orElseThrow();
        boolean touched = !content && entry.is(Flag.ATTRIBUTES_OWED) && known.mtime() != now.mtime();
        if (known.mode() == now.mode() && known.uid() == now.uid() && known.gid() == now.gid() && !touched) {
            return;
        }
        if (touched) {
            current = current.withContent(now).with(Flag.CONTENT_UNSHOWN);
        }
        if (states.isJudgedDuringScans(entry.id()) && bench.isGone(entry, found.place())) {
            bench.baseline().save(current.with(Flag.ATTRIBUTES_OWED)); // what was found may be older than what is known
        } else if (bench.judge().explainAttributes(subject, known, now).isPresent()) {
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
            bench.baseline().save(entry.scopeSettled(now));
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
        if (entry.is(Flag.SILENT) || !found.stat().kind().equals("file")) {
            return;
        }
        if (isMadeAgain(known, found)) {
            bench.baseline().save(known.without(Flag.UNCLOSED, Flag.CONTENT_OWED)); // what was open was another file
            return;
        }
        if (scan.mode() != Scan.Mode.COMPARE && entry.is(Flag.UNCLOSED)) {
            modified(known, found); // that it is written, is still to be told
        } else {
            contentDiffers(known, found, found.place(), nowNanos);
        }
    }

    /** An action has made it, after what was there before and could not be read. */
    private boolean isMadeAgain(Entry entry, Found found) {
        return bench.judge()
                .explainArrival(Subject.of(found.place(), entry, found.stat()))
                .isPresent();
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
        oweWritten(shown, found, nowNanos);
        if (found.closing() == Closing.BY_POLL) {
            modified(bench.baseline().find(entry.id()).orElseThrow(), found);
        }
    }

    private void modified(Entry entry, Found found) {
        bench.baseline().save(entry.without(Flag.CONTENT_UNSHOWN));
        bench.publish(Draft.reconstructed(
                found.observedAt(), EventType.MODIFIED, found.place(), found.stat(), Optional.empty()));
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

    /** Of a file that was known, whatever has been told of it since it was found. */
    void oweWrittenAsItIs(Entry entry, Found found, long nowNanos) {
        oweWritten(entry, fresh(entry, found), nowNanos);
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
