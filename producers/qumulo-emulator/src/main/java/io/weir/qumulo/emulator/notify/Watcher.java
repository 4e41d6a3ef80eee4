package io.weir.qumulo.emulator.notify;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One watch and what waits for it, between the tree and the thread of the stream. Safe for all threads. */
public final class Watcher {
    private final long directory;
    private final boolean recursive;
    private final Set<NotifyType> filter;
    private final int limit;
    private final String token;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<List<Notification>> queue = new ArrayDeque<>();
    private int queued;
    private boolean removed;
    private boolean overflowed;
    private boolean silent;
    private @Nullable StreamEnd end;
    private volatile Runnable abort = () -> {};

    /**
     * Of one directory.
     *
     * @param limit how many events may wait
     * @param token that it was asked for with
     */
    public Watcher(long directory, boolean recursive, Set<NotifyType> filter, int limit, String token) {
        this.directory = directory;
        this.recursive = recursive;
        this.filter = filter;
        this.limit = limit;
        this.token = token;
    }

    /** The id of the watched directory. */
    public long directory() {
        return directory;
    }

    String token() {
        return token;
    }

    /** What one action did; takes of it what was asked for. */
    void offer(List<Notification> action) {
        List<Notification> wanted = wanted(action);
        if (wanted.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            if (removed || overflowed) {
                return;
            }
            if (queued + wanted.size() > limit) {
                overflowed = true;
            } else {
                queue.add(wanted);
                queued += wanted.size();
                removed = wanted.get(wanted.size() - 1).type() == NotifyType.SELF_REMOVED;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private List<Notification> wanted(List<Notification> action) {
        List<Notification> wanted = List.of();
        for (Notification notification : action) {
            if (filter.contains(notification.type()) && notification.depthFor(directory, recursive) >= 0) {
                if (action.size() == 1) {
                    return action;
                }
                if (wanted.isEmpty()) {
                    wanted = new ArrayList<>(action.size());
                }
                wanted.add(notification);
            }
        }
        return wanted;
    }

    /** @param action what resets the connection even while its thread is stuck in a write */
    void onReset(Runnable action) {
        abort = action;
    }

    /** Asks the stream to end; the first to ask decides how. What still waits is not sent. */
    void end(StreamEnd how) {
        lock.lock();
        try {
            end = end == null ? how : end;
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (how == StreamEnd.RESET) {
            abort.run();
        }
    }

    /**
     * Returns at once, unless the stream has been silenced.
     *
     * @return how to end, null to go on
     */
    @Nullable
    StreamEnd awaitVoice() throws InterruptedException {
        lock.lock();
        try {
            while (end == null && silent) {
                changed.await();
            }
            return end;
        } finally {
            lock.unlock();
        }
    }

    /** Behaves as if its queue had been full. */
    void overflow() {
        lock.lock();
        try {
            overflowed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void silence(boolean on) {
        lock.lock();
        try {
            silent = on;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    int queued() {
        lock.lock();
        try {
            return queued;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for something to send; fills the list with actions, or leaves it empty when nothing came in time. What waited
     * when events were missed comes before that is told.
     *
     * @return how to end, null to go on
     */
    @Nullable
    StreamEnd take(List<List<Notification>> actions, int most, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (end == null && (silent || (queue.isEmpty() && !overflowed))) {
                if (silent) {
                    changed.await();
                    left = patience.toNanos();
                } else if (left <= 0) {
                    return null;
                } else {
                    left = changed.awaitNanos(Math.min(left, TimeUnit.DAYS.toNanos(1)));
                }
            }
            if (end != null) {
                return end;
            }
            if (queue.isEmpty()) {
                return StreamEnd.OVERFLOW;
            }
            int taken = 0;
            while (taken < most && !queue.isEmpty()) {
                List<Notification> action = queue.remove();
                taken += action.size();
                actions.add(action);
            }
            queued -= taken;
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** How deep below the root the watched directory lay when it happened. */
    int depthOf(Notification notification) {
        return notification.depthFor(directory, recursive);
    }
}
