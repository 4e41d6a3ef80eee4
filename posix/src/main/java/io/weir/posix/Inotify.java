package io.weir.posix;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One inotify descriptor (inotify(7)) with a way to wake its reader.
 *
 * <p>{@link #add}, {@link #remove} and {@link #wake} may be called by any thread; {@link #await} by one, {@link #read} by
 * one at a time. {@link #close} only when no other call is under way.
 */
public final class Inotify implements Closeable {
    public static final int IN_ACCESS = 0x1;
    public static final int IN_MODIFY = 0x2;
    public static final int IN_ATTRIB = 0x4;
    public static final int IN_CLOSE_WRITE = 0x8;
    public static final int IN_CLOSE_NOWRITE = 0x10;
    public static final int IN_OPEN = 0x20;
    public static final int IN_MOVED_FROM = 0x40;
    public static final int IN_MOVED_TO = 0x80;
    public static final int IN_CREATE = 0x100;
    public static final int IN_DELETE = 0x200;
    public static final int IN_DELETE_SELF = 0x400;
    public static final int IN_MOVE_SELF = 0x800;
    public static final int IN_UNMOUNT = 0x2000;
    public static final int IN_Q_OVERFLOW = 0x4000;
    public static final int IN_IGNORED = 0x8000;
    public static final int IN_ONLYDIR = 0x1000000;
    public static final int IN_DONT_FOLLOW = 0x2000000;
    public static final int IN_EXCL_UNLINK = 0x4000000;
    public static final int IN_ISDIR = 0x40000000;

    /** Bytes of an event before its name: watch, mask, cookie, length of the name with its padding. */
    public static final int HEADER_BYTES = 16;

    private static final int IN_CLOEXEC_NONBLOCK = Libc.O_CLOEXEC | Libc.O_NONBLOCK;
    private static final short POLLIN = 1;

    private final int descriptor;
    private final int wake;
    private final ByteBuffer polled = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());

    private Inotify(int descriptor, int wake) {
        this.descriptor = descriptor;
        this.wake = wake;
        polled.putInt(0, descriptor).putShort(4, POLLIN).putInt(8, wake).putShort(12, POLLIN);
    }

    /**
     * Opens a new descriptor.
     *
     * @throws PosixException EMFILE if the user's limit fs.inotify.max_user_instances or the process's is reached
     */
    public static Inotify open() throws PosixException {
        int descriptor = Libc.inotify_init1(IN_CLOEXEC_NONBLOCK);
        if (descriptor < 0) {
            throw Libc.failure("inotify_init1", "");
        }
        int wake = Libc.eventfd(0, IN_CLOEXEC_NONBLOCK);
        if (wake < 0) {
            PosixException failure = Libc.failure("eventfd", "");
            Libc.close(descriptor);
            throw failure;
        }
        return new Inotify(descriptor, wake);
    }

    /**
     * Watches a directory or file.
     *
     * @return the watch descriptor; the same as before if this file is already watched
     * @throws PosixException ENOSPC if the user's limit fs.inotify.max_user_watches is reached
     */
    public int add(String path, int mask) throws PosixException {
        long address = Scratch.ofThread().path(path, "inotify_add_watch");
        int watch = Libc.inotify_add_watch(descriptor, address, mask);
        if (watch < 0) {
            throw Libc.failure("inotify_add_watch", path);
        }
        return watch;
    }

    /** Ends a watch; nothing happens if it is gone already. */
    public void remove(int watch) {
        Libc.inotify_rm_watch(descriptor, watch);
    }

    /** Waits until events can be read, or {@link #wake} was called. */
    public void await() throws PosixException {
        if (Libc.poll(polled, 2, -1) < 0) {
            PosixException failure = Libc.failure("poll", "inotify");
            if (failure.errno() != Errno.EINTR) {
                throw failure;
            }
        }
    }

    /**
     * Reads whole events, as many as there are and fit, without waiting.
     *
     * @param buffer with room for at least {@code HEADER_BYTES + 256}; filled from 0
     * @return bytes read; 0 if there are none
     */
    public int read(NativeBuffer buffer) throws PosixException {
        long length = Libc.read(descriptor, buffer.address(), buffer.capacity());
        if (length >= 0) {
            return (int) length;
        }
        int errno = Libc.errno();
        if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
            return 0;
        }
        throw new PosixException(errno, "read", "inotify");
    }

    /** Ends the present and every later {@link #await} at once. */
    public void wake() {
        ByteBuffer one = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        one.putLong(0, 1);
        Libc.write(wake, one, 8);
    }

    @Override
    public void close() {
        Libc.close(descriptor);
        Libc.close(wake);
    }
}
