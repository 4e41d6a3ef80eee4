package io.weir.agent.qumulo;

import io.weir.agent.qumulo.TreeWalk.Directory;
import io.weir.agent.qumulo.notify.MovePairs;
import io.weir.agent.qumulo.notify.Movement;
import io.weir.agent.qumulo.notify.NotifyEvent;
import io.weir.agent.qumulo.notify.StreamEnd;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Checkpoint;
import io.weir.agent.source.Observation.GapClosed;
import io.weir.agent.source.Observation.GapOpened;
import io.weir.agent.source.Observation.MarkSeen;
import io.weir.agent.source.Observation.Overlap;
import io.weir.agent.source.Observation.StreamEvent;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileRef;
import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.client.Snapshot;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Takes what a stream tells. For the source's one thread, but for {@link #figures}. */
final class Following {
    private static final int MOST_IN_A_BATCH = 5_000;
    private static final int MOST_UNPAIRED = 100_000;
    private static final long IDLE_NANOS = 100_000_000;

    private final QumuloSettings settings;
    private final QumuloClient client;
    private final ClusterFiles files;
    private final BooleanSupplier closing;
    private final WatchedPaths watched;
    private final Positions positions;
    private final NextCheckpoint checkpoint;
    private final Telling telling;
    private final String volume;
    private final Settling settling = new Settling();
    private final EventReader reader;

    // Of one stream:
    private MovePairs pairs;
    private Overlap overlap = Overlap.NONE;
    private String awaited = "";
    /** Directories that moved while the tree was walked, by their ids. */
    private final Map<String, Directory> movedDirectories = new LinkedHashMap<>();

    private boolean snapshots;
    private long checkpointAt;
    private long settleAt;
    private boolean toldSince;
    /** A checkpoint is among what is told next. */
    private boolean checkpointTold;

    private final LongAdder checkpointsTaken = new LongAdder();
    private volatile int unsettled;

    Following(
            QumuloConfig config,
            QumuloSettings settings,
            QumuloClient client,
            ClusterFiles files,
            WatchedPaths watched,
            Positions positions,
            Checkpoints checkpoints,
            StateInterest interest,
            Telling telling,
            BooleanSupplier closing) {
        this.volume = config.volume();
        this.settings = settings;
        this.client = client;
        this.files = files;
        this.watched = watched;
        this.positions = positions;
        this.checkpoint = new NextCheckpoint(checkpoints, positions);
        this.telling = telling;
        this.closing = closing;
        this.reader = new EventReader(volume, watched, interest, files, settling);
        this.pairs = newPairs();
    }

    private MovePairs newPairs() {
        return new MovePairs(settings.pairWithin().toNanos(), MOST_UNPAIRED);
    }

    Map<String, Long> figures() {
        return Map.of("checkpoints", checkpointsTaken.sum(), "unsettled", (long) unsettled);
    }

    // Before it, what was missed is found

    /** Another stream has begun. */
    void begin() {
        pairs = newPairs();
        overlap = Overlap.NONE;
        movedDirectories.clear();
        checkpoint.drop();
        checkpointTold = false;
        settling.clear();
    }

    /** How the stream's events from here on are to what was compared. */
    void overlaps(Overlap with) {
        overlap = with;
    }

    /** A snapshot that becomes the checkpoint when the stream has come so far. */
    Snapshot takeCheckpoint(Inbox inbox) throws QumuloException {
        return checkpoint.take(inbox, telling.checkpoint());
    }

    /** What was missed has been told. */
    void caughtUp(boolean mayTakeSnapshots) {
        snapshots = mayTakeSnapshots;
        checkpointAt = System.nanoTime() + settings.checkpointEvery().toNanos();
        settleAt = System.nanoTime() + settings.settleEvery().toNanos();
        toldSince = false;
    }

    /** Makes room, if there is little. */
    void drainIfFilling(Inbox inbox) throws QumuloException, InterruptedException {
        while (inbox.isFilling()) {
            drain(inbox, 0);
        }
    }

    /** Takes all that has happened by now. */
    void drainAllOfNow(Inbox inbox) throws QumuloException, InterruptedException {
        awaited = positions.send(inbox);
        while (!awaited.isEmpty()) {
            drain(inbox, IDLE_NANOS);
        }
    }

    private void drain(Inbox inbox, long waitNanos) throws QumuloException, InterruptedException {
        StreamEnd ended =
                closing.getAsBoolean() ? new StreamEnd(StreamEnd.Reason.STOPPED, "stopped") : step(inbox, waitNanos);
        if (ended != null) {
            throw new QumuloException(ended.why(), Reason.UNAVAILABLE, null);
        }
    }

    /** Directories that have moved since this was asked last, where they were then told to be. */
    List<Directory> takeMovedDirectories() {
        List<Directory> moved = List.copyOf(movedDirectories.values());
        movedDirectories.clear();
        return moved;
    }

    // While the stream lasts

    /** Takes what the stream tells until it ends. */
    StreamEnd follow(Inbox inbox) throws QumuloException, InterruptedException {
        StreamEnd ended = null;
        while (ended == null) {
            if (closing.getAsBoolean()) {
                return new StreamEnd(StreamEnd.Reason.STOPPED, "stopped");
            }
            ended = step(inbox, nextLook(System.nanoTime()));
            if (ended == null && inbox.isEmpty()) {
                idle(inbox);
            }
        }
        return ended;
    }

    private long nextLook(long nanos) {
        OptionalLong due = pairs.nextDue();
        return Math.min(IDLE_NANOS, due.isPresent() ? due.getAsLong() - nanos : IDLE_NANOS);
    }

    /** Takes what is there; null if the stream goes on. */
    private @Nullable StreamEnd step(Inbox inbox, long waitNanos) throws InterruptedException {
        List<Observation> batch = new ArrayList<>();
        Inbox.Item item = inbox.poll(waitNanos);
        long observedAt = Telling.now();
        StreamEnd ended = null;
        while (item != null && ended == null) {
            if (item instanceof Inbox.Events events) {
                observedAt = events.observedAt() == 0 ? observedAt : events.observedAt();
                ended = take(pairs.add(events.events(), System.nanoTime()), observedAt, batch);
            } else if (item instanceof Inbox.Ended last) {
                take(pairs.ended(), observedAt, batch);
                ended = last.end();
            }
            item = ended == null && batch.size() < MOST_IN_A_BATCH ? inbox.poll(0) : null;
        }
        if (ended == null) {
            ended = take(pairs.due(System.nanoTime()), observedAt, batch);
        }
        if (!batch.isEmpty()) {
            toldSince = true;
            telling.tell(inbox.isFilling() ? batch : reader.withStates(batch));
            unsettled = settling.size();
        }
        if (checkpointTold) {
            checkpointTold = false;
            checkpointsTaken.increment();
            checkpoint.isInForce();
        }
        return ended;
    }

    private @Nullable StreamEnd take(List<Movement> movements, long observedAt, List<Observation> batch) {
        for (Movement movement : movements) {
            NotifyEvent event = movement.event();
            if (event.type().equals("self_removed")) {
                return new StreamEnd(StreamEnd.Reason.REFUSED, "the watched directory was removed");
            }
            Optional<String> position = positions.of(event);
            Optional<String> mark = Positions.mark(event);
            if (position.isPresent()) {
                reached(position.get(), observedAt, batch);
            } else if (mark.isPresent()) {
                batch.add(new MarkSeen(observedAt, volume, mark.get()));
            } else {
                reader.read(movement, observedAt, overlap).ifPresent(read -> take(movement, read, batch));
            }
        }
        return null;
    }

    private void take(Movement movement, StreamEvent event, List<Observation> batch) {
        batch.add(event);
        String id = event.file().fileId();
        if (!event.file().directory() || id.isEmpty()) {
            return;
        }
        if (overlap == Overlap.PERHAPS && event.type().startsWith("moved")) {
            movedDirectories.put(id, new Directory(event.place().path(), id));
        }
        if (comesWithAll(movement, event)) {
            below(event, batch);
        }
    }

    private void reached(String position, long observedAt, List<Observation> batch) {
        batch.addAll(settling.reached(position, observedAt, files));
        if (position.equals(awaited)) {
            awaited = "";
        }
        String id = checkpoint.id();
        switch (checkpoint.reached(position)) {
            case NOTHING -> {
                // One of the others, or of an earlier run.
            }
            case BEFORE -> {
                overlap = overlap == Overlap.NONE ? Overlap.NONE : Overlap.PERHAPS;
                batch.add(new Checkpoint(observedAt, id, false));
            }
            case AFTER -> {
                overlap = Overlap.NONE;
                batch.add(new Checkpoint(observedAt, id, true));
                checkpointTold = true;
            }
        }
    }

    /** What is below a directory that comes from where nothing is watched, no event tells. */
    private static boolean comesWithAll(Movement movement, StreamEvent come) {
        return come.type().equals("moved-in")
                && (movement.from() != null || movement.event().type().equals("child_dir_moved_to"));
    }

    private void below(StreamEvent directory, List<Observation> batch) {
        try {
            var all = new SnapshotFiles(client.files(), files);
            FileAttributes file =
                    client.files().attributes(FileRef.id(directory.file().fileId()));
            for (SnapshotFiles.Entry entry : all.below(new SnapshotFiles.Entry(
                    file, directory.place().path(), directory.file().directoryId()))) {
                if (watched.covers(entry.path())) {
                    var side = files.side(entry.file(), entry.path(), entry.directoryId());
                    batch.add(new StreamEvent(
                            directory.observedAt(),
                            "moved-in",
                            side.place(),
                            null,
                            side.file(),
                            null,
                            side.stat(),
                            directory.overlap()));
                }
            }
        } catch (QumuloException e) {
            telling.tell(new GapOpened(Telling.now(), directory.place(), "unreadable", e.getMessage()));
            telling.tell(new GapClosed(Telling.now(), directory.place(), "unreadable"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // When there is time

    private void idle(Inbox inbox) throws QumuloException, InterruptedException {
        long nanos = System.nanoTime();
        if (settling.isDue() && nanos - settleAt >= 0) {
            settleAt = nanos + settings.settleEvery().toNanos();
            List<String> ids = settling.take();
            Map<String, FileAttributes> now = files.read(ids);
            settling.read(now, positions.send(inbox));
        }
        boolean due = toldSince && snapshots && !checkpoint.isWaiting();
        if (due && nanos - checkpointAt >= 0) {
            checkpointAt = nanos + settings.checkpointEvery().toNanos();
            toldSince = false;
            takeCheckpoint(inbox);
        }
    }
}
