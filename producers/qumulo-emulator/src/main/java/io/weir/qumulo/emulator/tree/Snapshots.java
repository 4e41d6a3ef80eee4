package io.weir.qumulo.emulator.tree;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The snapshots that there are. Those that expired, or whose deletion has had its time, go when they are next looked for. */
public final class Snapshots {
    private final Clock clock;
    private final FileTree tree;
    private final Supplier<Duration> deletionTakes;
    private final SortedMap<Long, Snapshot> byId = new TreeMap<>();
    private long nextId = 1;

    /**
     * None at first.
     *
     * @param deletionTakes how long a deleted one stays listed
     */
    public Snapshots(Clock clock, FileTree tree, Supplier<Duration> deletionTakes) {
        this.clock = clock;
        this.tree = tree;
        this.deletionTakes = deletionTakes;
    }

    /**
     * Takes one of the live tree, at the same cost however large that is.
     *
     * @param expiration null: never
     */
    public synchronized Snapshot take(String source, String suffix, @Nullable Instant expiration) {
        TreeState state = tree.state();
        Inode directory = state.get(FileRef.of(source));
        directory.entries();
        var snapshot = new Snapshot(nextId++, suffix, clock.instant(), directory.id(), expiration, null, state);
        byId.put(snapshot.id(), snapshot);
        return snapshot;
    }

    /** Also those in deletion. */
    public synchronized List<Snapshot> all() {
        purge();
        return new ArrayList<>(byId.values());
    }

    /** Those that nobody has deleted and that have not expired. */
    public List<Snapshot> remaining() {
        return all().stream().filter(snapshot -> !snapshot.isInDelete()).toList();
    }

    /**
     * One that is there, or in deletion.
     *
     * @throws FileSystemException if there is none
     */
    public synchronized Snapshot get(long id) {
        purge();
        Snapshot snapshot = byId.get(id);
        if (snapshot == null) {
            throw FsError.NO_SUCH_SNAPSHOT.of(String.valueOf(id));
        }
        return snapshot;
    }

    public synchronized Snapshot expire(long id, @Nullable Instant expiration) {
        Snapshot old = get(id);
        var changed =
                new Snapshot(id, old.suffix(), old.taken(), old.source(), expiration, old.deletedAt(), old.state());
        byId.put(id, changed);
        return changed;
    }

    /** It stays listed for a while, as in deletion. */
    public synchronized void delete(long id) {
        Snapshot old = get(id);
        if (!old.isInDelete()) {
            byId.put(
                    id,
                    new Snapshot(
                            id,
                            old.suffix(),
                            old.taken(),
                            old.source(),
                            old.expiration(),
                            clock.instant(),
                            old.state()));
        }
    }

    /**
     * What changed between two of the same directory.
     *
     * @throws FileSystemException if one is missing or they are of different directories
     */
    public List<TreeChange> changes(long newer, long older) {
        Snapshot after = get(newer);
        Snapshot before = get(older);
        if (after.source() != before.source()) {
            throw FsError.NO_SUCH_SNAPSHOT.of("snapshots " + newer + " and " + older + " are of different directories");
        }
        return TreeDifference.between(before.state(), after.state(), after.source());
    }

    private void purge() {
        Instant now = clock.instant();
        Duration takes = deletionTakes.get();
        byId.values().removeIf(snapshot -> {
            Instant end =
                    snapshot.deletedAt() == null ? null : snapshot.deletedAt().plus(takes);
            Instant expiration = snapshot.expiration();
            return (end != null && !end.isAfter(now)) || (expiration != null && !expiration.isAfter(now));
        });
    }
}
