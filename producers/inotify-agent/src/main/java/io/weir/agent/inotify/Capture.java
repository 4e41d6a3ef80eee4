package io.weir.agent.inotify;

import io.weir.posix.Inotify;
import io.weir.posix.NativeBuffer;
import io.weir.posix.PosixException;
import java.io.Closeable;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One inotify descriptor and the thread that empties its queue. Reading is done under a lock, by that thread or, to be sure
 * that nothing queued by now is missing, by the processor.
 */
final class Capture implements Closeable {
    private static final int READ_BYTES = 1 << 20;

    private final Kernel kernel;
    private final EventQueue queue;
    private final CaptureCounts counts;
    private final NativeBuffer buffer = new NativeBuffer(READ_BYTES);
    private final ReentrantLock reading = new ReentrantLock();
    private final Thread reader;
    private volatile boolean closed;

    private Capture(Kernel kernel, EventQueue queue, CaptureCounts counts) {
        this.kernel = kernel;
        this.queue = queue;
        this.counts = counts;
        reader = new Thread(this::readUntilClosed, "weir-inotify-reader");
        reader.setDaemon(true);
    }

    static Capture open(Kernel.Opener opener, long queueBytes, CaptureCounts counts) throws PosixException {
        Capture capture = new Capture(opener.open(), new EventQueue(queueBytes), counts);
        capture.reader.start();
        return capture;
    }

    EventQueue queue() {
        return queue;
    }

    CaptureCounts counts() {
        return counts;
    }

    int add(String path, int mask) throws PosixException {
        return kernel.add(path, mask);
    }

    void remove(int watch) {
        kernel.remove(watch);
    }

    /**
     * Puts all that the kernel has queued by now into the hand-over.
     *
     * @return the number of the last chunk there: when it has been handled, so has all that was queued
     */
    long drain() {
        readAll();
        return queue.appended();
    }

    private void readUntilClosed() {
        try {
            while (!closed) {
                kernel.await();
                if (!closed && !readAll()) {
                    return;
                }
            }
        } catch (PosixException e) {
            queue.lose(String.valueOf(e.getMessage()));
        }
    }

    private boolean readAll() {
        reading.lock();
        try {
            int length = kernel.read(buffer);
            while (length > 0) {
                if (!take(length)) {
                    return false;
                }
                // what the kernel had fitted: there was no more at the time of the call
                length = length < READ_BYTES - Inotify.HEADER_BYTES - 256 ? 0 : kernel.read(buffer);
            }
            return true;
        } catch (PosixException e) {
            queue.lose(String.valueOf(e.getMessage()));
            return false;
        } finally {
            reading.unlock();
        }
    }

    private boolean take(int length) {
        byte[] bytes = new byte[length];
        buffer.bytes().get(0, bytes);
        counts.read(bytes);
        return queue.put(bytes, micros(Instant.now()));
    }

    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    /** Ends all watches and the thread. */
    @Override
    public void close() {
        closed = true;
        kernel.wake();
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        kernel.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
