package io.weir.worker.delivery;

import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is in flight of one assigned partition: which offsets are not done, which threads are at work, and whether it was
 * taken away. Safe for all threads.
 */
final class PartitionWork {
    private final TreeSet<Long> open = new TreeSet<>();
    private final Set<Thread> running = new HashSet<>();
    private long next = -1;
    private long committed = -1;
    private boolean revoked;

    /** An offset was read; offsets rise. */
    synchronized void started(long offset) {
        if (next < 0) {
            committed = offset;
        }
        open.add(offset);
        next = offset + 1;
    }

    /** An offset is done, in any order. */
    synchronized void done(long offset) {
        open.remove(offset);
    }

    /** How many offsets are not done. */
    synchronized int openCount() {
        return open.size();
    }

    /** The offset to commit: all before it are done. Empty if that is not further than the last {@link #committed}. */
    synchronized OptionalLong committable() {
        if (next < 0) {
            return OptionalLong.empty();
        }
        long upTo = open.isEmpty() ? next : open.first();
        return upTo > committed ? OptionalLong.of(upTo) : OptionalLong.empty();
    }

    synchronized void committed(long offset) {
        committed = Math.max(committed, offset);
    }

    /** A thread wants to work on the partition; false if it was taken away. */
    synchronized boolean enter() {
        if (revoked) {
            return false;
        }
        running.add(Thread.currentThread());
        return true;
    }

    synchronized void leave() {
        running.remove(Thread.currentThread());
        // An interrupt that came too late is not for the next task of this thread.
        Thread.interrupted();
        notifyAll();
    }

    /** Nothing begins on it any more. */
    synchronized void revoke() {
        revoked = true;
    }

    /**
     * Waits for what runs; interrupts what takes longer than the grace.
     *
     * @return whether nothing runs any more
     */
    synchronized boolean join(Duration grace, Duration afterInterrupt) {
        if (awaitIdle(grace)) {
            return true;
        }
        running.forEach(Thread::interrupt);
        return awaitIdle(afterInterrupt);
    }

    private boolean awaitIdle(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!running.isEmpty()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
