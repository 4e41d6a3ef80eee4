package io.weir.agent.inotify;

import io.weir.posix.Inotify;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The bounded hand-over from reader to processor, in the order of reading. {@link #put} and {@link #lose} may be called by
 * any thread, all else belongs to the processor's.
 */
final class EventQueue {
    /** How far the second half of a rename is looked for; the kernel queues the halves one right after the other. */
    private static final int LOOK_AHEAD = 16_384;

    private final long limit;
    private final AtomicLong waiting = new AtomicLong();
    private final ArrayDeque<Chunk> shared = new ArrayDeque<>();
    private final ArrayDeque<Chunk> taken = new ArrayDeque<>();
    private long appended;
    private long processed;
    /** The chunk and the offset in it up to which no directory goes elsewhere. */
    private long stillIn;

    private int stillTo;
    private boolean woken;
    private @Nullable String lost;

    EventQueue(long limit) {
        this.limit = limit;
    }

    /** What a search for the second half of a rename came to; without an event and uncertain, it may still be queued. */
    record Partner(@Nullable RawEvent event, boolean certain) {}

    /** Takes what a read brought; false when there is no room, from when on it takes nothing more. */
    synchronized boolean put(byte[] bytes, long readAt) {
        if (lost != null) {
            return false;
        }
        if (waiting.get() + bytes.length > limit && waiting.get() > 0) {
            lose("more than " + limit + " bytes of events were waiting to be processed");
            return false;
        }
        waiting.addAndGet(bytes.length);
        shared.add(new Chunk(++appended, bytes, readAt));
        notifyAll();
        return true;
    }

    /** From here on events are missing. */
    synchronized void lose(String why) {
        if (lost == null) {
            lost = why;
            notifyAll();
        }
    }

    /** Ends the present and every later {@link #await}. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Waits until there is something to handle. */
    synchronized void await(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (shared.isEmpty() && lost == null && !woken) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /** The number of the last chunk that was put in. */
    synchronized long appended() {
        return appended;
    }

    /** The number of the last chunk all of whose events have been handled. */
    long processed() {
        return processed;
    }

    long waitingBytes() {
        return waiting.get();
    }

    /**
     * The next event; null if there is none at present.
     *
     * @throws LostEventsException if all that was put in before the loss has been handled
     */
    @Nullable
    RawEvent next() throws LostEventsException {
        Chunk chunk = current();
        if (chunk == null) {
            return null;
        }
        int offset = chunk.position();
        chunk.moveTo(chunk.next(offset));
        return chunk.event(offset);
    }

    /** Brings {@link #processed} up to date. */
    void settle() throws LostEventsException {
        current();
    }

    private @Nullable Chunk current() throws LostEventsException {
        while (true) {
            Chunk chunk = taken.peek();
            if (chunk == null) {
                if (!take()) {
                    return null;
                }
            } else if (chunk.position() < chunk.length()) {
                return chunk;
            } else {
                processed = chunk.sequence;
                waiting.addAndGet(-chunk.length());
                taken.remove();
            }
        }
    }

    private synchronized boolean take() throws LostEventsException {
        if (shared.isEmpty() && lost != null) {
            throw new LostEventsException(lost);
        }
        boolean some = !shared.isEmpty();
        taken.addAll(shared);
        shared.clear();
        return some;
    }

    /**
     * The chunk of the next event that tells that a directory went elsewhere, or that comes next if there is none. What was
     * looked through once is not looked through again.
     */
    long nextDirectoryMove() {
        lookAtShared();
        for (Chunk chunk : taken) {
            if (chunk.sequence < stillIn) {
                continue;
            }
            int from = chunk.sequence == stillIn ? Math.max(stillTo, chunk.position()) : chunk.position();
            for (int at = from; at < chunk.length(); at = chunk.next(at)) {
                if (isDirectoryMove(chunk.mask(at))) {
                    stillIn = chunk.sequence;
                    stillTo = at;
                    return chunk.sequence;
                }
            }
            stillIn = chunk.sequence;
            stillTo = chunk.length();
        }
        return stillIn + 1;
    }

    private static boolean isDirectoryMove(int mask) {
        return (mask & Inotify.IN_ISDIR) != 0 && (mask & RawEvent.DEPARTURES) != 0;
    }

    private synchronized void lookAtShared() {
        taken.addAll(shared);
        shared.clear();
    }

    /**
     * Looks ahead for the second half of a rename and takes it out of the queue.
     *
     * @param from the first half, which was the last event given out
     */
    Partner partner(RawEvent from) {
        lookAtShared();
        int budget = LOOK_AHEAD;
        for (Iterator<Chunk> chunks = taken.iterator(); chunks.hasNext(); ) {
            Chunk chunk = chunks.next();
            for (int at = chunk.position(); at < chunk.length(); at = chunk.next(at)) {
                int mask = chunk.mask(at);
                if ((mask & Inotify.IN_MOVED_TO) != 0 && chunk.cookie(at) == from.cookie()) {
                    RawEvent event = chunk.event(at);
                    chunk.consume(at);
                    return new Partner(event, true);
                }
                // the rename held the directory's lock until both halves were queued
                boolean later = chunk.watch(at) == from.watch() && (mask & RawEvent.ENTRY_CHANGES) != 0;
                if (later || --budget == 0) {
                    return new Partner(null, true);
                }
            }
        }
        return new Partner(null, false);
    }
}
