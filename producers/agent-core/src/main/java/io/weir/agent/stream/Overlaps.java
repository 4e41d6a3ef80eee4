package io.weir.agent.stream;

import io.weir.agent.intake.Draft;
import io.weir.agent.intake.EventType;
import io.weir.agent.intake.Outbox;
import io.weir.agent.intake.Outcome;
import io.weir.agent.marks.CausationJudge;
import io.weir.agent.marks.Subject;
import io.weir.agent.source.FileIdentity;
import io.weir.agent.source.Observation.Overlap;
import io.weir.agent.source.Observation.StreamEvent;
import io.weir.agent.source.Place;
import io.weir.agent.stream.ToldFiles.Row;
import java.util.List;
import java.util.Optional;

/**
 * What the stream tells that a comparison has shown already, or has gone beyond: the stream begins before the state that is
 * compared. What led a file to where it was told to be is not told again; what leads it away from there is.
 */
final class Overlaps {
    private final ToldFiles told;
    private final CausationJudge judge;
    private final Outbox outbox;
    private final Reader reader;

    Overlaps(ToldFiles told, CausationJudge judge, Outbox outbox, Reader reader) {
        this.told = told;
        this.judge = judge;
        this.outbox = outbox;
        this.reader = reader;
    }

    /**
     * What becomes of an event because of the comparison; empty if it is to be told.
     *
     * @param complete whether all files of the tree are known
     */
    Optional<Outcome> judge(StreamEvent event, boolean complete) {
        List<Row> rows = told.ofFile(event.file().fileId());
        if (rows.isEmpty() && complete) {
            return unknown(event);
        }
        boolean surely = event.overlap() == Overlap.SURELY;
        boolean toTell =
                switch (event.type()) {
                    case EventType.CREATED, EventType.MOVED_IN -> rows.isEmpty();
                    case EventType.MOVED ->
                        rows.isEmpty() ? !surely && wasCompared(event) : leadsAway(event, rows, complete);
                    case EventType.DELETED, EventType.MOVED_OUT ->
                        rows.isEmpty() ? !surely && wasCompared(event) : leaves(event, rows, complete);
                    default -> !surely;
                };
        return toTell ? Optional.empty() : Optional.of(Outcome.COALESCED);
    }

    /** What came during the break and is gone before the compared state was never told. */
    private boolean wasCompared(StreamEvent event) {
        return reader.wasCompared(event.file().fileId());
    }

    /** With places as they have been told: when it happened, directories above may have had other names. */
    StreamEvent asTold(StreamEvent event) {
        List<Row> names =
                told.ofFile(event.file().fileId()).stream().filter(Row::there).toList();
        boolean departs = event.type().equals(EventType.DELETED) || event.type().equals(EventType.MOVED_OUT);
        Place place = told.of(event.file(), event.place().path())
                .filter(Row::there)
                .or(() -> departs && !names.isEmpty() ? Optional.of(names.get(0)) : Optional.empty())
                .map(Row::place)
                .or(() -> told.ofFile(event.file().directoryId()).stream()
                        .filter(Row::there)
                        .findFirst()
                        .map(directory -> below(directory.place(), event.place())))
                .orElse(event.place());
        Place previous = event.previous();
        FileIdentity from = event.from();
        if (previous != null && from != null) {
            previous = told.of(from, previous.path())
                    .filter(Row::there)
                    .map(Row::place)
                    .orElse(previous);
        }
        return new StreamEvent(
                event.observedAt(), event.type(), place, previous, event.file(), from, event.stat(), event.overlap());
    }

    private static Place below(Place directory, Place file) {
        String name = ToldFiles.nameOf(file.path());
        return new Place(directory.volume(), directory.path().equals("/") ? "/" + name : directory.path() + "/" + name);
    }

    private boolean leadsAway(StreamEvent event, List<Row> rows, boolean walked) {
        FileIdentity from = event.from();
        if (from == null || event.previous() == null || isThere(rows, event.file(), event)) {
            return false;
        }
        if (walked) {
            leave(rows);
            return true;
        }
        return rows.stream().anyMatch(row -> row.there() && row.isNamed(from, event.previous()));
    }

    private void leave(List<Row> rows) {
        rows.stream().filter(Row::there).forEach(row -> told.leave(row.file(), row.path()));
    }

    /** What a walk came upon under another name, or did not come upon, has gone all the same. */
    private boolean leaves(StreamEvent event, List<Row> rows, boolean walked) {
        if (isThere(rows, event.file(), event)) {
            return true;
        }
        if (walked && rows.stream().anyMatch(Row::there)) {
            leave(rows);
            return true;
        }
        return false;
    }

    private static boolean isThere(List<Row> rows, FileIdentity file, StreamEvent event) {
        return rows.stream().anyMatch(row -> row.there() && row.isNamed(file, event.place()));
    }

    /** Of a file that came during the break: that it came is told first, unless it has gone. */
    private Optional<Outcome> unknown(StreamEvent event) {
        return switch (event.type()) {
            case EventType.CREATED, EventType.MOVED_IN -> Optional.empty();
            case EventType.DELETED, EventType.MOVED_OUT -> Optional.of(Outcome.NO_NEWS);
            default -> {
                Place before = event.type().equals(EventType.MOVED) && event.previous() != null
                        ? event.previous()
                        : event.place();
                FileIdentity named = event.from() == null ? event.file() : event.from();
                told.there(before, named, null, false);
                var file = new Subject(before, 0, named.fileId());
                outbox.publish(Draft.reconstructed(
                                event.observedAt(), EventType.CREATED, before, null, judge.explainArrival(file))
                        .of(named.fileId()));
                yield Optional.empty();
            }
        };
    }
}
