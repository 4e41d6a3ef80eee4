package io.weir.agent.qumulo;

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
import io.weir.agent.source.Observation.ScanFinished;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Observation.StreamEvent;
import io.weir.agent.source.ObservationSink;
import io.weir.agent.source.Place;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileRef;
import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.client.Snapshot;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what a stream tells, after what a comparison shows. For the source's one thread, but for {@link #figures}. */
final class Following {
    private static final Logger LOG = LoggerFactory.getLogger(Following.class);
    private static final int MOST_IN_A_BATCH = 5_000;
    private static final int MOST_UNPAIRED = 100_000;
    private static final long IDLE_NANOS = 100_000_000;

    private final QumuloConfig config;
    private final QumuloSettings settings;
    private final QumuloClient client;
    private final ClusterFiles files;
    private final Checkpoints checkpoints;
    private final BooleanSupplier closing;
    private final WatchedPaths watched;
    private final Positions positions;
    private final Settling settling = new Settling();
    private final EventReader reader;
    private final Place root;
    private @Nullable ObservationSink sink;
    private boolean snapshots = true;
    private boolean caughtUp;

    // Of one stream:
    private MovePairs pairs;
    private Overlap overlap = Overlap.NONE;
    private @Nullable Pending pending;
    private String walkedBy = "";
    private long checkpointAt;
    private long settleAt;
    private boolean toldSince;

    private final LongAdder comparisons = new LongAdder();
    private final LongAdder differences = new LongAdder();
    private final LongAdder checkpointsTaken = new LongAdder();
    private volatile int unsettled;

    /** A snapshot that becomes the checkpoint when the stream has come so far. */
    private record Pending(Snapshot snapshot, String before, String after, Optional<String> replaces) {}

    Following(
            QumuloConfig config,
            QumuloSettings settings,
            QumuloClient client,
            ClusterFiles files,
            Optional<ClusterMarks> marks,
            Checkpoints checkpoints,
            StateInterest interest,
            BooleanSupplier closing) {
        this.config = config;
        this.settings = settings;
        this.client = client;
        this.files = files;
        this.checkpoints = checkpoints;
        this.closing = closing;
        this.watched = new WatchedPaths(config);
        this.positions = new Positions(marks);
        this.reader = new EventReader(config.volume(), watched, interest, files, settling);
        this.root = new Place(config.volume(), "/");
        this.pairs = newPairs();
    }

    private MovePairs newPairs() {
        return new MovePairs(settings.pairWithin().toNanos(), MOST_UNPAIRED);
    }

    void connect(ObservationSink to) {
        sink = to;
    }

    private ObservationSink sink() {
        return Objects.requireNonNull(sink, "not connected");
    }

    void tell(Observation observation) {
        sink().accept(List.of(observation));
    }

    Map<String, Long> figures() {
        return Map.of(
                "comparisons", comparisons.sum(),
                "comparison-differences", differences.sum(),
                "checkpoints", checkpointsTaken.sum(),
                "unsettled", (long) unsettled);
    }

    // After a break

    /**
     * Before the first stream begins, a state is kept with which can be compared what happens from here on, should that
     * stream break before its own is.
     */
    void prepare() throws QumuloException {
        if (!snapshots || sink().checkpoint().isPresent()) {
            return;
        }
        try {
            String first = Long.toString(checkpoints.take().id());
            tell(new Checkpoint(now(), first, false));
            tell(new Checkpoint(now(), first, true));
        } catch (QumuloException e) {
            if (!isForbidden(e)) {
                throw e;
            }
            walkFromNowOn(e);
        }
    }

    private static boolean isForbidden(QumuloException e) {
        return e.reason() == Reason.PRIVILEGE_MISSING || e.reason() == Reason.ACCESS_DENIED;
    }

    private void walkFromNowOn(QumuloException why) {
        LOG.atWarn()
                .addKeyValue("cause", why.getMessage())
                .log("Snapshots may not be taken: after a break the whole tree is walked");
        snapshots = false;
    }

    /** Tells what happened since the last checkpoint and was not told. The stream has begun. */
    void catchUp(Inbox inbox) throws QumuloException, InterruptedException {
        pairs = newPairs();
        overlap = Overlap.NONE;
        dropPending();
        settling.clear();
        ScanReason reason = caughtUp ? ScanReason.REPAIR : ScanReason.START;
        tell(new ScanStarted(now(), root, reason));
        try {
            Set<Place> unread = snapshots ? bySnapshots(inbox) : byWalking(inbox);
            tell(new ScanFinished(now(), root, reason, unread));
        } finally {
            files.lookAtPresent();
        }
        comparisons.increment();
        caughtUp = true;
        checkpointAt = System.nanoTime() + settings.checkpointEvery().toNanos();
        settleAt = System.nanoTime() + settings.settleEvery().toNanos();
        toldSince = false;
    }

    /** The stream has ended before the snapshot became the checkpoint. */
    private void dropPending() {
        if (pending != null) {
            checkpoints.delete(pending.snapshot().id());
            pending = null;
        }
    }

    private Set<Place> bySnapshots(Inbox inbox) throws QumuloException, InterruptedException {
        Optional<String> last = sink().checkpoint();
        try {
            if (!caughtUp) {
                checkpoints.deleteOthers(last);
            }
            Pending taken = take(inbox, last);
            pending = taken;
            return compare(last, taken.snapshot());
        } catch (QumuloException e) {
            if (!isForbidden(e)) {
                throw e;
            }
            walkFromNowOn(e);
            return byWalking(inbox);
        }
    }

    private Pending take(Inbox inbox, Optional<String> replaces) throws QumuloException {
        String before = positions.sendRead(inbox);
        Snapshot taken = checkpoints.take();
        return new Pending(taken, before, positions.send(inbox), replaces);
    }

    private Set<Place> compare(Optional<String> last, Snapshot now) throws QumuloException, InterruptedException {
        if (last.isEmpty()) {
            return Set.of();
        }
        Optional<Snapshot> older = checkpoints.find(last.get());
        if (older.isEmpty()) {
            lost(last.get());
            return Set.of(root);
        }
        files.look(client.filesOf(now));
        new SnapshotComparison(client, older.get(), now, files, watched, this::differences).run(now());
        overlap = Overlap.SURELY;
        return Set.of();
    }

    private void lost(String id) {
        String why = "snapshot " + id + ", the last checkpoint, is not there any more (it expires after "
                + Checkpoints.LIFE.toDays() + " days): what changed since then is not known";
        LOG.atWarn().addKeyValue("volume", config.volume()).log(why);
        tell(new GapOpened(now(), root, "checkpoint-lost", why));
        tell(new GapClosed(now(), root, "checkpoint-lost"));
    }

    private void differences(List<Observation> found) {
        differences.add(found.size());
        sink().accept(found);
    }

    /** What the stream tells meanwhile waits, unless that is so much that there may soon be no room for it. */
    private Set<Place> byWalking(Inbox inbox) throws QumuloException, InterruptedException {
        overlap = Overlap.PERHAPS;
        var walk = new TreeWalk(client.files(), files, config.volume(), watched);
        Set<Place> unread = walk.run(now(), found -> {
            if (!found.isEmpty()) {
                sink().accept(found);
            }
            while (inbox.isFilling()) {
                drain(inbox);
            }
        });
        walkedBy = positions.send(inbox);
        if (!sink().checkpoint().equals(Optional.of(Checkpoint.AS_TOLD))) {
            tell(new Checkpoint(now(), Checkpoint.AS_TOLD, true));
        }
        return unread;
    }

    private void drain(Inbox inbox) throws InterruptedException, QumuloException {
        StreamEnd ended = step(inbox, 0);
        if (ended != null) {
            throw new QumuloException(ended.why(), Reason.UNAVAILABLE, null);
        }
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
        long observedAt = now();
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
            sink().accept(inbox.isFilling() ? batch : reader.withStates(batch));
            unsettled = settling.size();
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
            if (position.isPresent()) {
                reached(position.get(), observedAt, batch);
            } else if (Positions.mark(event).isPresent()) {
                batch.add(new MarkSeen(
                        observedAt, config.volume(), Positions.mark(event).get()));
            } else {
                Optional<StreamEvent> read = reader.read(movement, observedAt, overlap);
                read.ifPresent(batch::add);
                read.filter(come -> isWholeDirectory(movement, come)).ifPresent(come -> below(come, batch));
            }
        }
        return null;
    }

    private void reached(String position, long observedAt, List<Observation> batch) {
        batch.addAll(settling.reached(position, observedAt, files));
        if (position.equals(walkedBy)) {
            overlap = Overlap.NONE;
        }
        Pending waiting = pending;
        if (waiting == null) {
            return;
        }
        String id = Long.toString(waiting.snapshot().id());
        if (position.equals(waiting.before())) {
            overlap = overlap == Overlap.NONE ? Overlap.NONE : Overlap.PERHAPS;
            batch.add(new Checkpoint(observedAt, id, false));
        } else if (position.equals(waiting.after())) {
            overlap = Overlap.NONE;
            sink().accept(List.copyOf(batch));
            batch.clear();
            tell(new Checkpoint(observedAt, id, true));
            checkpointsTaken.increment();
            pending = null;
            waiting.replaces()
                    .filter(old -> old.matches("\\d+"))
                    .ifPresent(old -> checkpoints.delete(Long.parseLong(old)));
        }
    }

    /** What is below a directory that comes from where nothing is watched, no event tells. */
    private static boolean isWholeDirectory(Movement movement, StreamEvent come) {
        return come.type().equals("moved-in")
                && (movement.from() != null || movement.event().type().equals("child_dir_moved_to"))
                && come.file().directory();
    }

    private void below(StreamEvent directory, List<Observation> batch) {
        String path = directory.place().path();
        String id = directory.file().fileId();
        if (id.isEmpty()) {
            return;
        }
        try {
            var all = new SnapshotFiles(client.files(), files);
            FileAttributes file = client.files().attributes(FileRef.id(id));
            for (SnapshotFiles.Entry entry : all.below(
                    new SnapshotFiles.Entry(file, path, directory.file().directoryId()))) {
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
            tell(new GapOpened(now(), directory.place(), "unreadable", e.getMessage()));
            tell(new GapClosed(now(), directory.place(), "unreadable"));
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
        boolean due = toldSince && snapshots && pending == null;
        if (due && nanos - checkpointAt >= 0) {
            checkpointAt = nanos + settings.checkpointEvery().toNanos();
            toldSince = false;
            pending = take(inbox, sink().checkpoint());
        }
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
