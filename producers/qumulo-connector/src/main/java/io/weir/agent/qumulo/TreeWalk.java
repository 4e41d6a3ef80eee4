package io.weir.agent.qumulo;

import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Difference;
import io.weir.agent.source.Place;
import io.weir.agent.source.StatChanges;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileRef;
import io.weir.qumulo.client.FileView;
import io.weir.qumulo.client.Pages;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells all that is there, directory by directory: where snapshots are not allowed. Between two pages the stream is read, so
 * that nothing is told that is older than what the stream has told. For one thread.
 */
final class TreeWalk {
    /** @param path where it is, as far as is known */
    record Directory(String path, String id) {
        static final Directory ROOT = new Directory("/", FileRef.ROOT.text());
    }

    /** What goes on meanwhile. */
    interface Between {
        /** Takes what was found, and then what the stream has told since. */
        void page(List<Observation> found) throws QumuloException, InterruptedException;
    }

    private final FileView view;
    private final ClusterFiles files;
    private final String volume;
    private final WatchedPaths watched;
    private final Set<Place> unread = new HashSet<>();

    TreeWalk(FileView view, ClusterFiles files, String volume, WatchedPaths watched) {
        this.view = view;
        this.files = files;
        this.volume = volume;
        this.watched = watched;
    }

    /**
     * Walks what is below directories.
     *
     * @return directories that could not be read
     */
    Set<Place> run(Collection<Directory> below, long observedAt, Between between)
            throws QumuloException, InterruptedException {
        Deque<Directory> left = new ArrayDeque<>(below);
        for (Directory next = left.poll(); next != null; next = left.poll()) {
            try {
                walk(next, left, observedAt, between);
            } catch (QumuloException e) {
                if (e.reason() == Reason.ACCESS_DENIED) {
                    unread.add(new Place(volume, next.path()));
                } else if (e.reason() != Reason.NOT_THERE) {
                    throw e;
                }
            }
        }
        return unread;
    }

    private void walk(Directory directory, Deque<Directory> left, long observedAt, Between between)
            throws QumuloException, InterruptedException {
        Pages<FileAttributes> pages = view.list(FileRef.id(directory.id()));
        for (Optional<List<FileAttributes>> page = pages.next(); page.isPresent(); page = pages.next()) {
            List<Observation> found = new ArrayList<>();
            for (FileAttributes file : page.get()) {
                // A directory above may have been renamed meanwhile; of several names, the path may be another.
                boolean oneName = file.isDirectory() || file.linkCount() <= 1;
                String parent = oneName ? SnapshotFiles.parent(file.path()) : directory.path();
                String path = SnapshotFiles.child(parent, file.name());
                if (watched.covers(path)) {
                    var side = files.side(file, path, directory.id());
                    found.add(new Difference(observedAt, null, side, StatChanges.ofNew(side.stat())));
                }
                if (file.isDirectory() && !WatchedPaths.isAtOrBelow(path, WatchedPaths.OWN)) {
                    left.add(new Directory(path, file.id()));
                }
            }
            between.page(found);
        }
    }
}
