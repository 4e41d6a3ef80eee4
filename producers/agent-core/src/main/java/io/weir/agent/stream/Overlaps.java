package io.weir.agent.stream;

import io.weir.agent.intake.EventType;
import io.weir.agent.source.FileIdentity;
import io.weir.agent.source.Observation.Overlap;
import io.weir.agent.source.Observation.StreamEvent;
import io.weir.agent.source.Place;
import io.weir.agent.stream.ToldFiles.Row;
import java.util.List;
import java.util.Optional;

/**
 * What the stream tells that a comparison of kept states has shown already, or has gone beyond: the stream begins before the state that is
 * compared. What led a file to where it was told to be is not told again; what leads it away from there is.
 */
final class Overlaps {
    private final ToldFiles told;
    private final Reader reader;

    Overlaps(ToldFiles told, Reader reader) {
        this.told = told;
        this.reader = reader;
    }

    /** The event as it is to be told; empty if the comparison has told it. */
    Optional<StreamEvent> take(StreamEvent event) {
        return Optional.of(asTold(event)).filter(this::isNews);
    }

    private boolean isNews(StreamEvent event) {
        List<Row> rows = told.ofFile(event.file().fileId());
        boolean surely = event.overlap() == Overlap.SURELY;
        return switch (event.type()) {
            case EventType.CREATED, EventType.MOVED_IN -> rows.isEmpty();
            case EventType.MOVED -> rows.isEmpty() ? !surely && wasCompared(event) : leadsAway(event, rows);
            case EventType.DELETED, EventType.MOVED_OUT ->
                rows.isEmpty() ? !surely && wasCompared(event) : isThere(rows, event.file(), event);
            default -> !surely;
        };
    }

    /** What came during the break and is gone before the compared state was never told. */
    private boolean wasCompared(StreamEvent event) {
        return reader.wasCompared(event.file().fileId());
    }

    /** With places as they have been told: when it happened, directories above may have had other names. */
    private StreamEvent asTold(StreamEvent event) {
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
                        .map(directory -> directory
                                .place()
                                .child(ToldFiles.nameOf(event.place().path()))))
                .orElse(event.place());
        Place previous = event.previous();
        FileIdentity from = event.from();
        if (previous != null && from != null) {
            previous = told.of(from, previous.path())
                    .filter(Row::there)
                    .map(Row::place)
                    .orElse(previous);
        }
        return event.at(place, previous);
    }

    private static boolean leadsAway(StreamEvent event, List<Row> rows) {
        FileIdentity from = event.from();
        return from != null
                && event.previous() != null
                && !isThere(rows, event.file(), event)
                && rows.stream().anyMatch(row -> row.there() && row.isNamed(from, event.previous()));
    }

    private static boolean isThere(List<Row> rows, FileIdentity file, StreamEvent event) {
        return rows.stream().anyMatch(row -> row.there() && row.isNamed(file, event.place()));
    }
}
