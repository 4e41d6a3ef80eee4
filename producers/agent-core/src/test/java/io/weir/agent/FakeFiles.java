package io.weir.agent;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Files in memory with a queue of events as the kernel keeps it: in the order of the calls, identical neighbours merged,
 * and the state read only when an event is taken from the queue.
 */
public final class FakeFiles {
    private record Queued(String type, String path, @Nullable String previous, @Nullable String mark) {}

    private final String volume;
    private final TreeMap<String, FileStat> files = new TreeMap<>();
    private final Map<String, byte[]> marks = new HashMap<>();
    private final Deque<Queued> queue = new ArrayDeque<>();
    private boolean watched = true;
    private long nextInode = 100;
    private long clock = 1_000_000;

    public FakeFiles(String volume) {
        this.volume = volume;
        files.put("/", new FileStat("8:2", "directory", 0, 0755, 0, 0, 2, 1, 1, 1));
    }

    public String volume() {
        return volume;
    }

    public Place place(String path) {
        return new Place(volume, path);
    }

    public long now() {
        return clock;
    }

    /** While nobody watches, nothing is queued. */
    public void watched(boolean value) {
        watched = value;
        queue.clear();
    }

    public synchronized Optional<FileStat> stat(Place place) {
        return Optional.ofNullable(files.get(place.path()));
    }

    public synchronized List<String> paths() {
        return new ArrayList<>(files.keySet());
    }

    public void mkdir(String path) {
        put(path, "directory", 0);
        queue("created", path, null);
    }

    public void create(String path) {
        put(path, "file", 0);
        queue("created", path, null);
    }

    /** Creates, writes and closes. */
    public void drop(String path, long size) {
        create(path);
        write(path, size);
        close(path);
    }

    public void write(String path, long size) {
        change(
                path,
                s -> new FileStat(
                        s.fileId(),
                        s.kind(),
                        size,
                        s.mode(),
                        s.uid(),
                        s.gid(),
                        s.linkCount(),
                        ++clock,
                        clock,
                        s.btime()));
        queue("modified", path, null);
    }

    public void close(String path) {
        queue("written", path, null);
    }

    public void open(String path) {
        queue("opened", path, null);
    }

    public void chmod(String path, int mode) {
        chattr(
                path,
                s -> new FileStat(
                        s.fileId(),
                        s.kind(),
                        s.size(),
                        mode,
                        s.uid(),
                        s.gid(),
                        s.linkCount(),
                        s.mtime(),
                        ++clock,
                        s.btime()));
    }

    public void chown(String path, long uid, long gid) {
        chattr(
                path,
                s -> new FileStat(
                        s.fileId(),
                        s.kind(),
                        s.size(),
                        s.mode(),
                        uid,
                        gid,
                        s.linkCount(),
                        s.mtime(),
                        ++clock,
                        s.btime()));
    }

    /** Sets all three in one call. */
    public void attributes(String path, int mode, long uid, long gid) {
        chattr(
                path,
                s -> new FileStat(
                        s.fileId(), s.kind(), s.size(), mode, uid, gid, s.linkCount(), s.mtime(), ++clock, s.btime()));
    }

    public void touch(String path) {
        touch(path, clock + 1);
    }

    /** Sets the time of its last modification. */
    public void touch(String path, long mtime) {
        chattr(
                path,
                s -> new FileStat(
                        s.fileId(),
                        s.kind(),
                        s.size(),
                        s.mode(),
                        s.uid(),
                        s.gid(),
                        s.linkCount(),
                        mtime,
                        ++clock,
                        s.btime()));
    }

    private void chattr(String path, UnaryOperator<FileStat> how) {
        change(path, how);
        queue("attributes-changed", path, null);
    }

    public synchronized void move(String from, String to) {
        FileStat moved = files.remove(from);
        if (moved == null) {
            throw new IllegalArgumentException(from);
        }
        clock++;
        for (String below : List.copyOf(files.tailMap(from + "/").keySet())) {
            if (!below.startsWith(from + "/")) {
                break;
            }
            files.put(to + below.substring(from.length()), files.remove(below));
        }
        files.put(to, moved);
        queue("moved", to, from);
    }

    /** Two renames to whoever watches, as the kernel tells it. */
    public synchronized void exchange(String one, String other) {
        boolean before = watched;
        watched = false;
        move(one, "/aside");
        move(other, one);
        move("/aside", other);
        watched = before;
        queue("moved", other, one);
        queue("moved", one, other);
    }

    public synchronized void delete(String path) {
        files.remove(path);
        clock++;
        queue("deleted", path, null);
    }

    /** Leaves the watched tree. */
    public synchronized void moveOut(String path) {
        files.keySet().removeIf(p -> p.equals(path) || p.startsWith(path + "/"));
        clock++;
        queue("moved-out", path, null);
    }

    /** Comes into the watched tree. */
    public void moveIn(String path, String kind, long size) {
        put(path, kind, size);
        queue("moved-in", path, null);
    }

    public synchronized void mark(String name, byte[] content) {
        marks.put(name, content);
        if (watched) {
            queue.add(new Queued("mark", "", null, name));
        }
    }

    public synchronized Map<String, byte[]> marks() {
        return marks;
    }

    private synchronized void put(String path, String kind, long size) {
        clock++;
        files.put(path, new FileStat("8:" + nextInode++, kind, size, 0644, 1, 1, 1, clock, clock, clock));
    }

    private synchronized void change(String path, UnaryOperator<FileStat> how) {
        FileStat before = files.get(path);
        if (before == null) {
            throw new IllegalArgumentException(path);
        }
        files.put(path, how.apply(before));
    }

    private synchronized void queue(String type, String path, @Nullable String previous) {
        Queued next = new Queued(type, path, previous, null);
        if (watched && !next.equals(queue.peekLast())) {
            queue.add(next);
        }
    }

    public synchronized boolean isQuiet() {
        return queue.isEmpty();
    }

    /** Where the moves go that are queued. */
    public synchronized List<String> queuedMoves() {
        return queue.stream()
                .filter(q -> q.type().equals("moved"))
                .map(Queued::path)
                .toList();
    }

    /** Forgets the rest of the queue, as an overflow does. */
    public synchronized void overflow() {
        queue.clear();
    }

    /** Takes the first event of the queue and reads the file now. */
    public synchronized Optional<Observation> take() {
        Queued next = queue.poll();
        if (next == null) {
            return Optional.empty();
        }
        if (next.mark() != null) {
            return Optional.of(new Observation.MarkSeen(clock, volume, next.mark()));
        }
        boolean gone = next.type().equals("deleted") || next.type().equals("moved-out");
        FileStat now = gone ? null : files.get(next.path());
        return Optional.of(new Change(
                clock,
                next.type(),
                place(next.path()),
                next.previous() == null ? null : place(next.previous()),
                now != null && now.isDirectory(),
                now));
    }

    /** A scan of everything. */
    public synchronized List<Observation> scan(Observation.ScanReason reason) {
        return scan("/", reason);
    }

    /** A scan of a subtree. */
    public synchronized List<Observation> scan(String root, Observation.ScanReason reason) {
        List<Observation> scan = new ArrayList<>();
        scan.add(new Observation.ScanStarted(clock, place(root), reason));
        Observation.Closing closing =
                reason == Observation.ScanReason.POLL ? Observation.Closing.BY_POLL : Observation.Closing.BY_STREAM;
        String below = root.equals("/") ? "/" : root + "/";
        files.forEach((path, stat) -> {
            if (path.equals(root) || path.startsWith(below)) {
                scan.add(new Observation.Found(clock, place(path), stat, reason, closing));
            }
        });
        scan.add(new Observation.ScanFinished(clock, place(root), reason, true));
        return scan;
    }
}
