package io.weir.agent.qumulo;

import io.weir.agent.qumulo.TreeWalk.Directory;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Checkpoint;
import io.weir.agent.source.Observation.GapClosed;
import io.weir.agent.source.Observation.GapOpened;
import io.weir.agent.source.Observation.Overlap;
import io.weir.agent.source.Observation.ScanFinished;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Place;
import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.client.Snapshot;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what was missed between two streams: by comparing snapshots, or, where none may be taken, by walking the tree. For
 * the source's one thread, but for {@link #figures}.
 */
final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    private final String volume;
    private final QumuloClient client;
    private final ClusterFiles files;
    private final WatchedPaths watched;
    private final Checkpoints checkpoints;
    private final Following following;
    private final Telling telling;
    private final Place root;
    private boolean snapshots = true;
    private boolean caughtUp;

    private final LongAdder comparisons = new LongAdder();
    private final LongAdder differences = new LongAdder();

    CatchUp(
            String volume,
            QumuloClient client,
            ClusterFiles files,
            WatchedPaths watched,
            Checkpoints checkpoints,
            Following following,
            Telling telling) {
        this.volume = volume;
        this.client = client;
        this.files = files;
        this.watched = watched;
        this.checkpoints = checkpoints;
        this.following = following;
        this.telling = telling;
        this.root = new Place(volume, "/");
    }

    Map<String, Long> figures() {
        return Map.of("comparisons", comparisons.sum(), "comparison-differences", differences.sum());
    }

    /**
     * Before the first stream begins, a state is kept with which can be compared what happens from here on, should that
     * stream break before its own is.
     */
    void prepare() throws QumuloException {
        if (!snapshots || telling.checkpoint().isPresent()) {
            return;
        }
        try {
            String first = Long.toString(checkpoints.take().id());
            telling.tell(new Checkpoint(Telling.now(), first, false));
            telling.tell(new Checkpoint(Telling.now(), first, true));
        } catch (QumuloException e) {
            walkFromNowOn(e);
        }
    }

    /** @throws QumuloException the same, if it is not for a missing right */
    private void walkFromNowOn(QumuloException why) throws QumuloException {
        if (why.reason() != Reason.PRIVILEGE_MISSING && why.reason() != Reason.ACCESS_DENIED) {
            throw why;
        }
        LOG.atWarn()
                .addKeyValue("cause", why.getMessage())
                .log("Snapshots may not be taken: after a break the whole tree is walked");
        snapshots = false;
        Optional<String> last = telling.checkpoint().filter(id -> !id.equals(Checkpoint.AS_TOLD));
        if (last.isPresent()) {
            lost("snapshot " + last.get() + ", the last checkpoint, cannot be compared with any more ("
                    + why.getMessage() + ")");
            telling.tell(new Checkpoint(Telling.now(), Checkpoint.NOTHING, true));
        }
    }

    private void lost(String what) {
        String why = what + ": what changed since then is not known";
        LOG.atWarn().addKeyValue("volume", volume).log(why);
        telling.tell(new GapOpened(Telling.now(), root, "checkpoint-lost", why));
        telling.tell(new GapClosed(Telling.now(), root, "checkpoint-lost"));
    }

    /** Tells what happened since the last checkpoint and was not told. The stream has begun. */
    void run(Inbox inbox) throws QumuloException, InterruptedException {
        following.begin();
        ScanReason reason = caughtUp ? ScanReason.REPAIR : ScanReason.START;
        boolean walks = !snapshots || telling.checkpoint().equals(Optional.of(Checkpoint.AS_TOLD));
        if (!walks) {
            try {
                bySnapshots(inbox, reason);
            } catch (QumuloException e) {
                walkFromNowOn(e);
                walks = true;
            } finally {
                files.lookAtPresent();
            }
        }
        if (walks) {
            byWalking(inbox, reason);
            beginWithSnapshots(inbox);
        }
        comparisons.increment();
        caughtUp = true;
        following.caughtUp(snapshots);
    }

    private void bySnapshots(Inbox inbox, ScanReason reason) throws QumuloException, InterruptedException {
        Optional<String> last = telling.checkpoint();
        if (!caughtUp) {
            checkpoints.deleteOthers(last);
        }
        telling.tell(new ScanStarted(Telling.now(), root, reason));
        Snapshot taken = following.takeCheckpoint(inbox);
        telling.tell(new ScanFinished(Telling.now(), root, reason, compare(last, taken)));
    }

    /** An agent that had to walk, and may take snapshots by now, does from here on. */
    private void beginWithSnapshots(Inbox inbox) throws QumuloException {
        if (snapshots) {
            try {
                checkpoints.deleteOthers(Optional.empty());
                following.takeCheckpoint(inbox);
            } catch (QumuloException e) {
                walkFromNowOn(e);
            }
        }
    }

    /** @return what could not be compared */
    private Set<Place> compare(Optional<String> last, Snapshot now) throws QumuloException, InterruptedException {
        if (last.isEmpty()) {
            return Set.of();
        }
        Optional<Snapshot> older = checkpoints.find(last.get());
        if (older.isEmpty()) {
            lost("snapshot " + last.get() + ", the last checkpoint, is not there any more (it expires after "
                    + Checkpoints.LIFE.toDays() + " days)");
            return Set.of(root);
        }
        files.look(client.filesOf(now));
        new SnapshotComparison(client, older.get(), now, files, watched, this::found).run(Telling.now());
        following.overlaps(Overlap.SURELY);
        return Set.of();
    }

    private void found(List<Observation> differing) {
        differences.add(differing.size());
        telling.tell(differing);
    }

    /**
     * What the stream tells meanwhile waits, unless that is so much that there may soon be no room for it. What was below a
     * directory that has moved from where the walk had not been to where it had been, it did not come upon: that is walked
     * by itself.
     */
    private void byWalking(Inbox inbox, ScanReason reason) throws QumuloException, InterruptedException {
        telling.tell(new ScanStarted(Telling.now(), root, reason));
        var walk = new TreeWalk(client.files(), files, volume, watched);
        following.overlaps(Overlap.PERHAPS);
        Set<Place> unread = Set.of();
        Collection<Directory> left = List.of(Directory.ROOT);
        while (!left.isEmpty()) {
            unread = walk.run(left, Telling.now(), page -> {
                telling.tell(page);
                following.drainIfFilling(inbox);
            });
            following.drainAllOfNow(inbox);
            left = following.takeMovedDirectories();
        }
        telling.tell(new ScanFinished(Telling.now(), root, reason, unread));
        // Files were read for that, too: what has led to their states is not told again.
        following.drainAllOfNow(inbox);
        following.overlaps(Overlap.NONE);
        if (!telling.checkpoint().equals(Optional.of(Checkpoint.AS_TOLD))) {
            telling.tell(new Checkpoint(Telling.now(), Checkpoint.AS_TOLD, true));
        }
    }
}
