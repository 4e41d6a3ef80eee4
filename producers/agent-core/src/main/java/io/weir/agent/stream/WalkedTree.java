package io.weir.agent.stream;

import io.weir.agent.intake.EventType;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Difference;
import io.weir.agent.source.Observation.Side;
import io.weir.agent.source.Observation.StreamEvent;
import io.weir.agent.source.Place;
import io.weir.agent.source.StatChanges;
import io.weir.agent.stream.ToldFiles.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tree that is walked while it changes, where no state of it can be kept. All of it is known by what was told; a walk is
 * compared with that.
 *
 * <p>What is known is changed by nothing but what is published, and just as whoever reads that would change it: what moves
 * or goes takes all below it along, and no place has two files. So whatever is known in the end has been told. The walk's
 * findings are of different moments, and the stream's events of moments before some of them. An event that fits what is
 * known is told as it is; for one that does not, the file is read as it is now. So is what was told and not come upon.
 *
 * <p>For one thread.
 */
final class WalkedTree implements Comparison {
    private final ToldFiles told;
    private final Reconstructed reconstructed;
    private final Present present;
    /** Files told to be gone, since another came to their place, that may be there still. */
    private final Set<String> displaced = new LinkedHashSet<>();
    /** Files whose place is being found. */
    private final Set<String> open = new HashSet<>();

    private boolean record;

    WalkedTree(ToldFiles told, Reconstructed reconstructed, Reader reader) {
        this.told = told;
        this.reconstructed = reconstructed;
        this.present = new Present(reader);
    }

    @Override
    public void started(boolean first) {
        record = first;
        displaced.clear();
        told.confirmNone();
    }

    @Override
    public void renamed(Place from, Place to) {
        told.relocated(from, to);
    }

    @Override
    public void gone(StreamEvent event) {
        told.removed(event.place(), event.file());
    }

    /** The walk has come upon a file. */
    @Override
    public void take(Difference difference) {
        Side now = difference.now();
        if (now == null) {
            return;
        }
        if (record) {
            recorded(now);
        } else {
            there(now, difference.changes(), difference.observedAt());
        }
    }

    /** What the stream has told is as it told it. */
    private void recorded(Side now) {
        if (Present.hasMoreNames(now)
                ? told.of(now.file(), now.place().path()).isPresent()
                : !told.ofFile(now.file().fileId()).isEmpty()) {
            told.confirm(now.file(), now.place().path());
        } else {
            told.there(now.place(), now.file(), now.stat(), true);
        }
    }

    /** All that can be come upon has been. What was told to be elsewhere has gone, or has moved meanwhile. */
    @Override
    public void finished(String volume, long observedAt) {
        record = false;
        List<Row> unconfirmed = new ArrayList<>(told.unconfirmed(volume));
        unconfirmed.sort(Comparator.comparing(Row::path).reversed()); // directories after what was in them
        unconfirmed.forEach(row -> look(row, present.find(row.file().fileId()), observedAt));
        for (String fileId : List.copyOf(displaced)) {
            present.find(fileId).ifPresent(now -> there(now, List.of(), observedAt));
        }
        displaced.clear();
    }

    // Events of the stream that may be older than what the walk has shown

    /** While there is nothing to compare the walk with, all that the stream tells is news. */
    @Override
    public Optional<StreamEvent> take(StreamEvent event) {
        return record ? Optional.of(event) : compared(event);
    }

    private Optional<StreamEvent> compared(StreamEvent event) {
        StreamEvent placed = placed(event);
        List<Row> rows = told.ofFile(event.file().fileId());
        Optional<Row> here = named(rows, placed);
        return switch (event.type()) {
            case EventType.CREATED, EventType.MOVED_IN -> {
                if (here.isPresent()) {
                    yield Optional.empty();
                }
                yield rows.isEmpty() && isFree(placed) ? Optional.of(placed) : looked(event);
            }
            case EventType.MOVED -> {
                if (here.isPresent()) {
                    yield Optional.empty();
                }
                yield moved(event, placed, rows);
            }
            case EventType.DELETED, EventType.MOVED_OUT -> {
                if (rows.isEmpty()) {
                    yield Optional.empty();
                }
                yield here.isPresent() && rows.size() == 1
                        ? here.map(row -> placed.at(row.place(), null))
                        : looked(event);
            }
            default -> {
                if (rows.isEmpty()) {
                    looked(event);
                }
                yield Optional.of(placed(event));
            }
        };
    }

    private Optional<StreamEvent> moved(StreamEvent event, StreamEvent placed, List<Row> rows) {
        return rows.stream()
                .filter(row -> rows.size() == 1 && fits(event, placed, row))
                .findFirst()
                .map(row -> placed.at(placed.place(), row.place()))
                .or(() -> looked(event));
    }

    private boolean fits(StreamEvent event, StreamEvent placed, Row row) {
        return event.from() != null
                && event.previous() != null
                && row.isNamed(event.from(), event.previous())
                && isFree(placed)
                && !Place.isAtOrBelow(placed.place(), row.place());
    }

    private static Optional<Row> named(List<Row> rows, StreamEvent event) {
        return rows.stream()
                .filter(row -> row.isNamed(event.file(), event.place()))
                .findFirst();
    }

    /** Whether its directory is known, and no other file is known to be there. */
    private boolean isFree(StreamEvent placed) {
        return isKnown(placed.file().directoryId(), placed.place())
                && told.otherThan(placed.file(), placed.place()).isEmpty();
    }

    private boolean isKnown(String directoryId, Place file) {
        return isInRoot(file) || directory(directoryId).isPresent();
    }

    private static boolean isInRoot(Place file) {
        return file.parent().path().equals("/");
    }

    /** In its directory where that was told to be: when it happened, directories above may have had other names. */
    private StreamEvent placed(StreamEvent event) {
        return directory(event.file().directoryId())
                .map(directory -> event.at(below(directory, event.place()), event.previous()))
                .orElse(event);
    }

    private Optional<StreamEvent> looked(StreamEvent event) {
        String fileId = event.file().fileId();
        Optional<Side> now = present.find(fileId);
        told.ofFile(fileId).forEach(row -> look(row, now, event.observedAt()));
        // One more name, or the first.
        now.ifPresent(is -> there(is, StatChanges.ofNew(is.stat()), event.observedAt()));
        return Optional.empty();
    }

    // What is there

    /** A name that was told to be there, and may not be. */
    private void look(Row row, Optional<Side> now, long observedAt) {
        if (now.isEmpty() || Present.hasMoreNames(now.get())) {
            if (now.isEmpty() || !present.isAt(row.place(), row.file().fileId())) {
                departed(row, observedAt);
            }
        } else {
            there(now.get(), List.of(), observedAt);
        }
    }

    /** @param ofNew the types of events to tell if it was not known */
    private void there(Side found, List<String> ofNew, long observedAt) {
        if (!open.add(found.file().fileId())) {
            return;
        }
        try {
            Side now = inItsDirectory(found, observedAt);
            Row known = known(now).orElse(null);
            if (known != null
                    && Place.isAtOrBelow(now.place(), known.place())
                    && !now.place().equals(known.place())) {
                return; // Below itself: where it is, its directory has to be told to be first. That comes.
            }
            boolean stays = known != null && known.place().equals(now.place());
            if (!stays && !free(now, observedAt)) {
                return;
            }
            tell(known, stays, now, ofNew, observedAt);
        } finally {
            open.remove(found.file().fileId());
        }
    }

    private void tell(@Nullable Row known, boolean stays, Side now, List<String> ofNew, long observedAt) {
        if (known != null) {
            told.leave(known.file(), known.path());
        }
        if (known == null) {
            reconstructed.created(observedAt, now);
        } else if (!stays) {
            reconstructed.moved(observedAt, known.place(), now);
            if (now.file().directory()) {
                told.relocated(known.place(), now.place());
            }
        }
        FileStat read = known == null ? null : known.stat();
        List<String> changes = read == null
                ? known == null ? ofNew : StatChanges.ofUnknown(now.stat())
                : StatChanges.between(read, now.stat());
        // A new name alone gives a new change time.
        reconstructed.changed(
                observedAt,
                stays
                        ? changes
                        : changes.stream()
                                .filter(type -> !type.equals(EventType.ATTRIBUTES_CHANGED))
                                .toList(),
                read,
                now);
        told.there(now.place(), now.file(), now.stat(), true);
    }

    /** The name of it that this one is in place of. */
    private Optional<Row> known(Side now) {
        return Present.hasMoreNames(now)
                ? told.of(now.file(), now.place().path())
                : told.ofFile(now.file().fileId()).stream().findFirst();
    }

    /** In its directory where that was told to be; where it is, is told first if it was not. */
    private Side inItsDirectory(Side found, long observedAt) {
        String id = found.file().directoryId();
        if (isInRoot(found.place())) {
            return found;
        }
        if (!directory(id).map(Row::place).equals(Optional.of(found.place().parent()))) {
            present.find(id).ifPresent(directory -> there(directory, List.of(), observedAt));
        }
        return directory(id)
                .map(row -> new Side(below(row, found.place()), found.file(), found.stat()))
                .orElse(found);
    }

    private Optional<Row> directory(String id) {
        return told.ofFile(id).stream().findFirst();
    }

    private static Place below(Row directory, Place file) {
        return directory.place().child(ToldFiles.nameOf(file.path()));
    }

    /**
     * Makes the place free of another file that was told to be there: it has gone, or moved, or is told to be gone for now.
     *
     * @return false if that other file is there, so that this one is not any more
     */
    private boolean free(Side now, long observedAt) {
        Row other = told.otherThan(now.file(), now.place()).orElse(null);
        if (other == null) {
            return true;
        }
        Optional<Side> its = present.find(other.file().fileId());
        if (its.isPresent() && its.get().place().equals(now.place()) && !Present.hasMoreNames(its.get())) {
            return false;
        }
        its.filter(side -> !Present.hasMoreNames(side)).ifPresent(side -> there(side, List.of(), observedAt));
        told.otherThan(now.file(), now.place()).ifPresent(still -> {
            if (its.isPresent()) {
                displaced.add(still.file().fileId());
                told.below(still.place())
                        .forEach(below -> displaced.add(below.file().fileId()));
            }
            departed(still, observedAt);
        });
        return true;
    }

    private void departed(Row row, long observedAt) {
        told.removed(row.place(), row.file());
        reconstructed.deleted(observedAt, row.place(), row.file(), row.stat());
    }
}
