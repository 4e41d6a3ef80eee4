package io.weir.agent.stream;

import io.weir.agent.intake.Draft;
import io.weir.agent.intake.EventType;
import io.weir.agent.intake.GapSpan;
import io.weir.agent.intake.Gaps;
import io.weir.agent.intake.Intake;
import io.weir.agent.intake.Outbox;
import io.weir.agent.intake.Outcome;
import io.weir.agent.intake.OutcomeCounts;
import io.weir.agent.marks.CausationJudge;
import io.weir.agent.marks.MarkFlow;
import io.weir.agent.marks.Subject;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Checkpoint;
import io.weir.agent.source.Observation.Difference;
import io.weir.agent.source.Observation.GapClosed;
import io.weir.agent.source.Observation.GapOpened;
import io.weir.agent.source.Observation.MarkSeen;
import io.weir.agent.source.Observation.Overlap;
import io.weir.agent.source.Observation.ScanFinished;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Observation.Settled;
import io.weir.agent.source.Observation.Side;
import io.weir.agent.source.Observation.StreamEvent;
import io.weir.agent.source.Place;
import io.weir.agent.stream.ToldFiles.Row;
import io.weir.schemas.topic.Causation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** For a source that tells all while its stream lasts, and compares by itself after a break; the package's page tells how. */
public final class StreamIntake implements Intake {
    /** What the agent knows of earlier runs. */
    public interface History {
        /** When the agent was last known to run, microseconds since 1970; empty if it never ran. */
        OptionalLong lastAlive();

        /** The source's last checkpoint. */
        Optional<String> checkpoint();

        /** Keeps it, with the next commit. */
        void checkpoint(String id);
    }

    private final ToldFiles told;
    private final CausationJudge judge;
    private final MarkFlow marks;
    private final Outbox outbox;
    private final ActionFiles actionFiles;
    private final Differences differences;
    private final WalkedTree walked;
    private final History history;
    private final Gaps gaps;
    private final OutcomeCounts counts = new OutcomeCounts();
    private boolean comparing;
    private long observedAt;
    private volatile Optional<String> checkpoint;

    /** Connects itself with the marks. */
    public StreamIntake(
            ToldFiles told, CausationJudge judge, MarkFlow marks, Outbox outbox, Reader reader, History history) {
        this.told = told;
        this.judge = judge;
        this.marks = marks;
        this.outbox = outbox;
        this.actionFiles = new ActionFiles(judge, outbox, reader);
        var reconstructed = new Reconstructed(judge, outbox);
        this.differences = new Differences(told, reconstructed, reader);
        this.walked = new WalkedTree(told, reconstructed, reader);
        this.history = history;
        this.gaps = new Gaps(outbox);
        this.checkpoint = history.checkpoint().filter(id -> !id.equals(Checkpoint.NOTHING));
        marks.connect(judge, (action, ended, last) -> actionFiles.compare(action, observedAt));
    }

    @Override
    public void take(Observation observation, long nowNanos) {
        observedAt = observation.observedAt();
        if (observation instanceof StreamEvent event) {
            counts.take();
            counts.add(event(event));
        } else if (observation instanceof MarkSeen mark) {
            marks.seen(mark.volume(), mark.fileName(), 0);
            actionFiles.begun(mark.fileName());
        } else if (observation instanceof Difference difference) {
            comparison().take(difference);
        } else if (observation instanceof Settled settled) {
            settled(settled.now());
        } else if (observation instanceof Checkpoint kept) {
            keep(kept);
        } else if (observation instanceof ScanStarted started) {
            scanStarted(started);
        } else if (observation instanceof ScanFinished finished) {
            finished(finished);
        } else if (observation instanceof GapOpened opened) {
            gaps.opened(opened);
            retain();
        } else if (observation instanceof GapClosed closed) {
            gaps.closed(closed);
            retain();
        }
    }

    // Comparisons

    private void scanStarted(ScanStarted started) {
        String volume = started.place().volume();
        comparing = true;
        comparison().started(checkpoint.isEmpty());
        retain();
        marks.resync(volume);
        OptionalLong lastAlive = history.lastAlive();
        if (started.reason() == ScanReason.START && checkpoint.isPresent() && lastAlive.isPresent()) {
            gaps.agentStopped(started, lastAlive.getAsLong());
        }
    }

    private void finished(ScanFinished finished) {
        if (finished.unread().isEmpty()) {
            comparison().finished(finished.place().volume(), finished.observedAt());
        }
        comparing = false;
        retain();
    }

    /** Where there is no kept state to compare with, or never was one, the tree is walked. */
    private Comparison comparison() {
        return checkpoint.isEmpty() || checkpoint.get().equals(Checkpoint.AS_TOLD) ? walked : differences;
    }

    /** All that has led to this state was told. */
    private void settled(Side now) {
        Optional<Row> here = told.of(now.file(), now.place().path());
        boolean elsewhere = !Present.hasMoreNames(now)
                && told.ofFile(now.file().fileId()).stream().anyMatch(Row::there);
        if (here.isEmpty() && !elsewhere) {
            told.there(now.place(), now.file(), now.stat(), comparing);
        } else if (here.isPresent() && here.get().there()) {
            told.there(here.get().place(), now.file(), now.stat(), comparing);
        }
    }

    private void retain() {
        marks.retain(comparing || gaps.anyOpen());
    }

    private void keep(Checkpoint kept) {
        if (kept.taken()) {
            if (kept.id().equals(Checkpoint.NOTHING)) {
                told.newGeneration();
            }
            told.forgetOlder();
            history.checkpoint(kept.id());
            checkpoint = Optional.of(kept.id()).filter(id -> !id.equals(Checkpoint.NOTHING));
        } else {
            told.newGeneration();
        }
    }

    // Events

    private Outcome event(StreamEvent event) {
        if (event.overlap() == Overlap.NONE || !event.file().isComplete()) {
            return tell(event);
        }
        return comparison().take(event).map(this::tell).orElse(Outcome.COALESCED);
    }

    private Outcome tell(StreamEvent event) {
        return switch (event.type()) {
            case EventType.CREATED, EventType.MOVED_IN -> came(event);
            case EventType.MOVED -> event.previous() == null ? came(event) : moved(event, event.previous());
            case EventType.DELETED, EventType.MOVED_OUT -> left(event);
            default -> changed(event);
        };
    }

    private Outcome came(StreamEvent event) {
        there(event, null);
        Subject file = subject(event);
        Outcome outcome = publish(event, judge.ownArrival(file));
        if (event.type().equals(EventType.MOVED_IN)) {
            judge.foreignMove(file);
        }
        return outcome;
    }

    private Outcome moved(StreamEvent event, Place from) {
        if (event.file().directory()) {
            comparison().renamed(from, event.place());
        }
        FileStat known = null;
        if (event.from() != null && event.from().isComplete()) {
            known = told.of(event.from(), from.path()).map(Row::stat).orElse(null);
            told.leave(event.from(), from.path());
        }
        there(event, known);
        Subject moved = subject(event);
        Optional<Causation> own = judge.ownMove(from, moved);
        if (own.isEmpty()) {
            judge.foreignMove(moved);
        }
        return publish(event, own);
    }

    private Outcome left(StreamEvent event) {
        if (event.file().isComplete()) {
            comparison().gone(event);
        }
        boolean deleted = event.type().equals(EventType.DELETED);
        return publish(event, judge.ownDeparture(subject(event), deleted));
    }

    private Outcome changed(StreamEvent event) {
        if (event.file().isComplete()) {
            told.unread(event.file(), event.place().path());
        }
        if (actionFiles.isTold(event)) {
            return Outcome.NO_NEWS;
        }
        return publish(event, ownChange(event));
    }

    /** The stream tells which field has changed: a window of another field does not explain it. */
    private Optional<Causation> ownChange(StreamEvent event) {
        Subject file = subject(event);
        return switch (event.type()) {
            case EventType.OWNER_CHANGED -> judge.ownFields(file, Set.of("uid"));
            case EventType.GROUP_CHANGED -> judge.ownFields(file, Set.of("gid"));
            // Whoever is given a file is in its access list, too.
            case EventType.ACL_CHANGED -> judge.ownFields(file, Set.of("mode", "uid", "gid"));
            default -> judge.ownContent(file);
        };
    }

    /** What was read with it, late, may show more than the stream has told. That it is there a comparison need not find. */
    private void there(StreamEvent event, @Nullable FileStat known) {
        if (event.file().isComplete()) {
            told.came(event.place(), event.file(), known, comparing);
        }
    }

    private static Subject subject(StreamEvent event) {
        return new Subject(event.place(), 0, event.file().fileId());
    }

    private Outcome publish(StreamEvent event, Optional<Causation> own) {
        @Nullable Place previous = event.type().equals(EventType.MOVED) ? event.previous() : null;
        var draft =
                new Draft(event.observedAt(), event.type(), event.place(), previous, event.stat(), false, own, null);
        String fileId = event.file().fileId();
        return outbox.publish(fileId.isEmpty() ? draft : draft.of(fileId)) ? Outcome.PUBLISHED : Outcome.NOT_ASKED;
    }

    // The agent

    @Override
    public void spoolWasFull(long since, long now) {
        // The stream was read on meanwhile; what it had no room for, the source tells as a gap of its own.
    }

    @Override
    public void takenOver(Place tree, String from, long since, long now) {
        gaps.takenOver(tree, from, since, now);
    }

    @Override
    public OptionalLong nextDue() {
        return OptionalLong.empty();
    }

    @Override
    public void publishDue(long nowNanos) {
        // Nothing is put off.
    }

    @Override
    public void publishPending(long nowNanos) {
        // Nothing is put off.
    }

    @Override
    public Optional<String> checkpoint() {
        return checkpoint;
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
