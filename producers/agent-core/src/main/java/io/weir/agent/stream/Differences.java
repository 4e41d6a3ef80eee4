package io.weir.agent.stream;

import io.weir.agent.intake.Draft;
import io.weir.agent.intake.EventType;
import io.weir.agent.intake.Outbox;
import io.weir.agent.marks.CausationJudge;
import io.weir.agent.marks.Subject;
import io.weir.agent.source.FileIdentity;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Located;
import io.weir.agent.source.Observation.Difference;
import io.weir.agent.source.Observation.Side;
import io.weir.agent.source.Place;
import io.weir.agent.source.StatChanges;
import io.weir.agent.stream.ToldFiles.Row;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Keys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a comparison shows, but for what the stream has told since the state that it compares with. */
final class Differences {
    private final ToldFiles told;
    private final CausationJudge judge;
    private final Outbox outbox;
    private final Reader reader;
    private boolean record;
    private boolean walks;

    Differences(ToldFiles told, CausationJudge judge, Outbox outbox, Reader reader) {
        this.told = told;
        this.judge = judge;
        this.outbox = outbox;
        this.reader = reader;
    }

    /**
     * A comparison begins.
     *
     * @param toRecord whether there is nothing to compare with, so that what is there is no news
     * @param walking whether the tree changes while it is read
     */
    void started(boolean toRecord, boolean walking) {
        record = toRecord;
        walks = walking;
    }

    void take(Difference difference) {
        Side now = difference.now();
        Side before = difference.before();
        if (now != null && record) {
            recorded(now);
        } else if (now != null) {
            there(difference, before, now);
        } else if (before != null) {
            gone(before, difference.observedAt());
        }
    }

    /** What the stream has told is as it told it. */
    private void recorded(Side now) {
        if (told.of(now.file(), now.place().path()).isEmpty()) {
            told.there(now.place(), now.file(), now.stat(), true);
        } else {
            told.confirm(now.file(), now.place().path());
        }
    }

    /** All that has led to this state was told. */
    void settled(Side now) {
        Optional<Row> here = told.of(now.file(), now.place().path());
        boolean elsewhere =
                !hasMoreNames(now) && told.ofFile(now.file().fileId()).stream().anyMatch(Row::there);
        if (here.isEmpty() && !elsewhere) {
            told.there(now.place(), now.file(), now.stat(), false);
        } else if (here.isPresent() && here.get().there()) {
            told.there(here.get().place(), now.file(), now.stat(), false);
        }
    }

    private void there(Difference difference, @Nullable Side before, Side now) {
        told.otherThan(now.file(), now.place()).ifPresent(row -> displaced(row, difference.observedAt()));
        Optional<Row> here = told.of(now.file(), now.place().path()).filter(Row::there);
        if (here.isPresent()) {
            if (!here.get().place().equals(now.place())) {
                moved(difference.observedAt(), here.get().place(), now); // with a directory of which nothing was known
            }
            changed(
                    difference.observedAt(),
                    changes(difference, here.get(), now),
                    before,
                    here.get().stat(),
                    now);
        } else {
            Row row = place(difference.observedAt(), before, now);
            List<String> changes = row == null ? difference.changes() : changes(difference, row, now);
            changed(difference.observedAt(), changes, before, row == null ? null : row.stat(), now);
        }
        told.there(now.place(), now.file(), now.stat(), true);
    }

    /**
     * Another file is where this one was told to be. Where it is now is told first; if there, too, is another that is still
     * to go, it is told to be gone, and later to come.
     */
    private void displaced(Row row, long observedAt) {
        Side now = reader.find(row.file().fileId()).flatMap(this::side).orElse(null);
        if (now != null && told.otherThan(now.file(), now.place()).isEmpty()) {
            there(new Difference(observedAt, null, now, List.of()), null, now);
        } else {
            departed(row.place(), row.file(), row.stat(), observedAt);
        }
    }

    private Optional<Side> side(Located file) {
        Place parent = new Place(file.place().volume(), Keys.parent(file.place().path()));
        return reader.stat(parent).map(directory -> {
            FileStat stat = file.stat();
            var identity = new FileIdentity(stat.fileId(), directory.fileId(), stat.isDirectory());
            return new Side(file.place(), identity, stat);
        });
    }

    /** What has changed since it was last read; if it was not, since the checkpoint. */
    private static List<String> changes(Difference difference, Row row, Side now) {
        FileStat read = row.stat();
        return read == null ? difference.changes() : StatChanges.between(read, now.stat());
    }

    /**
     * It was not told to be here.
     *
     * @return where it was told to be; null if it was not
     */
    private @Nullable Row place(long observedAt, @Nullable Side before, Side now) {
        Row row = earlierRow(now);
        Place from = row != null ? row.place() : before == null ? null : earlierPlace(before, now);
        Subject file = subject(now);
        if (from == null) {
            publish(observedAt, EventType.CREATED, now, judge.explainArrival(file));
        } else if (!from.equals(now.place())) {
            moved(observedAt, from, now);
        }
        return row;
    }

    private void moved(long observedAt, Place from, Side now) {
        Subject file = subject(now);
        Optional<Causation> own = judge.explainMove(from, file);
        if (own.isEmpty()) {
            judge.foreignMove(file);
        }
        outbox.publish(Draft.moved(observedAt, from, now.place(), now.stat(), true, own));
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
        if (hasMoreNames(now)) {
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

    private void changed(
            long observedAt, List<String> types, @Nullable Side before, @Nullable FileStat read, Side now) {
        Subject file = subject(now);
        FileStat known = read != null ? read : before == null ? null : before.stat();
        for (String type : types) {
            publish(observedAt, type, now, explanation(type, file, known, now));
        }
    }

    private Optional<Causation> explanation(String type, Subject file, @Nullable FileStat known, Side now) {
        return switch (type) {
            case EventType.OWNER_CHANGED, EventType.GROUP_CHANGED, EventType.ACL_CHANGED ->
                known == null ? Optional.empty() : judge.explainAttributes(file, known, now.stat());
            default -> judge.explainContent(file);
        };
    }

    private void gone(Side before, long observedAt) {
        List<Row> rows = told.ofFile(before.file().fileId());
        if (rows.isEmpty() || hasMoreNames(before)) {
            boolean toldGone =
                    rows.stream().anyMatch(row -> !row.there() && row.place().equals(told.now(before.place())));
            if (!toldGone) {
                departed(told.now(before.place()), before.file(), before.stat(), observedAt);
            }
            return;
        }
        rows.stream().filter(Row::there).forEach(row -> departed(row.place(), row.file(), before.stat(), observedAt));
    }

    /**
     * All that the comparison shows has been taken: what was told to be there, and was not come upon, came and went, or went
     * and came back; or moved while the tree was walked.
     */
    void finished(String volume, long observedAt) {
        record = false;
        List<Row> unconfirmed = new ArrayList<>(told.takeUnconfirmed(volume));
        unconfirmed.sort(Comparator.comparing(Row::path).reversed()); // directories after what was in them
        for (Row row : unconfirmed) {
            Optional<Located> now = reader.find(row.file().fileId());
            if (now.isEmpty()) {
                departed(row.place(), row.file(), row.stat(), observedAt);
            } else if (now.get().stat().linkCount() <= 1 || now.get().stat().isDirectory()) {
                now.flatMap(this::side)
                        .filter(side -> !row.isNamed(side.file(), side.place()))
                        .ifPresent(side -> there(new Difference(observedAt, null, side, List.of()), null, side));
            }
        }
    }

    private void departed(Place place, FileIdentity file, @Nullable FileStat last, long observedAt) {
        Subject gone = new Subject(place, 0, file.fileId());
        Optional<Causation> own = judge.explainDeparture(gone, last, false);
        if (walks) {
            told.gone(place.volume(), file, place.path()); // what was below may just have moved away
        } else {
            told.goneWithAll(place.volume(), file, place.path());
        }
        outbox.publish(Draft.reconstructed(observedAt, EventType.DELETED, place, last, own)
                .of(file.fileId()));
    }

    private void publish(long observedAt, String type, Side now, Optional<Causation> own) {
        outbox.publish(Draft.reconstructed(observedAt, type, now.place(), now.stat(), own));
    }

    private static boolean hasMoreNames(Side side) {
        return side.stat().linkCount() > 1 && !side.file().directory();
    }

    private static Subject subject(Side side) {
        return new Subject(side.place(), 0, side.file().fileId());
    }
}
