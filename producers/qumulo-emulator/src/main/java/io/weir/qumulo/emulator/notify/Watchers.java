package io.weir.qumulo.emulator.notify;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** All that watch now. Safe for all threads. */
public final class Watchers {
    private final List<Watcher> open = new CopyOnWriteArrayList<>();
    private final Map<Long, Integer> missed = new ConcurrentHashMap<>();
    private volatile boolean silent;

    public boolean isEmpty() {
        return open.isEmpty();
    }

    /** How many streams are open. */
    public int count() {
        return open.size();
    }

    /** How many events wait, of all streams. */
    public int queued() {
        return open.stream().mapToInt(Watcher::queued).sum();
    }

    /** What one action did, in its order. Called by one thread at a time. */
    public void publish(List<Notification> action) {
        for (Watcher watcher : open) {
            watcher.offer(action);
        }
    }

    public void add(Watcher watcher) {
        watcher.silence(silent);
        open.add(watcher);
    }

    void remove(Watcher watcher) {
        open.remove(watcher);
    }

    /** Ends all streams. */
    public void endAll(StreamEnd how) {
        open.forEach(watcher -> watcher.end(how));
    }

    /** Ends those whose token is such. */
    public void endThoseWithToken(Predicate<String> token, StreamEnd how) {
        open.stream().filter(watcher -> token.test(watcher.token())).forEach(watcher -> watcher.end(how));
    }

    /** Makes all streams miss events. */
    public void overflowAll() {
        open.forEach(Watcher::overflow);
    }

    /** While it is on, streams send nothing at all, those that begin meanwhile not even that they watch. */
    public void silence(boolean on) {
        silent = on;
        open.forEach(watcher -> watcher.silence(on));
    }

    /** Lets the next request to watch a directory be answered by the error. */
    void rememberMissed(long directory) {
        missed.merge(directory, 1, Integer::sum);
    }

    /** Whether such a request is to be answered by the error; asking takes one such answer away. */
    public boolean takeMissed(long directory) {
        boolean[] taken = new boolean[1];
        missed.computeIfPresent(directory, (id, count) -> {
            taken[0] = true;
            return count == 1 ? null : count - 1;
        });
        return taken[0];
    }
}
