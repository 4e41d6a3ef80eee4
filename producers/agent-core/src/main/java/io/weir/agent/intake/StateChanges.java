package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.marks.CausationJudge.Verdict;
import io.weir.agent.marks.Subject;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.FoundClosed;
import io.weir.agent.source.Observation.Order;
import io.weir.agent.source.Place;
import io.weir.schemas.topic.Causation;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes of attributes and content, and accesses. */
final class StateChanges {
    /** How long a found file must be quiet before it counts as written. */
    static final long QUIET_NANOS = 250_000_000;

    private final Workbench bench;
    private final long coalesceNanos;
    private final Readings readings = new Readings();
    private final Set<Long> judgedDuringScans = Collections.newSetFromMap(new Recent<>());

    StateChanges(Workbench bench, long coalesceNanos) {
        this.bench = bench;
        this.coalesceNanos = coalesceNanos;
    }

    Outcome attributes(Change change) {
        Entry entry = bench.baseline().find(change.place()).orElse(null);
        if (entry == null) {
            return unknown(change, Optional.empty());
        }
        flushRun(entry, change.place());
        Subject subject = Subject.of(change.place(), entry, change.stat());
        FileStat now = entry.isFile(change.stat()) ? change.stat() : null;
        Optional<Causation> own = bench.judge().ownAttributes(subject);
        if (own.isPresent()) {
            if (bench.judge().inOpenScope(change.place())) {
                // Read late, it may show more than the action did: the next event that is not the action's is news.
                bench.baseline()
                        .save(
                                now == null
                                        ? entry.with(Flag.SCOPE_OWED)
                                        : entry.withAttributes(now).with(Flag.ATTRIBUTES_UNSHOWN));
            }
            return bench.publish(Draft.live(change.observedAt(), change.type(), change.place(), now, own));
        }
        if (readings.show(entry.id(), change.order()) && !entry.is(Flag.ATTRIBUTES_OWED)) {
            return Outcome.NO_NEWS;
        }
        if (now == null) {
            bench.baseline().save(entry.with(Flag.ATTRIBUTES_OWED));
            return Outcome.COALESCED;
        }
        return judge(entry, change, now, change.type());
    }

    private Outcome judge(Entry entry, Change change, FileStat now, String type) {
        Outcome outcome = judgeAttributes(entry, change.place(), now, change.observedAt(), type);
        if (outcome != Outcome.LEFT_TO_ACTION) {
            readings.told(entry.id(), change.order());
        }
        return outcome;
    }

    /** Whether attributes were told that were read when this event had been queued, or later. */
    boolean isToldSince(long entry, Order event) {
        return readings.show(entry, event);
    }

    /** Attributes were told. */
    void told(long entry, Order reading) {
        readings.told(entry, reading);
    }

    /** The attributes of a file were read and judged. */
    void judged(long entry) {
        judgedDuringScans.add(entry);
    }

    /** Whether they were since a scan that is under way began, so that what it has found may be older. */
    boolean isJudgedDuringScans(long entry) {
        return judgedDuringScans.contains(entry);
    }

    /** No scan is under way. */
    void scansAreOver() {
        judgedDuringScans.clear();
    }

    /** The stream begins anew. */
    void beginAnew() {
        readings.clear();
    }

    /** Attributes that could not be read when their change was told can be read now. */
    void settleOwed(Entry entry, Change moved, FileStat now) {
        if (bench.judge().ownAttributes(Subject.of(moved.place(), entry, now)).isEmpty()) {
            judge(entry, moved, now, EventType.ATTRIBUTES_CHANGED);
        }
    }

    private Outcome judgeAttributes(Entry entry, Place place, FileStat now, long observedAt, String type) {
        bench.pending().readAgain(entry.id(), now); // its times may have been set
        judged(entry.id());
        boolean touched = isTouched(entry, now);
        Verdict verdict = bench.judge().attributes(Subject.of(place, entry, now), entry, now, touched);
        if (verdict != Verdict.FOREIGN) {
            if (entry.is(Flag.ATTRIBUTES_OWED)) {
                bench.baseline().save(entry.without(Flag.ATTRIBUTES_OWED));
            }
            return verdict == Verdict.NO_NEWS ? Outcome.NO_NEWS : Outcome.LEFT_TO_ACTION;
        }
        Entry shown = entry.attributesShown(now);
        if (touched) {
            // Should the time stem from a write whose event is still to come, that event must not look like no news.
            shown = shown.withContent(now).with(Flag.CONTENT_UNSHOWN);
        }
        bench.baseline().save(shown);
        return bench.publish(Draft.live(observedAt, type, place, now, Optional.empty()));
    }

    /** Whether the modification time was set, as touch(1) does, rather than moved by a write. */
    private boolean isTouched(Entry entry, FileStat now) {
        FileStat known = entry.known();
        return known != null
                && known.mtime() != now.mtime()
                && known.size() == now.size()
                && !now.isDirectory()
                && (isNoWritingTime(known, now)
                        || (!entry.is(Flag.UNCLOSED) && !bench.pending().isInRun(entry.id())));
    }

    /** A write sets both times to the present, and all that came before the event that was read for has been told. */
    private static boolean isNoWritingTime(FileStat known, FileStat now) {
        return now.mtime() != now.ctime() || now.mtime() < known.mtime();
    }

    Outcome modified(Change change, long nowNanos) {
        Entry entry = bench.baseline().find(change.place()).orElse(null);
        Optional<Causation> own = bench.judge().ownContent(Subject.of(change.place(), entry, change.stat()));
        if (entry == null) {
            return unknown(change, own, Flag.UNCLOSED);
        }
        FileStat now = entry.isFile(change.stat()) ? change.stat() : null;
        if (own.isPresent()) {
            flushRun(entry, change.place()); // somebody else's
            return publishContent(bench.baseline().find(entry.id()).orElseThrow(), change, now, own, false);
        }
        if (now != null) {
            bench.pending().putOffWritten(entry.id(), nowNanos + QUIET_NANOS, now);
            FileStat known = entry.known();
            boolean same = known != null && known.size() == now.size() && known.mtime() == now.mtime();
            if (same && !entry.is(Flag.CONTENT_UNSHOWN) && !bench.pending().isInRun(entry.id())) {
                return Outcome.NO_NEWS;
            }
            if (bench.pending().joinRun(entry.id(), now, change.observedAt())) {
                return Outcome.COALESCED;
            }
            if (coalesceNanos > 0) {
                bench.pending().beginRun(entry.id(), nowNanos + coalesceNanos);
            }
        }
        return publishContent(entry, change, now, own, true);
    }

    Outcome written(Change change) {
        Entry entry = bench.baseline().find(change.place()).orElse(null);
        Optional<Causation> own = bench.judge().ownContent(Subject.of(change.place(), entry, change.stat()));
        if (entry == null) {
            return unknown(change, own);
        }
        if (own.isPresent()) {
            flushRun(entry, change.place()); // somebody else's
            entry = bench.baseline().find(entry.id()).orElseThrow();
        }
        bench.pending().forget(entry.id());
        FileStat now = entry.isFile(change.stat()) ? change.stat() : null;
        return publishContent(entry, change, now, own, false);
    }

    /** A file that a scan came upon was closed unseen; not if it was known before, and its closing told. */
    void foundClosed(FoundClosed closed) {
        Entry entry = bench.baseline().find(closed.place()).orElse(null);
        if (entry != null && entry.is(Flag.UNCLOSED) && entry.isFile(closed.stat())) {
            written(new Change(closed.observedAt(), EventType.WRITTEN, closed.place(), null, false, closed.stat()));
        }
    }

    Outcome access(Change change) {
        Entry entry = bench.baseline().find(change.place()).orElse(null);
        if (entry == null && change.stat() == null) {
            return Outcome.NO_NEWS; // A file that never had a name, by which the kernel calls it all the same: open(2),
            // O_TMPFILE.
        }
        Optional<Causation> own = bench.judge().ownAccess(Subject.of(change.place(), entry, change.stat()));
        return bench.publish(Draft.live(change.observedAt(), change.type(), change.place(), change.stat(), own));
    }

    /** Events of which only the source knows what they mean. */
    Outcome other(Change change) {
        Entry entry = bench.baseline().find(change.place()).orElse(null);
        Subject subject = Subject.of(change.place(), entry, change.stat());
        Optional<Causation> own =
                bench.judge().ownAttributes(subject).or(() -> bench.judge().ownContent(subject));
        return bench.publish(Draft.live(change.observedAt(), change.type(), change.place(), change.stat(), own));
    }

    /** Publishes what a run of {@code modified} has kept back, before another event of the file. */
    void flushRun(Entry entry, Place place) {
        bench.pending().endRun(entry.id()).ifPresent(run -> publishRun(entry, place, run));
    }

    /** A {@code written} is due once the file has been quiet for a while. */
    void oweWritten(Entry entry, FileStat now, long observedAt, long nowNanos) {
        bench.baseline().save(entry.with(Flag.UNCLOSED).without(Flag.UNSETTLED));
        bench.pending().oweWritten(entry.id(), nowNanos + QUIET_NANOS, now, observedAt);
    }

    /** Publishes an owed {@code written}, before the file goes elsewhere. */
    void flushWritten(Entry entry, Place place) {
        bench.pending().takeWritten(entry.id()).ifPresent(owed -> publishWritten(entry.id(), place, owed));
    }

    /** Publishes what is due. */
    void publishDue(PendingEvents.Due due, long nowNanos) {
        Entry entry = bench.baseline().find(due.entry()).orElse(null);
        if (entry == null) {
            return;
        }
        Place place = bench.baseline().place(entry);
        due.run().ifPresent(run -> {
            publishRun(entry, place, run);
            bench.pending().beginRun(entry.id(), nowNanos + coalesceNanos);
        });
        due.written().ifPresent(owed -> publishWritten(entry.id(), place, owed));
    }

    private void publishRun(Entry entry, Place place, PendingEvents.Run run) {
        FileStat last = run.last();
        if (last != null) {
            bench.baseline()
                    .save(entry.withContent(last)
                            .without(Flag.CONTENT_UNSHOWN, Flag.UNSETTLED)
                            .with(Flag.UNCLOSED));
            bench.publish(Draft.live(run.observedAt(), EventType.MODIFIED, place, last, Optional.empty()));
        }
    }

    private void publishWritten(long id, Place place, PendingEvents.Written owed) {
        bench.baseline().find(id).ifPresent(entry -> flushRun(entry, place));
        bench.baseline().find(id).ifPresent(entry -> {
            Entry shown = entry.withContent(owed.found()).without(Flag.UNCLOSED, Flag.CONTENT_UNSHOWN, Flag.UNSETTLED);
            bench.baseline().save(shown);
            // Its attributes may have changed since it was found, and been told.
            bench.publish(
                    Draft.reconstructed(owed.observedAt(), EventType.WRITTEN, place, shown.known(), Optional.empty()));
        });
    }

    private Outcome publishContent(
            Entry entry, Change change, @Nullable FileStat now, Optional<Causation> own, boolean unclosed) {
        Entry saved = (now == null ? entry : entry.withContent(now)).without(Flag.UNSETTLED);
        saved = own.isPresent() ? saved.with(Flag.CONTENT_UNSHOWN) : saved.without(Flag.CONTENT_UNSHOWN);
        saved = now == null && own.isEmpty() ? saved.with(Flag.CONTENT_OWED) : saved.without(Flag.CONTENT_OWED);
        saved = now == null && own.isPresent() ? saved.with(Flag.SCOPE_OWED) : saved;
        bench.baseline().save(unclosed ? saved.with(Flag.UNCLOSED) : saved.without(Flag.UNCLOSED));
        return bench.publish(Draft.live(change.observedAt(), change.type(), change.place(), now, own));
    }

    /**
     * A change of a file that the baseline does not have. If an action declared it, it is told. Else the file that is there
     * now is still to come, by the stream or by a comparison, and then told as it is; and what has changed is elsewhere: the
     * kernel may queue a write under the old name behind the rename or deletion that it fell together with.
     */
    private Outcome unknown(Change change, Optional<Causation> own, Flag... flags) {
        Optional<Causation> cause = own.isPresent() || !change.type().equals(EventType.ATTRIBUTES_CHANGED)
                ? own
                : bench.judge().ownAttributes(Subject.of(change.place(), null, change.stat()));
        if (cause.isEmpty()) {
            return Outcome.NO_NEWS;
        }
        if (change.stat() != null) {
            bench.baseline().add(change.place(), change.stat(), flags);
        }
        return bench.publish(Draft.live(change.observedAt(), change.type(), change.place(), change.stat(), cause));
    }
}
