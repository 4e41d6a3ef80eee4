package io.weir.agent.stream;

import io.weir.agent.source.FileIdentity;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Located;
import io.weir.agent.source.Observation.Difference;
import io.weir.agent.source.Observation.Side;
import io.weir.agent.source.Observation.StreamEvent;
import io.weir.agent.source.Place;
import io.weir.agent.source.StatChanges;
import io.weir.agent.stream.ToldFiles.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What two kept states of a tree show, but for what the stream has told since the earlier. For one thread. */
final class Differences implements Comparison {
    private final ToldFiles told;
    private final Reconstructed reconstructed;
    private final Reader reader;
    private final Present present;
    private final Overlaps overlaps;

    Differences(ToldFiles told, Reconstructed reconstructed, Reader reader) {
        this.told = told;
        this.reconstructed = reconstructed;
        this.reader = reader;
        this.present = new Present(reader);
        this.overlaps = new Overlaps(told, reader);
    }

    @Override
    public void started(boolean first) {
        told.confirmNone();
    }

    @Override
    public Optional<StreamEvent> take(StreamEvent event) {
        return overlaps.take(event);
    }

    @Override
    public void renamed(Place from, Place to) {
        told.renamed(from, to);
    }

    @Override
    public void gone(StreamEvent event) {
        told.goneWithAll(event.place().volume(), event.file(), event.place().path());
    }

    @Override
    public void take(Difference difference) {
        Side now = difference.now();
        Side before = difference.before();
        if (now != null) {
            there(difference, before, now);
        } else if (before != null) {
            gone(before, difference.observedAt());
        }
    }

    private void there(Difference difference, @Nullable Side before, Side now) {
        told.otherThan(now.file(), now.place()).ifPresent(row -> displaced(row, difference.observedAt()));
        Optional<Row> here = told.of(now.file(), now.place().path()).filter(Row::there);
        if (here.isPresent()) {
            if (!here.get().place().equals(now.place())) {
                moved(difference.observedAt(), here.get().place(), now); // with a directory of which nothing was known
            }
            changed(difference.observedAt(), changes(difference, here.get(), now), before, here.get(), now);
        } else {
            Row row = place(difference.observedAt(), before, now);
            List<String> changes = row == null ? difference.changes() : changes(difference, row, now);
            changed(difference.observedAt(), changes, before, row, now);
        }
        told.there(now.place(), now.file(), now.stat(), true);
    }

    /**
     * Another file is where this one was told to be. Where it is now is told first; if there, too, is another that is still
     * to go, it is told to be gone, and later to come.
     */
    private void displaced(Row row, long observedAt) {
        Side now = present.find(row.file().fileId()).orElse(null);
        if (now != null && told.otherThan(now.file(), now.place()).isEmpty()) {
            there(new Difference(observedAt, null, now, List.of()), null, now);
        } else {
            departed(row, row.stat(), observedAt);
        }
    }

    /**
     * What has changed since it was last read; if something was told since then, that once more: the stream tells no time
     * that a state could be held against.
     */
    private static List<String> changes(Difference difference, Row row, Side now) {
        FileStat read = row.stat();
        if (difference.before() != null && (read == null || !row.sure())) {
            return difference.changes();
        }
        return read == null ? StatChanges.ofUnknown(now.stat()) : StatChanges.between(read, now.stat());
    }

    /**
     * It was not told to be here.
     *
     * @return where it was told to be; null if it was not
     */
    private @Nullable Row place(long observedAt, @Nullable Side before, Side now) {
        Row row = earlierRow(now);
        Place from = row != null ? row.place() : before == null ? null : earlierPlace(before, now);
        if (from == null) {
            reconstructed.created(observedAt, now);
        } else if (!from.equals(now.place())) {
            moved(observedAt, from, now);
        }
        return row;
    }

    private void moved(long observedAt, Place from, Side now) {
        reconstructed.moved(observedAt, from, now);
        if (now.file().directory()) {
            told.renamed(from, now.place());
        }
    }

    /** If it has its name in its directory still, it has not moved, wherever that is by now. */
    private Place earlierPlace(Side before, Side now) {
        boolean sameName = before.file().directoryId().equals(now.file().directoryId())
                && ToldFiles.nameOf(before.place().path())
                        .equals(ToldFiles.nameOf(now.place().path()));
        return sameName ? now.place() : told.now(before.place());
    }

    /** Where it was last told to be; null if that is not known, or if this is one more name of it. */
    private @Nullable Row earlierRow(Side now) {
        if (Present.hasMoreNames(now)) {
            return null;
        }
        Row row = told.ofFile(now.file().fileId()).stream()
                .filter(Row::there)
                .findFirst()
                .orElse(null);
        if (row != null) {
            told.leave(row.file(), row.path());
        }
        return row;
    }

    private void changed(long observedAt, List<String> types, @Nullable Side before, @Nullable Row row, Side now) {
        FileStat read = row == null ? null : row.stat();
        reconstructed.changed(observedAt, types, read != null || before == null ? read : before.stat(), now);
    }

    private void gone(Side before, long observedAt) {
        List<Row> rows = told.ofFile(before.file().fileId());
        if (rows.isEmpty() || Present.hasMoreNames(before)) {
            Place place = told.now(before.place());
            if (rows.stream().noneMatch(row -> !row.there() && row.place().equals(place))) {
                departed(place, before.file(), before.stat(), observedAt);
            }
            return;
        }
        rows.stream().filter(Row::there).forEach(row -> departed(row, before.stat(), observedAt));
    }

    /** What was told to be there, and was not come upon, came and went, or went and came back. */
    @Override
    public void finished(String volume, long observedAt) {
        List<Row> unconfirmed = new ArrayList<>(told.unconfirmed(volume));
        unconfirmed.sort(Comparator.comparing(Row::path).reversed()); // directories after what was in them
        for (Row row : unconfirmed) {
            Optional<Located> now = reader.find(row.file().fileId());
            if (now.isEmpty()) {
                departed(row, row.stat(), observedAt);
            } else if (now.get().stat().linkCount() <= 1 || now.get().stat().isDirectory()) {
                now.flatMap(present::side)
                        .filter(side -> !row.isNamed(side.file(), side.place()))
                        .ifPresent(side -> there(new Difference(observedAt, null, side, List.of()), null, side));
            }
        }
    }

    private void departed(Row row, @Nullable FileStat last, long observedAt) {
        departed(row.place(), row.file(), last, observedAt);
    }

    private void departed(Place place, FileIdentity file, @Nullable FileStat last, long observedAt) {
        told.goneWithAll(place.volume(), file, place.path());
        reconstructed.deleted(observedAt, place, file, last);
    }
}
