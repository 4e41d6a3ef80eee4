package io.weir.agent.intake;

import io.weir.agent.baseline.Baseline;
import io.weir.agent.marks.CausationJudge;
import io.weir.agent.marks.MarkFlow;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.FoundClosed;
import io.weir.agent.source.Observation.GapClosed;
import io.weir.agent.source.Observation.GapOpened;
import io.weir.agent.source.Observation.Left;
import io.weir.agent.source.Observation.MarkSeen;
import io.weir.agent.source.Observation.ScanFinished;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * For a source that sees the tree only by looking at it: the baseline has all of it, and scans are held against that. The
 * package's page tells how.
 */
public final class ScanIntake implements Intake {
    /**
     * How it decides.
     *
     * @param coalesceNanos runs of {@code modified} within this become one event; 0: none do
     * @param emitFirst whether the first scan of a tree publishes what it finds
     */
    public record Settings(long coalesceNanos, boolean emitFirst) {}

    /** What the agent knew of earlier runs. */
    public interface History extends Scans.Roots {
        /** When the agent was last known to run, microseconds since 1970; empty if it never ran. */
        OptionalLong lastAlive();
    }

    private final Workbench bench;
    private final StateChanges states;
    private final Scans scans;
    private final PlaceChanges places;
    private final Gaps gaps;
    private final MarkFlow marks;
    private final History history;
    private final EndComparison comparison;
    private final OutcomeCounts counts = new OutcomeCounts();
    private final Set<String> volumesRead = new HashSet<>();
    /** Where something was not seen that a comparison is still to reveal. */
    private final Set<Place> blind = new HashSet<>();

    private long observedAt;
    private long readBehind;

    /**
     * Connects itself with the marks.
     *
     * @param stat reads a file now
     */
    public ScanIntake(
            Settings settings,
            Baseline baseline,
            CausationJudge judge,
            MarkFlow marks,
            Outbox outbox,
            Function<Place, Optional<FileStat>> stat,
            History history) {
        this.bench = new Workbench(baseline, judge, outbox, new PendingEvents(), new ActiveScans(), stat);
        this.states = new StateChanges(bench, settings.coalesceNanos());
        this.scans = new Scans(bench, states, history, settings.emitFirst());
        this.places = scans.places();
        this.gaps = new Gaps(outbox);
        this.marks = marks;
        this.history = history;
        this.comparison = new EndComparison(bench, states, scans.destinations());
        marks.connect(judge, this::compare);
    }

    @Override
    public void take(Observation observation, long nowNanos) {
        observedAt = observation.observedAt();
        if (observation instanceof Change change) {
            if (change.type().equals(EventType.MOVED_OUT)) {
                left(change, List.of(), nowNanos);
            } else {
                count(withoutAnother(change), false, nowNanos);
            }
        } else if (observation instanceof Left left) {
            left(movedOut(left), left.maybe(), nowNanos);
        } else if (observation instanceof FoundClosed closed) {
            states.foundClosed(closed);
        } else if (observation instanceof Found found) {
            scans.found(found, nowNanos);
        } else if (observation instanceof MarkSeen mark) {
            readBehind = mark.order().readBehind();
            marks.seen(mark.volume(), mark.fileName(), mark.order().queued());
        } else if (observation instanceof ScanStarted started) {
            scanStarted(started);
        } else if (observation instanceof ScanFinished finished) {
            scans.finished(finished, nowNanos);
            if (finished.reason().compares()) {
                blind.removeIf(place -> hasRead(finished, place));
            }
            retain();
        } else if (observation instanceof GapOpened opened) {
            gaps.opened(opened);
            blind.add(opened.place());
            places.blind();
            retain();
        } else if (observation instanceof GapClosed closed) {
            gaps.closed(closed);
            blind.remove(closed.place());
            retain();
        }
    }

    /** Whether a scan has read all of a subtree. */
    private static boolean hasRead(ScanFinished scan, Place place) {
        return Place.isAtOrBelow(place, scan.place())
                && scan.unread().stream()
                        .noneMatch(part -> Place.isAtOrBelow(part, place) || Place.isAtOrBelow(place, part));
    }

    private void left(Change left, List<Found> maybe, long nowNanos) {
        Optional<Change> whereTo = scans.destinations().whereTo(left, maybe);
        if (whereTo.isPresent()) {
            count(whereTo.get(), true, nowNanos);
        } else {
            counts.take();
            counts.add(Outcome.COALESCED);
        }
    }

    private static Change movedOut(Left left) {
        return new Change(left.observedAt(), EventType.MOVED_OUT, left.place(), null, false, null);
    }

    /** What was read, late, is surely another file if one is a directory and the other is not. */
    private static Change withoutAnother(Change c) {
        return c.stat() == null || c.stat().isDirectory() == c.directory()
                ? c
                : new Change(c.observedAt(), c.type(), c.place(), c.previous(), c.directory(), null);
    }

    /** @param ahead whether it shows what lies ahead of the stream */
    private void count(Change change, boolean ahead, long nowNanos) {
        counts.take();
        scans.during().before(change, nowNanos);
        counts.add(change(change, ahead, nowNanos));
        scans.during().after(change, nowNanos);
        if (!ahead || change.stat() != null) {
            scans.during().observed(change.place());
        }
    }

    private Outcome change(Change change, boolean ahead, long nowNanos) {
        return switch (change.type()) {
            case EventType.CREATED -> places.created(change);
            case EventType.MOVED_IN -> places.movedIn(change, nowNanos);
            case EventType.MOVED ->
                change.previous() == null
                        ? places.movedIn(change, nowNanos)
                        : places.moved(change, change.previous(), ahead, nowNanos);
            case EventType.MOVED_OUT, EventType.DELETED -> places.departures().departed(change);
            case EventType.ATTRIBUTES_CHANGED -> states.attributes(change);
            case EventType.MODIFIED -> states.modified(change, nowNanos);
            case EventType.WRITTEN -> states.written(change);
            default -> EventType.isAccess(change.type()) ? states.access(change) : states.other(change);
        };
    }

    private void scanStarted(ScanStarted started) {
        Scan.Mode mode = scans.started(started);
        String volume = started.place().volume();
        boolean first = started.reason() == ScanReason.START && volumesRead.add(volume);
        if (started.reason() == ScanReason.START || started.reason() == ScanReason.REPAIR) {
            states.beginAnew();
        }
        if (first || started.reason() == ScanReason.REPAIR || !blind.isEmpty()) {
            marks.resync(volume);
        }
        retain();
        OptionalLong lastAlive = history.lastAlive();
        if (started.reason() == ScanReason.START && mode == Scan.Mode.COMPARE && lastAlive.isPresent()) {
            gaps.agentStopped(started, lastAlive.getAsLong());
        }
    }

    private void retain() {
        if (!scans.anyRevealing()) {
            states.scansAreOver();
        }
        marks.retain(!blind.isEmpty() || scans.anyRevealing());
    }

    private boolean compare(String action, long ended, boolean last) {
        return comparison.compare(action, ended, last, new EndComparison.Time(observedAt, readBehind));
    }

    @Override
    public void spoolWasFull(long since, long now) {
        for (String volume : volumesRead) {
            gaps.over(
                    now,
                    new Place(volume, "/"),
                    "spool-full",
                    "nothing could be delivered for so long that the spool reached its limit; the source had to wait",
                    since);
        }
    }

    @Override
    public void takenOver(Place tree, String from, long since, long now) {
        gaps.takenOver(tree, from, since, now);
    }

    @Override
    public OptionalLong nextDue() {
        return bench.pending().next();
    }

    @Override
    public void publishDue(long nowNanos) {
        bench.pending().takeDue(nowNanos).forEach(due -> states.publishDue(due, nowNanos));
    }

    @Override
    public void publishPending(long nowNanos) {
        bench.pending().takeAll().forEach(due -> states.publishDue(due, nowNanos));
    }

    @Override
    public long changes() {
        return counts.taken();
    }

    @Override
    public Map<Outcome, Long> counts() {
        return counts.counts();
    }

    @Override
    public List<GapSpan> coverage() {
        return gaps.spans();
    }

    @Override
    public int openGaps() {
        return gaps.count();
    }
}
