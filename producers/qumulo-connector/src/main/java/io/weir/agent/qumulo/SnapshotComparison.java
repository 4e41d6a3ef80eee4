package io.weir.agent.qumulo;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Difference;
import io.weir.agent.source.Observation.Side;
import io.weir.agent.source.StatChanges;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.Pages;
import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.client.Snapshot;
import io.weir.qumulo.client.TreeChange;
import io.weir.qumulo.client.rest.QumuloException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two snapshots, file by file. The cluster tells paths, and of a directory that came or went no more
 * than that: so what is below it is read, and renames are found by file ids. Holds in memory what differs. For one use.
 */
final class SnapshotComparison {
    private static final int BATCH = 1000;

    /** A file in one of the snapshots. */
    private record Found(FileAttributes file, String path, String directoryId) {
        boolean isNamedAs(Found other) {
            return directoryId.equals(other.directoryId())
                    && file.name().equals(other.file().name());
        }
    }

    private final QumuloClient client;
    private final Snapshot older;
    private final Snapshot newer;
    private final SnapshotFiles before;
    private final SnapshotFiles now;
    private final ClusterFiles files;
    private final WatchedPaths watched;
    private final Consumer<List<Observation>> taker;
    private final Map<String, Found> left = new LinkedHashMap<>();
    private final Map<String, Found> came = new LinkedHashMap<>();

    SnapshotComparison(
            QumuloClient client,
            Snapshot older,
            Snapshot newer,
            ClusterFiles files,
            WatchedPaths watched,
            Consumer<List<Observation>> taker) {
        this.client = client;
        this.older = older;
        this.newer = newer;
        this.before = new SnapshotFiles(client.filesOf(older), files);
        this.now = new SnapshotFiles(client.filesOf(newer), files);
        this.files = files;
        this.watched = watched;
        this.taker = taker;
    }

    /** Tells all differences. */
    void run(long observedAt) throws QumuloException, InterruptedException {
        Set<String> gone = new LinkedHashSet<>();
        Set<String> made = new LinkedHashSet<>();
        Set<String> modified = new LinkedHashSet<>();
        Pages<TreeChange> changes = client.snapshots().changes(newer.id(), older.id());
        for (Optional<List<TreeChange>> page = changes.next(); page.isPresent(); page = changes.next()) {
            for (TreeChange change : page.get()) {
                if (!WatchedPaths.isAtOrBelow(change.path(), WatchedPaths.OWN)) {
                    switch (change.op()) {
                        case DELETE -> gone.add(change.path());
                        case CREATE -> made.add(change.path());
                        case MODIFY -> modified.add(change.path());
                    }
                }
            }
        }
        collect(before, gone, left);
        collect(now, made, came);
        List<Difference> differences = new ArrayList<>();
        modified(modified, observedAt, differences);
        pair(observedAt, differences);
        tell(new TellingOrder(differences).ordered());
    }

    private static void collect(SnapshotFiles in, Set<String> paths, Map<String, Found> to)
            throws QumuloException, InterruptedException {
        for (SnapshotFiles.Entry entry : in.read(paths)) {
            add(entry, to);
            if (entry.file().isDirectory()) {
                for (SnapshotFiles.Entry below : in.below(entry)) {
                    add(below, to);
                }
            }
        }
    }

    private static void add(SnapshotFiles.Entry entry, Map<String, Found> to) {
        // By name too, where a file has several.
        String key = entry.file().linkCount() > 1 && !entry.file().isDirectory()
                ? entry.file().id() + " " + entry.path()
                : entry.file().id();
        to.put(key, new Found(entry.file(), entry.path(), entry.directoryId()));
    }

    private void modified(Set<String> paths, long observedAt, List<Difference> to)
            throws QumuloException, InterruptedException {
        Map<String, SnapshotFiles.Entry> earlier = new LinkedHashMap<>();
        before.read(paths).forEach(entry -> earlier.put(entry.path(), entry));
        for (SnapshotFiles.Entry entry : now.read(paths)) {
            SnapshotFiles.Entry was = earlier.remove(entry.path());
            if (was != null && was.file().id().equals(entry.file().id())) {
                difference(observedAt, found(was), found(entry)).ifPresent(to::add);
            } else {
                add(entry, came);
                if (was != null) {
                    add(was, left);
                }
            }
        }
        earlier.values().forEach(was -> add(was, left));
    }

    private static Found found(SnapshotFiles.Entry entry) {
        return new Found(entry.file(), entry.path(), entry.directoryId());
    }

    private void pair(long observedAt, List<Difference> to) {
        came.forEach(
                (key, found) -> difference(observedAt, left.remove(key), found).ifPresent(to::add));
        left.values().forEach(found -> difference(observedAt, found, null).ifPresent(to::add));
    }

    /** Empty if neither place is watched, or nothing that is told of differs. */
    private Optional<Difference> difference(long observedAt, @Nullable Found was, @Nullable Found is) {
        Side from = was == null ? null : side(was, is != null && was.isNamedAs(is) ? is.path() : was.path());
        Side to = is == null ? null : side(is, is.path());
        if (from == null && to == null) {
            return Optional.empty();
        }
        if (from == null || to == null) {
            List<String> changes = to == null ? List.of() : StatChanges.ofNew(to.stat());
            return Optional.of(new Difference(observedAt, from, to, changes));
        }
        List<String> changes = changes(Objects.requireNonNull(was), Objects.requireNonNull(is), from.stat(), to.stat());
        return changes.isEmpty() && from.place().equals(to.place())
                ? Optional.empty()
                : Optional.of(new Difference(observedAt, from, to, changes));
    }

    private static List<String> changes(Found was, Found is, FileStat from, FileStat to) {
        String revision = was.file().dataRevision();
        if (revision.isEmpty() || is.file().dataRevision().isEmpty()) {
            return StatChanges.between(from, to);
        }
        List<String> changes =
                StatChanges.between(from, to, !revision.equals(is.file().dataRevision()));
        // A new name alone gives a new change time.
        return was.isNamedAs(is)
                ? changes
                : changes.stream()
                        .filter(type -> !type.equals("attributes-changed"))
                        .toList();
    }

    private @Nullable Side side(Found found, String path) {
        return watched.covers(path) ? files.side(found.file(), path, found.directoryId()) : null;
    }

    private void tell(List<Difference> differences) {
        for (int from = 0; from < differences.size(); from += BATCH) {
            taker.accept(List.copyOf(differences.subList(from, Math.min(differences.size(), from + BATCH))));
        }
    }
}
